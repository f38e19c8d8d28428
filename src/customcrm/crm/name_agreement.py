"""Whether two names may be one's: what a weak match key needs besides (contract, Create).

People at one role mailbox and companies on one platform share a key and are different. They are one
only if their names share what is distinctive in them, or if one of them has no name.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from customcrm.crm.folding import fold
from customcrm.crm.name import company_name_words
from customcrm.crm.placeholders import is_placeholder

MAX_NAME: Final = 200
"""Characters of a name that are looked at."""

_PARTICLE_WORDS: Final = """
al ap ben bin da das de degli dei del della der des di do dos dr du el frau ing ir la las le lic
los mag mc miss mme mr mrs ms mst mx of prof san santa sir sr sra srta st ten ter und van vom von
y zu zum zur
"""
_PARTICLES: Final = frozenset(_PARTICLE_WORDS.split())
"""Words of a person's name that many share: titles and particles."""

_GENERIC_WORDS: Final = """
a academy agence agencia agency agentur akademie al an and apotheke architects architecture
architekten arquitectos art artisan asesores asociados associates atelier auto autohaus backerei
bakery bank bar beauty boulangerie boutique bros brothers business by cafe cafeteria capital care
carpinteria center centre centro clinic clinica club co coffee collective com comercial company
construcciones construction consultancy consultants consulting consultores corp corporation craft
crafts creations creative d das data dds de del dental der design designs di die digital
distribuciones du e el energy engineering enterprise enterprises entertainment espana estate et
europa europe events family farm fashion finance financial firm fitness flowers foods for
foundation furniture gallery gastehaus gasthaus gifts global group groupe grupo gruppe hair
handmade health hermanos hijos holding holdings home homes hostal hotel house i immobilien in
industria industrial industries ingenieria innovation institute instituto insurance international
inversiones invest investments it jewellery jewelry kanzlei kitchen l la lab laboratories labs las
law le legal les limited llc logistics los ltd luxury maison management manufacturing market
marketing med media medical metal moda mode motors music net network networks o oder of office
official oficial oficina og online org panaderia partner partners peluqueria pharmacy photo
photography pizza pizzeria plus praxis print pro production productions produkte property realty
record records research resources restaurant ristorante salon school security service services
servicios servizi shirts shop shopping sistemas smart soaps social software soluciones solution
solutions sons sport sports store stores studio studios supplies supply systeme systems taller
team tech technologies technology the tienda toys trading transport travel travels und urban
ventures verlag vertrieb vintage web wellness werbung werkstatt wholesale wood woodwork woodworks
works workshop world y yoga zahnarzt
"""
_GENERIC: Final = frozenset(_GENERIC_WORDS.split())
"""Words of companies' names that say what they do or are, and not who they are."""

_PLACE_WORDS: Final = """
america asia austria barcelona belgium berlin brasil brazil canada china deutschland eu france
germany iberia ibiza india ireland italia italy japan london madrid mexico milano nederland new
northern paris poland portugal roma schweiz singapore south southern spain suisse switzerland uk
us usa western york
"""
_PLACES: Final = frozenset(_PLACE_WORDS.split())


class PersonName(NamedTuple):
    """The distinctive words of a person's name, folded.

    Attributes:
        first, last: of the given and the family name, each also as one word; empty where that is
            not known.
        whole: of the whole name, likewise.
        words: of the whole name.
    """

    first: frozenset[str]
    last: frozenset[str]
    whole: frozenset[str]
    words: frozenset[str]


class CompanyName(NamedTuple):
    """A company's name, folded, without its legal form.

    Attributes:
        words: the distinctive ones, in their order. Words that say what a company does (`Studio`,
            `Bäckerei`) and places are left out, unless the name has no others.
        joined: all words as one.
    """

    words: tuple[str, ...]
    joined: str


def person_name(properties: Mapping[str, Any]) -> PersonName | None:
    """Return a contact's name; None if it has none, or a placeholder for one."""
    parts = [_text(properties.get(field)) for field in ("firstName", "lastName")]
    texts = list(filter(None, parts))
    if not texts:
        texts = list(filter(None, (_text(properties.get(field)) for field in ("fullName", "name"))))
        texts = texts[:1]
    if not texts:
        return None
    first, last = (_words_and_joined(part) for part in parts)
    whole = frozenset[str]().union(*map(_words_and_joined, texts))
    words = frozenset[str]().union(*map(_distinctive_words, texts))
    return PersonName(first, last, whole, words) if words else None


def _text(value: object) -> str:
    """A name to be looked at; empty for an odd value and for a placeholder."""
    usable = isinstance(value, str) and not is_placeholder(value[:MAX_NAME])
    return value[:MAX_NAME] if usable and isinstance(value, str) else ""


@lru_cache(maxsize=8192)
def _distinctive_words(name: str) -> frozenset[str]:
    words = frozenset(fold(name).split())
    return words - _PARTICLES or words


@lru_cache(maxsize=8192)
def _words_and_joined(name: str) -> frozenset[str]:
    """The words of a name, and all as one: `O'Brien` is `OBrien` to some."""
    joined = fold(name).replace(" ", "")
    return _distinctive_words(name) | {joined} if joined else frozenset()


def people_agree(one: PersonName, other: PersonName) -> bool:
    """Return whether two names may be one person's.

    They must share a word; and where both give a first name, or both a last name, those must share
    one too, or an initial: `Ana García` and `Luis García` are two people at one family's mailbox,
    `J. Doe`, `Jane Doe-Smith` and `Doe, Jane` may be one.
    """
    if one.whole.isdisjoint(other.whole):
        return False
    if not (one.first or one.last) or not (other.first or other.last):
        mine, theirs = one.words, other.words
        return mine <= theirs or theirs <= mine
    if _may_be_one(one.first, other.first) and _may_be_one(one.last, other.last):
        return True
    return bool(one.first & other.last) and bool(one.last & other.first)


def _may_be_one(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two first or two last names share a word or an initial, or one is not known."""
    if not one or not other or one & other:
        return True
    initials = {word for word in one | other if len(word) == 1}
    return any(word[0] in initials for word in one | other if len(word) > 1) and (
        all(len(word) == 1 for word in one) or all(len(word) == 1 for word in other)
    )


def company_name(properties: Mapping[str, Any]) -> CompanyName | None:
    """Return a company's name; None if it has none, or a placeholder for one."""
    name = properties.get("name")
    if not isinstance(name, str) or is_placeholder(name[:MAX_NAME]):
        return None
    return _company_name(name[:MAX_NAME])


@lru_cache(maxsize=8192)
def _company_name(name: str) -> CompanyName | None:
    words = company_name_words(name)
    kept = tuple(word for word in words if word not in _GENERIC and word not in _PLACES)
    return CompanyName(kept or words, "".join(words)) if words else None


def companies_agree(one: CompanyName, other: CompanyName) -> bool:
    """Return whether two names may be one company's.

    They begin with the same distinctive word, or all distinctive words of one are among those of
    the other, or they differ in spaces only: `Oak Crafts` and `Oak & Co` may be one, `Oak Crafts`
    and `Elm Crafts` are not.
    """
    if one.words[0] == other.words[0] or one.joined == other.joined:
        return True
    mine, theirs = set(one.words), set(other.words)
    return mine <= theirs or theirs <= mine
