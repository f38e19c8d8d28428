"""Moments and days in a time zone. Every conversion is safe from year 1 to year 9999."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

_ONE_DAY: Final = timedelta(days=1)
_LAST_MOMENT: Final = datetime.max.replace(tzinfo=UTC)


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """Convert a moment to a zone; return it unchanged where the result is out of range.

    A moment within a day of year 1 or of the end of year 9999 stands for "always" or "never", so
    that its hour does not matter.
    """
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment


def start_of_day(day: date, zone: tzinfo) -> datetime:
    """Return the first moment of a day in a zone."""
    return datetime.combine(day, time.min, zone)


def week_span(day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the start of the Monday of a day's week in a zone, and that of the next Monday."""
    monday = day - timedelta(days=day.weekday())
    sunday = min(monday.toordinal() + 6, date.max.toordinal())
    return start_of_day(monday, zone), end_of_day(date.fromordinal(sunday), zone)


def end_of_day(day: date, zone: tzinfo) -> datetime:
    """Return the first moment of the day after; of the last day there is, its last moment."""
    if day == date.max:
        return _LAST_MOMENT
    return start_of_day(day + _ONE_DAY, zone)
