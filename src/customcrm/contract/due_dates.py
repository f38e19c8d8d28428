"""When a task is due: a moment, or a day that is the same day in every zone.

A day is the first moment of that day in UTC, with the zone `ALL_DAY`. So it goes out as a moment
does (`2030-03-15T00:00:00Z`); code that does not distinguish the two needs not to (decision 26).
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

import msgspec

from customcrm.iso8601 import parse, parse_moment

ALL_DAY: Final = timezone(timedelta(0), "all day")
"""The zone of due dates without an hour. Its offset is that of UTC."""


def due_on(day: date) -> datetime:
    """Return the due date that is a day."""
    return datetime.combine(day, time.min, ALL_DAY)


def day_due(due: datetime) -> date | None:
    """Return the day that a due date is; None for a moment."""
    return due.date() if due.tzinfo is ALL_DAY else None


def parse_due(text: str) -> datetime:
    """Parse a due date as ISO 8601 writes it, in UTC: without an hour it is a day.

    Raises:
        ValueError: it is neither, or not between the years 1 and 9999.
    """
    parsed = parse(text)
    if not isinstance(parsed, datetime):
        return due_on(parsed)
    try:
        return parse_moment(text).astimezone(UTC)
    except OverflowError:
        raise ValueError("must be between the years 1 and 9999") from None


def written_due(due: datetime) -> str:
    """Write a due date as `parse_due` reads it: a day without an hour."""
    written: str = msgspec.to_builtins(day_due(due) or due)
    return written
