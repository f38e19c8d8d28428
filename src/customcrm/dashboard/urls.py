"""What stands in the URL of a list: every choice, so that a link shows what its sender saw."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, quote, urlencode

from customcrm.crm.moments import end_of_day, in_zone, start_of_day
from customcrm.crm.ranges import Range, Scale, day_number, number_in
from customcrm.dashboard.words import CHANNELS
from customcrm.operations.browsing.cards import CardFilter, Cursor, Order, Sort
from customcrm.operations.browsing.events import Day

Query = Sequence[tuple[str, str]]
"""The pairs of a query, in their order."""

MAX_TOKEN: Final = 2_000
MAX_VALUE: Final = 300
"""Characters of one value of a query that are looked at."""

MAX_PROPERTIES: Final = 5
MAX_COLUMNS: Final = 12
_LARGEST: Final = 2**63 - 1
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def values_of(query: Query, name: str) -> list[str]:
    """The values of a name, cut where they are long; empty ones are left out."""
    return [value[:MAX_VALUE] for key, value in query if key == name and value]


def value_of(query: Query, name: str) -> str | None:
    """The first value of a name, if there is one."""
    return next(iter(values_of(query, name)), None)


def choice_of(query: Query, name: str, choices: Iterable[str]) -> str | None:
    """The first value of a name, if it is one of these."""
    value = value_of(query, name)
    return value if value in set(choices) else None


def flag_of(query: Query, name: str) -> bool | None:
    """`yes` or `no`, or None for anything else."""
    return {"yes": True, "no": False}.get(value_of(query, name) or "")


def number_of(query: Query, name: str) -> int | None:
    """The first value of a name, if it is a number of at most three digits."""
    value = value_of(query, name) or ""
    return int(value) if re.fullmatch(r"[0-9]{1,3}", value) else None


def date_in(query: Query, name: str) -> date | None:
    """The first value of a name, if it is a day."""
    day = day_of(value_of(query, name), UTC)
    return None if day is None else day.start.date()


def address(path: str, **choices: object) -> str:
    """A path of ours with these choices behind it; None makes none."""
    told = [(name, str(value)) for name, value in choices.items() if value is not None]
    return f"{path}?{urlencode(told, quote_via=quote)}" if told else path


def changed(query: Query, **changes: str | None) -> str:
    """The query with other values, `?…`; None takes a name out.

    `at` is a place in the list as it was: it goes too, unless it is what changes.
    """
    kept = [(key, value) for key, value in query if key not in changes and key != "at" and value]
    added = [(key, value) for key, value in changes.items() if value is not None]
    return f"?{urlencode(kept + added, quote_via=quote)}"


def list_of(query: Query) -> str:
    """A list, for the URL of a record that was met in it: what it asks for, and its order."""
    kept = [(k, v) for k, v in query if v and k not in {"at", "col", "count", "in"}]
    told = urlencode(kept, quote_via=quote)
    return told if 0 < len(told) <= MAX_TOKEN else "all"


def met_in(query: Query) -> Query | None:
    """The query of the list that the URL of a record names; None if it names none."""
    told = next((value for name, value in query if name == "in"), "")[:MAX_TOKEN]
    return [(k, v.replace("\0", "")) for k, v in parse_qsl(told)] if told else None


def token_of(cursor: Cursor | None) -> str | None:
    """A place in a list, for a URL."""
    if cursor is None:
        return None
    told = json.dumps([cursor.value, cursor.number, int(cursor.backwards)], separators=(",", ":"))
    return urlsafe_b64encode(told.encode()).decode().rstrip("=")


def cursor_of(query: Query) -> Cursor | None:
    """The place that a URL names; None for one that nobody has made."""
    token = value_of([(k, v) for k, v in query if len(v) <= MAX_TOKEN], "at")
    if token is None:
        return None
    try:
        told = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (ValueError, BadBase64, RecursionError):
        return None
    match told:
        case [str() | int() as value, int() as number, 0 | 1 as backwards] if abs(
            number
        ) <= _LARGEST and (isinstance(value, str) or abs(value) <= _LARGEST):
            return Cursor(value, number, bool(backwards))
    return None


def mark_of(moment: datetime) -> int:
    """A moment, for a URL: microseconds since 1970."""
    return (moment - _EPOCH) // _MICROSECOND


def moment_of(told: str | None) -> datetime | None:
    """The moment that a URL names; None for one that nobody has made."""
    try:
        return _EPOCH + timedelta(microseconds=int(told or ""))
    except (ValueError, OverflowError):
        return None


def day_of(text: str | None, zone: tzinfo) -> Day | None:
    """A day that somebody has typed, as they have it."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return Day(start_of_day(day, zone), end_of_day(day, zone))


