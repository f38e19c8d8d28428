"""Read what the query of a list asks of properties."""

from collections.abc import Sequence
from datetime import date, tzinfo
from decimal import Decimal
from typing import Final, NamedTuple

from customcrm.crm.ranges import Range, Scale, day_number, days_between, number_in
from customcrm.dashboard.query_reader import QueryReader, quoted
from customcrm.dashboard.urls import MAX_VALUE, Query

MAX_PROPERTIES: Final = 5
"""Properties that one query can ask for."""

PARAMETERS: Final = ("prop", "value", "from", "to")
"""The parameters of the property filter: `prop` names one, the others belong to it."""

_FIELDS: Final = {"value": "value", "from": "first", "to": "last"}


class PropertyAsked(NamedTuple):
    """What a query asks of a property; None where it asks for nothing.

    Attributes:
        name: of the property.
        value: what it is.
        first, last: between which numbers or days it lies, as somebody has typed them.
    """

    name: str
    value: str | None = None
    first: str | None = None
    last: str | None = None

    @property
    def range(self) -> Range | None:
        """The numbers or days between which it shall lie; None if it says no two of one kind."""
        for scale, end_of in ((Scale.NUMBER, number_in), (Scale.DAY, _day_in)):
            try:
                first, last = (end_of(end) if end else None for end in (self.first, self.last))
            except ValueError:
                continue
            if first is not None or last is not None:
                return Range(scale, first, last)
        return None

    def range_in(self, zone: tzinfo) -> Range | None:
        """Return the range as `range`, of days in a zone."""
        found = self.range
        if found is None or found.scale is not Scale.DAY:
            return found
        first, last = (
            date.fromisoformat(end.strip()) if end else None for end in (self.first, self.last)
        )
        return days_between(first, last, zone)


def _day_in(text: str) -> Decimal:
    return day_number(date.fromisoformat(text.strip()))


def properties_of(query: Query) -> tuple[PropertyAsked, ...]:
    """Return the properties that a query asks for, as far as it is understood."""
    return read_properties(query, QueryReader(query, (), {name for name, _ in query}))


def read_properties(query: Query, reader: QueryReader) -> tuple[PropertyAsked, ...]:
    """Return the properties that a query asks for: `prop`, and the parameters that follow it."""
    asked: list[PropertyAsked] = []
    named = False
    for key, value in query:
        given = value.strip()
        if key in PARAMETERS and len(given) > MAX_VALUE:
            reader.note(key, f"Property filters have at most {MAX_VALUE} characters")
        elif key == "prop":
            named = bool(value)
            asked += [PropertyAsked(value)] if named else []
        elif key in _FIELDS and given:
            _add(asked if named else (), _FIELDS[key], given, reader)
    found = tuple(dict.fromkeys(asked))
    for one in found:
        _check(one, reader)
    if len(found) > MAX_PROPERTIES:
        reader.note("prop", f"At most {MAX_PROPERTIES} properties can be filtered by")
    return found[:MAX_PROPERTIES]


def _add(asked: Sequence[PropertyAsked], field: str, given: str, reader: QueryReader) -> None:
    """Add a value to the property that was named last."""
    if not asked or not isinstance(asked, list):
        reader.note("prop", f"Choose a property for {quoted(given)}")
    elif getattr(asked[-1], field) not in {None, given}:
        reader.note("prop", f"Property {quoted(asked[-1].name)} has more than one value")
    else:
        asked[-1] = asked[-1]._replace(**{field: given})


def _check(asked: PropertyAsked, reader: QueryReader) -> None:
    ends = [end for end in (asked.first, asked.last) if end]
    if not ends:
        return
    if asked.range is None:
        told = " to ".join(quoted(end) for end in ends)
        reader.note("prop", f"Property {quoted(asked.name)}: {told} is neither numbers nor dates")
    elif asked.value:
        reader.note("prop", f"Property {quoted(asked.name)} has both a value and a range")
