"""The match key of a company's domain (contract, Sync)."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote

from customcrm.crm.country import region_of
from customcrm.crm.hostname import ascii_hostname, is_common_ending
from customcrm.crm.text import clean_text

_MAX_INPUT = 4096
_PROTOCOL = re.compile(r"(?:[a-z][a-z0-9+.-]{0,19}:)?/{2,}|https?:/*", re.IGNORECASE)
_END_OF_HOST = re.compile(r"[/?#]")
_PORT = re.compile(r":\d{0,5}$", re.ASCII)
# `www.com` is a domain of its own.
_WWW = re.compile(r"(?:www\.)+(?=[^.]+\.)")


_PAGES = """
about aboutus acasa accueil agb ansprechpartner apac apropos aviso avisolegal blog career careers
carreras cart checkout chisiamo company conditions contact contactanos contacto contacts contactus
contato contatti cookies corporate dach datenschutz default deutsch emea empresa en english
entreprise espanol europe faq francais global group grupo gruppe gruppo heim help hem hjem home
homepage impressum imprint index info inicio international investors italiano jobs karriere
kontakt landing latam legal login magazine main mapa media mentionslegales nederlands news
newsroom nosotros noticias nous novedades nuestraempresa oferta offices om omos omoss onas oss our
ourcompany ourteam overons partners pocetna polski portugues press presse pricing privacy
privacypolicy prodotti productos products produits produkte public quemsomos quienessomos
quisommesnous resources ressources search services servicios servizi shop signin signup site
sitemap sobre sobrenosotros soluciones solutions start startseite store strona support tarifas
team terms termsofservice tienda uber uberuns ueberuns unternehmen us web website welcome who
whoweare world worldwide www
"""
_USUAL_PAGES = frozenset(_PAGES.split())
_LETTERS_OF_A_LANGUAGE = 2
_LOCALE = re.compile(r"[a-z]{2,3}[-_][a-z]{2,4}(?:[-_][a-z]{2})?")
_FILE_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp|cfm|xhtml)\Z")
_BARE = re.compile(r"(?:https?://)?[\w.-]{1,253}/?", re.IGNORECASE)
_SIGNS = str.maketrans("", "", "-_. +~!'")
_MAX_SEGMENTS = 10


def domain_key(value: object) -> str | None:
    """The host of a domain or web address, in small ASCII letters, without `www.`.

    `https://jo:pw@WWW.München.de:8080/about?x#y` is `xn--mnchen-3ya.de`. Other subdomains count.
    None for IPs, single labels, and what only other domains are under (`co.uk`). Source: contract,
    Sync (domain).
    """
    text = clean_text(value, _MAX_INPUT)
    if text is None:
        return None
    hostname = ascii_hostname(_host(text))
    if hostname is None:
        return None
    if hostname.startswith("www."):
        hostname = _WWW.sub("", hostname, count=1)
    return None if hostname.count(".") == 1 and is_common_ending(hostname) else hostname


def page_of(value: object) -> str:
    """Return the path of a web address if it is a page of its own, else an empty text.

    A language, a country and usual pages (`/en`, `/de-ch/about-us`, `/index.html`) are none: every
    company's site has them. What else follows the host may be somebody's place on a platform
    (`/shop/oak`). The path comes back in small letters. Source: contract, Create (strong keys that
    contradict).
    """
    if isinstance(value, str) and _BARE.fullmatch(value):
        return ""
    text = clean_text(value, _MAX_INPUT)
    if text is None:
        return ""
    path = _path(text.partition("?")[0].partition("#")[0]).lower()
    segments = [segment for segment in path.split("/") if segment][:_MAX_SEGMENTS]
    return "" if all(map(_is_usual, segments)) else "/" + "/".join(segments)


@lru_cache(maxsize=4096)
def _is_usual(segment: str) -> bool:
    """Whether part of a path is a language, a country or a page that many sites have."""
    name = _FILE_ENDING.sub("", unquote(segment))
    word = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().translate(_SIGNS)
    if len(word) <= _LETTERS_OF_A_LANGUAGE or word in _USUAL_PAGES or _LOCALE.fullmatch(name):
        return True
    return region_of({"country": name.replace("-", " ").replace("_", " ")}) is not None


def _path(text: str) -> str:
    """What follows the host of a web address without query and fragment."""
    text = text.replace("\\", "/")
    protocol = _PROTOCOL.match(text)
    return text[protocol.end() if protocol else 0 :].partition("/")[2]


def _host(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = text.replace("\\", "/").lstrip(". ")
    protocol = _PROTOCOL.match(text)
    if protocol:
        text = text[protocol.end() :]
    authority = _END_OF_HOST.split(text, maxsplit=1)[0]
    return _PORT.sub("", authority.rpartition("@")[2].strip())
