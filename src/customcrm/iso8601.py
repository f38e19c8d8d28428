"""Parse dates and moments as ISO 8601 writes them.

A date is a calendar date (`2026-01-31`, `20260131`), a week date (`2026-W05-6`, `2026W056`) or an
ordinal date (`2026-031`, `2026031`); a month (`2026-01`) or a week (`2026-W05`) alone is its first
day. After `T` or a space follows an hour, with or without minutes and seconds, in the extended or
the basic format, of which the last may have a decimal fraction after a point or a comma; then `Z`,
an offset (`+01`, `+0130`, `+01:30`), or nothing. `24:00` is the end of a day, and second 60 that of
a minute. Letters may be of either case.

Digits of a fraction after the sixth of a second are cut off.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

_LONGEST: Final = 64
"""Characters of a moment, which no reasonable fraction exceeds."""

_USUAL: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
"""What almost everybody writes, which the standard library reads in C."""

_DATE: Final = (
    r"(?P<year>[0-9]{4})(?:"
    r"-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?|(?P<month_>[0-9]{2})(?P<day_>[0-9]{2})"
    r"|-?W(?P<week>[0-9]{2})(?:-?(?P<weekday>[1-7]))?"
    r"|-?(?P<ordinal>[0-9]{3}))"
)
_TIME: Final = (
    r"(?P<hour>[0-9]{2})(?::?(?P<minute>[0-9]{2})(?::?(?P<second>[0-9]{2}))?)?"
    r"(?:[.,](?P<fraction>[0-9]+))?"
)
_OFFSET: Final = (
    r"(?P<utc>Z)|(?P<sign>[+\u2212-])(?P<hours>[0-9]{2})"
    r"(?::?(?P<minutes>[0-9]{2})(?::?(?P<seconds>[0-9]{2}))?)?"
)
_ISO_8601: Final = re.compile(rf"{_DATE}(?:[T ]{_TIME}(?:{_OFFSET})?)?", re.ASCII | re.IGNORECASE)

_MICROSECONDS: Final = {"second": 1_000_000, "minute": 60_000_000, "hour": 3_600_000_000}


def parse(text: str) -> date | datetime:
    """Parse a date, or a moment of a date with an hour: in its offset, or naive without one.

    Raises:
        ValueError: the text is neither, or there is no such date, hour or offset.
    """
    if _USUAL.fullmatch(text) and text[11:13] != "24" and text[17:19] != "60":
        return datetime.fromisoformat(text)
    found = _ISO_8601.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        raise ValueError("must be an ISO 8601 date")
    parts = found.groupdict()
    day = _date_of(parts)
    return day if parts["hour"] is None else _moment_of(day, parts)


def parse_moment(text: str, zone: tzinfo = UTC) -> datetime:
    """Parse a moment; without an offset it is in `zone`, a date without an hour its first one.

    Raises:
        ValueError: as `parse`.
    """
    parsed = parse(text)
    if not isinstance(parsed, datetime):
        return datetime.combine(parsed, time.min, zone)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=zone)


def _date_of(parts: dict[str, str | None]) -> date:
    year = int(parts["year"] or 0)
    if week := parts["week"]:
        return date.fromisocalendar(year, int(week), int(parts["weekday"] or 1))
    if ordinal := parts["ordinal"]:
        day = date(year, 1, 1) + timedelta(days=int(ordinal) - 1)
        if day.year != year:
            raise ValueError("must be a day of its year")
        return day
    month, of_month = parts["month"] or parts["month_"], parts["day"] or parts["day_"]
    return date(year, int(month or 0), int(of_month or 1))


def _moment_of(day: date, parts: dict[str, str | None]) -> datetime:
    """Add the hour to a day. The end of a day, and a leap second, begin what follows.

    Raises:
        ValueError: there is no such hour, or no day after the last one.
    """
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    last = next(name for name in _MICROSECONDS if parts[name])
    fraction = parts["fraction"] or "0"
    rest = timedelta(microseconds=int(fraction) * _MICROSECONDS[last] // 10 ** len(fraction))
    if hour == 24 and (minute or second or rest):  # noqa: PLR2004 - the end of the day
        raise ValueError("must be an hour up to 24:00")
    if minute > 59 or second > 60 or hour > 24:  # noqa: PLR2004 - as clocks have them
        raise ValueError("must be an hour that there is")
    start = datetime.combine(day, time.min, _zone_of(parts))
    try:
        return start + timedelta(hours=hour, minutes=minute, seconds=second) + rest
    except OverflowError:
        raise ValueError("must be before the year 10000") from None


def _zone_of(parts: dict[str, str | None]) -> tzinfo | None:
    if parts["utc"]:
        return UTC
    if parts["sign"] is None:
        return None
    hours, minutes, seconds = (int(parts[name] or 0) for name in ("hours", "minutes", "seconds"))
    if minutes > 59 or seconds > 59:  # noqa: PLR2004 - as clocks have them
        raise ValueError("must be an offset that there is")
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return timezone(offset if parts["sign"] == "+" else -offset)
