"""What stands in the URL of a list: every choice, so that a link shows what its sender saw."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

from customcrm.crm.moments import end_of_day, in_zone, start_of_day
from customcrm.operations.browsing.cards import Cursor
from customcrm.operations.browsing.events import Day
from customcrm.web.text import clean_query_text

Query = Sequence[tuple[str, str]]
"""The pairs of a query, in their order."""

MAX_TOKEN: Final = 2_000
MAX_VALUE: Final = 300
"""Characters of one value of a query that are looked at."""

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
    if not told:
        return None
    return [(clean_query_text(name), clean_query_text(value)) for name, value in parse_qsl(told)]


def token_of(cursor: Cursor | None) -> str | None:
    """A place in a list, for a URL."""
    if cursor is None:
        return None
    place = [cursor.value, cursor.number, int(cursor.backwards)]
    told = json.dumps(place, separators=(",", ":"), ensure_ascii=False)
    return urlsafe_b64encode(told.encode()).decode().rstrip("=")


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
