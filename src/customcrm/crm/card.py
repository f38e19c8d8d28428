"""What a list keeps of a record: its name, the words that find it, the facets that filter it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Final, NamedTuple

from customcrm.crm.campaigns import ambiguous_names, campaign_key, campaigns_of
from customcrm.crm.documented_fields import with_documented_fields
from customcrm.crm.folding import fold
from customcrm.crm.journey import NOWHERE, Journey, days_and_hours_of, marks_of
from customcrm.crm.phone_endings import phone_tokens
from customcrm.crm.ranges import Range, Scale, marks_between, marks_in
from customcrm.crm.records import Kind
from customcrm.crm.search_terms import name_tokens, text_tokens
from customcrm.crm.text import NO_NAME, has_visible, legible
from customcrm.crm.values import is_blank

MAX_NAME: Final = 200
"""Characters of a name; a sort key has as many at most."""

MAX_TERMS: Final = 16
"""Words that a search has at most."""

_MAX_TEXT: Final = 1_000
_MAX_TOKENS: Final = 120
_MAX_EMAILS: Final = 8
_MAX_PROPERTIES: Final = 300
_MAX_RANGED: Final = 100

_IDEOGRAPHS: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NAMES: Final = {
    Kind.CONTACT: ("firstName", "lastName", "fullName", "name"),
    Kind.COMPANY: ("name",),
}
_FOUND_BY_NAME: Final = {Kind.CONTACT: (*_NAMES[Kind.CONTACT], "company"), Kind.COMPANY: ("name",)}
_PARTS_OF_NAME: Final = frozenset({"firstName", "lastName"})
_FOUND_BY_TEXT: Final = {
    Kind.CONTACT: ("email", "title", "domain"),
    Kind.COMPANY: ("domain", "website"),
}
_ALIKE: Final = (("yes", "true"), ("no", "false"))
_SAYS_NO: Final = frozenset({"no", "false", "0", "n", "none"})


class Linked(NamedTuple):
    """A company that a contact belongs to."""

    id: str
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a record besides its properties.

    Attributes:
        external_id: the first that it came under.
        companies: those that a contact belongs to, the first linked first.
        channels: the types of its activities.
        waiting: whether what came last came from it.
        journey: how far the conversation has come.
        engagement: the names of the properties by which the account tells engagement.
        campaigns: the names that are certain to be campaigns', as `campaign_key` has them.
    """

    external_id: str | None = None
    companies: tuple[Linked, ...] = ()
    channels: tuple[str, ...] = ()
    waiting: bool = False
    journey: Journey = NOWHERE
    engagement: frozenset[str] = frozenset()
    campaigns: frozenset[str] = frozenset()


class Face(NamedTuple):
    """What is kept of a record, for lists.

    Attributes:
        name: for people; it has a visible character.
        name_key: what the list by name is ordered by; `company_key`: the list by company.
        words: what finds it, folded, each once, with a space on either side of each.
        facets: what filters it, hashed, in the same form.
    """

    name: str
    name_key: str
    company_key: str
    words: str
    facets: str


def facet(name: str, value: str = "") -> str:
    """The token of something that can be filtered by."""
    told = f"{name}\0{value}".encode("utf-8", "surrogatepass")
    return f"={blake2b(told, digest_size=8).hexdigest()}"


_NOBODY: Final = facet("nobody")


def property_facet(name: str, value: str | None) -> str:
    """The token of a property that has some value, or this one, whatever its case."""
    return _has(name) if value is None else facet(f"value {name}", _plain(value))


def property_facets(name: str, value: str | None) -> tuple[str, ...]:
    """The tokens of which a record that is meant has one: a yes may be a word or a truth value."""
    told = None if value is None else _plain(value)
    alike = next((words for words in _ALIKE if told in words), (told,))
    return tuple(property_facet(name, one) for one in alike)


def range_facets(name: str, meant: Range) -> tuple[str, ...]:
    """The tokens of which a record has one if its property lies within a range."""
    ranges = [one for one in (meant, meant.of_moments()) if one is not None]
    tokens = [_mark(one.scale, name, mark) for one in ranges for mark in marks_between(one)]
    return tuple(tokens) or (_NOBODY,)


@lru_cache(maxsize=16_384)
def _mark(scale: Scale, name: str, mark: str) -> str:
    return facet(f"{scale} {name}", mark)


@lru_cache(maxsize=4096)
def _has(name: str) -> str:
    return facet("property", name)


@lru_cache(maxsize=4096)
def _common(name: str, value: str) -> str:
    return facet(name, value)


def campaign_facet(name: str) -> str:
    """The token of a campaign, whatever its case."""
    return facet("campaign", campaign_key(name))


def campaign_part_facet(name: str) -> str:
    """The token of records whose campaigns are read otherwise once this name is certain."""
    return facet("campaign part", campaign_key(name))


def name_of(kind: Kind, properties: Mapping[str, Any], external_id: str | None) -> str:
    """Return what people call a record: its name, else its email or domain, else its external id.

    Only what has a visible character is a name; a record without any is `Unnamed`.
    """
    names = (*_names(kind, with_documented_fields(kind, properties)), external_id or "")
    return next((name for name in names if has_visible(name)), NO_NAME)[:MAX_NAME]


def owner_of(properties: Mapping[str, Any]) -> str | None:
    """The id of the user who owns a record, if somebody does."""
    owner = properties.get("ownerId")
    return None if is_blank(owner) else str(owner)


