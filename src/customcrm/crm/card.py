"""What people call a record, and what they find it by."""

from collections.abc import Collection, Mapping
from hashlib import blake2b
from typing import Any, Final, NamedTuple

import msgspec

from customcrm.crm.name import fold
from customcrm.crm.records import Kind
from customcrm.crm.text import visible

MAX_SHOWN: Final = 300
"""Characters of a property that a list shows."""


def shown(properties: Mapping[str, Any], name: str) -> str | None:
    """A property as one line of text; None if it has none that can be shown so."""
    value = properties.get(name)
    if not isinstance(value, str):
        return None
    return " ".join(visible(value[: 2 * MAX_SHOWN]).split())[:MAX_SHOWN] or None


def name_of(kind: Kind, properties: Mapping[str, Any], otherwise: str) -> str:
    """What a record is called: its name, or what else tells it apart.

    Args:
        kind: which of the two.
        properties: of the record.
        otherwise: what it is called if nothing in it can be shown: the sender's id, or ours.
    """
    if kind is Kind.COMPANY:
        names = [shown(properties, name) for name in ("name", "domain", "website", "linkedinUrl")]
    else:
        parts = [shown(properties, name) for name in ("firstName", "lastName")]
        whole = " ".join(part for part in parts if part)
        others = [shown(properties, name) for name in ("name", "email", "linkedinUrl")]
        names = [whole, *others]
    return next((name for name in names if name), otherwise)


MAX_WORDS: Final = 100
"""Words of a record that a search finds it by."""

MAX_WORD: Final = 60
MAX_FACETS: Final = 500
"""What a list can be filtered by, of one record."""

MAX_VALUE: Final = 300
"""Characters of a value that a filter compares."""

_WORDED: Final = {
    Kind.CONTACT: ("firstName", "lastName", "name", "email", "company", "domain", "title"),
    Kind.COMPANY: ("name", "domain", "website", "email"),
}
"""The properties that a search looks at."""


class Facts(NamedTuple):
    """What is known of a record besides its properties.

    Attributes:
        last_inbound: microseconds of the latest activity that came from it; 0 if none did.
        last_outbound: of the latest other one.
        channels: the types of its activities.
        activities: how many it has.
        linked: the ids of the records that it is linked to.
    """

    last_inbound: int = 0
    last_outbound: int = 0
    channels: tuple[str, ...] = ()
    activities: int = 0
    linked: tuple[str, ...] = ()


class CardText(NamedTuple):
    """What a record is found by.

    Attributes:
        name: what it is called; `folded`: the same, as lists order it.
        words: beginnings of these find it.
        facets: tokens of what it can be filtered by.
    """

    name: str
    folded: str
    words: str
    facets: str


def tokens(text: str) -> list[str]:
    """The words of a text in ASCII, alike in every database: other letters as their numbers.

    A beginning of a word is a beginning of its token.
    """
    return [
        "".join(char if char.isascii() else f"u{ord(char):x}" for char in word[:MAX_WORD])
        for word in fold(text).split()
    ]


def facet(name: str, value: str = "") -> str:
    """The token of something that a list can be filtered by; letters and digits alone."""
    return "f" + blake2b(f"{name}\0{value}".encode(), digest_size=8).hexdigest()


def property_facet(name: str, value: str | None) -> str:
    """The token of a property that has a value, whatever its case; of one that has any if None."""
    return facet(f"has {name}") if value is None else facet(f"is {name}", _plain(value))


def _plain(value: object) -> str:
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return " ".join(text[:MAX_VALUE].casefold().split())


def campaigns_of(properties: Mapping[str, Any]) -> list[str]:
    """The campaigns that a contact is in: a list, or names with commas between them."""
    value = properties.get("campaigns")
    names = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    plain = (" ".join(one[:MAX_VALUE].split()) for one in names if isinstance(one, str))
    return list(dict.fromkeys(name for name in plain if name))[:MAX_WORDS]


def is_engaged(properties: Mapping[str, Any], engagement: Collection[str]) -> bool:
    """Whether an engagement field says something."""
    return any(properties.get(name) not in _NOTHING for name in engagement if name in properties)


_NOTHING: Final[tuple[Any, ...]] = (None, "", False, 0)


def text_of(
    kind: Kind,
    properties: Mapping[str, Any],
    facts: Facts,
    *,
    engagement: Collection[str],
    otherwise: str,
) -> CardText:
    """What a record is found by.

    Args:
        kind: which of the two.
        properties: of the record.
        facts: what else is known of it.
        engagement: the names of the account's engagement fields.
        otherwise: what it is called if nothing in it can be shown.
    """
    name = name_of(kind, properties, otherwise)
    worded = [shown(properties, one) for one in _WORDED[kind]]
    words = dict.fromkeys(token for text in [name, *worded] if text for token in tokens(text))
    facets = [
        facet("replied", "yes" if facts.last_inbound else "no"),
        facet("engaged", "yes" if is_engaged(properties, engagement) else "no"),
        *(facet("owner", owner) for owner in [properties.get("ownerId")] if isinstance(owner, str)),
        *(facet("channel", channel) for channel in facts.channels),
        *(facet("campaign", campaign.casefold()) for campaign in campaigns_of(properties)),
        *(facet("linked", one) for one in facts.linked),
        *_of_properties(properties),
    ]
    kept = dict.fromkeys(facets[:MAX_FACETS])
    folded = fold(name)[:MAX_SHOWN] or name[:MAX_SHOWN].casefold()
    return CardText(name, folded, " ".join(list(words)[:MAX_WORDS]), " ".join(kept))


def _of_properties(properties: Mapping[str, Any]) -> list[str]:
    found = []
    for name, value in properties.items():
        found.append(property_facet(name, None))
        values = value if isinstance(value, list) else [value]
        found += [
            facet(f"is {name}", _plain(one))
            for one in values[:MAX_WORDS]
            if isinstance(one, str | int | float)
        ]
    return found
