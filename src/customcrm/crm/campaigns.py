"""The campaigns that a record's property `campaigns` names (contract, Create).

The property comes as one text of names, or as a list of names, and a name may hold a comma. So a
text that has no other separator is ambiguous: `Spain, Q2` may be one campaign or two. What decides
are the names that are certain, of all records: an item of a list, a part between `;`, `|` or line
breaks, and a text without a comma.

- A list is its items, and a text with `;`, `|` or a line break is its parts: neither is split at
  commas.
- Another text is split at its commas if each part is a certain name, and the whole text is not.
  Otherwise all of it is one name.

The names that are certain only ever become more, and a record is looked at again when a part of its
text becomes certain: so the result does not depend on the order in which records come.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from customcrm.crm.text import has_visible, legible

MAX_CAMPAIGN: Final = 200
"""Characters of a campaign's name."""

MAX_CAMPAIGNS: Final = 50
"""Campaigns of a record."""

_MAX_TEXT: Final = 1_000
_SEPARATOR: Final = re.compile(r"[;|\r\n]")


def campaigns_of(
    properties: Mapping[str, Any], certain: Collection[str] = frozenset()
) -> tuple[str, ...]:
    """Return the names of a record's campaigns.

    Args:
        properties: of the record.
        certain: the names that are certain, as `campaign_key` has them.
    """
    value = properties.get("campaigns")
    names, comma = _named(value), _comma_text(value)
    if comma is None:
        return names
    parts = _names(comma.split(","))
    whole = _names([comma])
    if campaign_key(comma) in certain or not all(campaign_key(one) in certain for one in parts):
        return whole
    return parts


def certain_campaigns(properties: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names that a record shows to be campaigns, whatever else is known."""
    value = properties.get("campaigns")
    return () if _comma_text(value) is not None else _named(value)


def ambiguous_names(properties: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names on which depends how a record's text is split: its parts, and all of it."""
    comma = _comma_text(properties.get("campaigns"))
    return () if comma is None else (*_names([comma]), *_names(comma.split(",")))


def campaign_key(name: str) -> str:
    """Return a campaign's name as names are compared."""
    return name[:MAX_CAMPAIGN].strip().casefold()


def _comma_text(value: object) -> str | None:
    """The text, if commas in it may separate names."""
    if not isinstance(value, str) or "," not in value or _SEPARATOR.search(value[:_MAX_TEXT]):
        return None
    text = legible(value[:_MAX_TEXT]).strip(" ,")
    return text if len(_names(text.split(","))) > 1 else None


def _named(value: object) -> tuple[str, ...]:
    """The names of a value in which no comma separates."""
    if isinstance(value, str):
        return _names(one.strip(" ,") for one in _SEPARATOR.split(value[:_MAX_TEXT]))
    if isinstance(value, list):
        items = (one.get("name") if isinstance(one, dict) else one for one in value[:MAX_CAMPAIGNS])
        return _names(one[:_MAX_TEXT] for one in items if isinstance(one, str))
    return ()


def _names(texts: Iterable[str]) -> tuple[str, ...]:
    names = (legible(text)[:MAX_CAMPAIGN].strip() for text in texts)
    return tuple(dict.fromkeys(name for name in names if has_visible(name)))[:MAX_CAMPAIGNS]
