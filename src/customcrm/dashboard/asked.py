"""What the filter of a list asks of properties, as its form shows it."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from customcrm.crm.property_types import PropertyType, type_of
from customcrm.crm.ranges import Scale
from customcrm.dashboard.arrangement import Property
from customcrm.dashboard.property_query import PropertyAsked
from customcrm.operations.browsing.cards import Card

_SCALES: Final = {PropertyType.NUMBER: Scale.NUMBER, PropertyType.DATE: Scale.DAY}
_YES_OR_NO: Final = ("Yes", "No")


class FilterRow(NamedTuple):
    """A line of the form: a property, and what is asked of it.

    Attributes:
        name: of the property; empty for none yet.
        value: what it is to be; empty for any.
        scale: whether it is asked for by the numbers or days between which it lies, and by which.
        first, last: between which.
        choices: what can be chosen; empty if anything can be typed.
    """

    name: str = ""
    value: str = ""
    scale: Scale | None = None
    first: str = ""
    last: str = ""
    choices: tuple[str, ...] = ()


def filter_rows(
    asked: Sequence[PropertyAsked], properties: Mapping[str, Property], cards: Sequence[Card]
) -> list[FilterRow]:
    """The lines of the form, with an empty one at the end.

    Args:
        asked: what the URL asks for.
        properties: those that are known, by name.
        cards: what the list shows, whose values tell the type of what nobody has given one.
    """
    return [*(_row(one, properties.get(one.name), cards) for one in asked), FilterRow()]


def _row(asked: PropertyAsked, known: Property | None, cards: Sequence[Card]) -> FilterRow:
    type_ = (known and known.type) or _seen(asked.name, cards)
    if asked.range is not None:
        return FilterRow(
            asked.name, scale=asked.range.scale, first=asked.first or "", last=asked.last or ""
        )
    scale = _SCALES.get(type_) if type_ else None
    exact = asked._replace(first=asked.value, last=asked.value)
    if scale and (asked.value is None or exact.range is not None):
        return FilterRow(asked.name, scale=scale, first=asked.value or "", last=asked.value or "")
    choices: tuple[str, ...] = _YES_OR_NO if type_ is PropertyType.YES_NO else ()
    if known and type_ is PropertyType.CHOICE:
        choices = known.choices
    return FilterRow(asked.name, asked.value or "", choices=choices)


def _seen(name: str, cards: Sequence[Card]) -> PropertyType | None:
    """The type of all values that are shown, if they have one."""
    seen = {type_of(card.properties[name]) for card in cards if name in card.properties}
    return next(iter(seen)) if len(seen) == 1 else None