def company_of(properties: Mapping[str, Any], companies: Iterable[Linked]) -> str | None:
    """The name of a contact's company: what it says of itself, else a linked one's."""
    own = _text(properties.get("company"))
    names = (_text(linked.properties.get("name")) for linked in companies)
    return next((name for name in (own, *names) if has_visible(name)), None)


def face_of(kind: Kind, properties: Mapping[str, Any], facts: Facts) -> Face:
    """What lists keep of a record."""
    properties = with_documented_fields(kind, properties)
    name = name_of(kind, properties, facts.external_id)
    company = company_of(properties, facts.companies) if kind is Kind.CONTACT else None
    words = dict.fromkeys(_found_by(kind, properties, facts, name))
    facets = dict.fromkeys(_facets(kind, properties, facts))
    return Face(
        name=name,
        # Two without a name are not alike, and come before the others.
        name_key="" if name == NO_NAME else sort_key(name),
        company_key=sort_key(company or ""),
        words=_spaced(list(words)[:_MAX_TOKENS]),
        facets=_spaced(facets),
    )


def sort_key(name: str) -> str:
    """What a name is sorted by: folded, or as it is if it has no letters."""
    return (fold(name) or name.casefold())[:MAX_NAME]


def is_engaged(properties: Mapping[str, Any], engagement: frozenset[str]) -> bool:
    """Whether a property by which engagement is told says something other than no."""
    return any(_says_yes(properties[name]) for name in engagement & properties.keys())


def _says_yes(value: object) -> bool:
    return bool(value) and not is_blank(value) and _scalar(value) not in _SAYS_NO


def _names(kind: Kind, properties: Mapping[str, Any]) -> Iterator[str]:
    """What may stand for a name, the best first."""
    others: tuple[str, ...] = ("name", "domain", "website")
    if kind is Kind.CONTACT:
        first, last = _text(properties.get("firstName")), _text(properties.get("lastName"))
        if first or last:
            yield f"{first} {last}".strip()
        others = ("fullName", "name", "email")
    for field in others:
        if text := _text(properties.get(field)):
            yield text


def _found_by(kind: Kind, properties: Mapping[str, Any], facts: Facts, name: str) -> Iterator[str]:
    """The tokens that find a record: of its names, then of its texts, then of its phones."""
    get = properties.get
    first, last = _text(get("firstName")), _text(get("lastName"))
    fields = _FOUND_BY_NAME[kind]
    if kind is Kind.CONTACT and name == f"{first} {last}".strip():
        fields = tuple(field for field in fields if field not in _PARTS_OF_NAME)
    called = [name, *(_text(get(field)) for field in fields)]
    if kind is Kind.CONTACT and _IDEOGRAPHS.search(last):
        called.append(f"{last}{first}")
    texts = [_text(get(field)) for field in _FOUND_BY_TEXT[kind]]
    for linked in facts.companies:
        called.append(_text(linked.properties.get("name")))
        texts.append(_text(linked.properties.get("domain")))
    texts += _emails(properties)
    yield from phone_tokens(properties)
    for one in dict.fromkeys(called):
        yield from name_tokens(one)
    for one in dict.fromkeys(texts):
        yield from text_tokens(one)


def _emails(properties: Mapping[str, Any]) -> Iterator[str]:
    """Every email of a record, whatever its property is called."""
    for field, value in properties.items():
        if "email" in field.lower():
            for one in value[:_MAX_EMAILS] if isinstance(value, list) else (value,):
                if isinstance(one, str) and "@" in one:
                    yield _text(one)


def _facets(kind: Kind, properties: Mapping[str, Any], facts: Facts) -> Iterator[str]:
    yield from (_common(*mark) for mark in marks_of(facts.journey))
    yield from (_common(*mark) for mark in days_and_hours_of(facts.journey))
    yield facet("waiting", _yes(facts.waiting))
    yield facet("engaged", _yes(is_engaged(properties, facts.engagement)))
    owner = owner_of(properties)
    yield facet("owned", _yes(owner is not None))
    if owner is not None:
        yield facet("owner", owner)
    yield from (facet("channel", channel) for channel in facts.channels)
    if kind is Kind.CONTACT:
        yield from (facet("company", linked.id) for linked in facts.companies)
    yield from (campaign_facet(name) for name in campaigns_of(properties, facts.campaigns))
    yield from (campaign_part_facet(name) for name in ambiguous_names(properties))
    ranged = 0
    for name, value in list(properties.items())[:_MAX_PROPERTIES]:
        if is_blank(value):
            continue
        if ranged < _MAX_RANGED:
            marks = [_mark(scale, name, mark) for scale, mark in marks_in(value)]
            ranged += bool(marks)
            yield from marks
        yield _has(name)
        scalar = _scalar(value)
        if scalar is not None:
            yield facet(f"value {name}", scalar)


def _yes(flag: bool) -> str:  # noqa: FBT001 - the flag is what is told
    return "yes" if flag else "no"


def _scalar(value: object) -> str | None:
    """A value as somebody would type it; None for lists and objects."""
    if isinstance(value, str):
        return _plain(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, int | float) else None


def _plain(value: str) -> str:
    return value[:_MAX_TEXT].strip().casefold()


def _text(value: object) -> str:
    if not isinstance(value, str):
        return ""
    return value[:_MAX_TEXT].strip() if value.isascii() else legible(value[:_MAX_TEXT])


def _spaced(tokens: Iterable[str]) -> str:
    return f" {' '.join(tokens)} "
