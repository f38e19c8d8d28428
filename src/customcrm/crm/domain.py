"""The match key of a company's domain (contract, Sync)."""

import re
import unicodedata

from customcrm.crm.hostname import ascii_hostname
from customcrm.crm.shared_domains import is_shared
from customcrm.crm.text import clean_text

_MAX_INPUT = 4096
_PROTOCOL = re.compile(r"(?:[a-z][a-z0-9+.-]{0,19}:)?/{2,}|https?:/*", re.IGNORECASE)
_END_OF_HOST = re.compile(r"[/?#]")
_PORT = re.compile(r":\d{0,5}$", re.ASCII)
# `www.com` is a domain of its own.
_WWW = re.compile(r"(?:www\.)+(?=[^.]+\.)")


def domain_key(value: object) -> str | None:
    """The host of a domain or web address, in small ASCII letters, without `www.`.

    `https://jo:pw@WWW.München.de:8080/about?x#y` is `xn--mnchen-3ya.de`. Other subdomains count.
    None for IPs, single labels, and domains that many companies share. Source: contract, Sync
    (domain).
    """
    hostname = website_host(value)
    return None if hostname is None or is_shared(hostname) else hostname


def website_host(value: object) -> str | None:
    """The host as in `domain_key`, be it shared or not."""
    text = clean_text(value, _MAX_INPUT)
    if text is None:
        return None
    hostname = ascii_hostname(_host(text))
    if hostname is None:
        return None
    return _WWW.sub("", hostname, count=1) if hostname.startswith("www.") else hostname


def _host(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = text.replace("\\", "/").lstrip(". ")
    protocol = _PROTOCOL.match(text)
    if protocol:
        text = text[protocol.end() :]
    authority = _END_OF_HOST.split(text, maxsplit=1)[0]
    return _PORT.sub("", authority.rpartition("@")[2].strip())