def today(now: datetime, zone: tzinfo) -> Day:
    """The day that it is there."""
    return days_back(now, zone, 1)[0]


def days_back(now: datetime, zone: tzinfo, count: int) -> list[Day]:
    """So many days up to today, the oldest first. A day is as long as its zone has it."""
    last = in_zone(now, zone).date()
    starts = [start_of_day(last - timedelta(days=back), zone) for back in range(count - 1, -2, -1)]
    return [Day(start, end) for start, end in pairwise(starts)]


def card_filter_of(query: Query, zone: tzinfo) -> CardFilter:
    """Which records a URL asks for. What makes no sense in it asks for nothing."""
    created_from = day_of(value_of(query, "created_from"), zone)
    created_to = day_of(value_of(query, "created_to"), zone)
    updated_from = day_of(value_of(query, "updated_from"), zone)
    updated_to = day_of(value_of(query, "updated_to"), zone)
    asked = [(one, one.range) for one in properties_of(query)]
    return CardFilter(
        search=(value_of(query, "q") or "").strip(),
        owner=value_of(query, "owner"),
        company=value_of(query, "company"),
        campaign=value_of(query, "campaign"),
        channel=value_of(query, "channel"),
        owned=flag_of(query, "owned"),
        contacted=flag_of(query, "contacted"),
        contacted_by=choice_of(query, "contacted", CHANNELS),
        connected=flag_of(query, "connected"),
        replied=flag_of(query, "replied"),
        replied_by=choice_of(query, "replied", CHANNELS),
        step=number_of(query, "step"),
        replied_after=number_of(query, "replied_after"),
        contacted_in=date_in(query, "contacted_in"),
        replied_in=date_in(query, "replied_in"),
        waiting=True if value_of(query, "replied") == "waiting" else None,
        engaged=flag_of(query, "engaged"),
        created_from=created_from and created_from.start,
        created_to=created_to and created_to.end,
        updated_from=updated_from and updated_from.start,
        updated_to=updated_to and updated_to.end,
        properties=tuple(
            (one.name, one.value)
            for one, meant in asked
            if meant is None and (one.value or not (one.first or one.last))
        ),
        ranges=tuple((one.name, meant) for one, meant in asked if meant is not None),
    )


class PropertyAsked(NamedTuple):
    """What a URL asks of a property; None where it asks for nothing.

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


def _day_in(text: str) -> Decimal:
    return day_number(date.fromisoformat(text.strip()))


_OF_PROPERTY: Final = {"value": "value", "from": "first", "to": "last"}


def properties_of(query: Query) -> tuple[PropertyAsked, ...]:
    """Which properties a URL asks for: `prop`, as often as it comes, and what stands beside it."""
    asked: list[PropertyAsked] = []
    named = False
    for key, value in query:
        told = value.strip()[:MAX_VALUE]
        if key == "prop":
            named = bool(value)
            asked += [PropertyAsked(value[:MAX_VALUE])] if named else []
        elif key in _OF_PROPERTY and named and told:
            asked[-1] = asked[-1]._replace(**{_OF_PROPERTY[key]: told})
    return tuple(dict.fromkeys(asked))[:MAX_PROPERTIES]


def order_of(query: Query, allowed: Mapping[str, Sort]) -> Order:
    """How a URL orders a list: `sort=name`, or `sort=-name` the other way round."""
    told = value_of(query, "sort") or "-created"
    by = allowed.get(told.removeprefix("-"))
    return Order() if by is None else Order(by, told.startswith("-"))


def columns_of(query: Query, default: Sequence[str]) -> tuple[str, ...]:
    """Which columns a URL shows, in its order."""
    chosen = dict.fromkeys(values_of(query, "col"))
    return tuple(chosen)[:MAX_COLUMNS] or tuple(default)
