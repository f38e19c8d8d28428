"""Numbers and days as marks, so that an index of words finds what lies between two of them.

A number is told by how many digits it has before the point, and by each beginning of its digits:
1,200 by `4:`, `4:1`, `4:12`, `4:120` and `4:1200`, and exactly by `4:1200=`. What lies between two
numbers is then told by few marks: from 50 to 200 by `2:5` to `2:9`, `3:1` and `3:200=`.
A day is the number YYYYMMDD. A moment is the number YYYYMMDDHHMM of its minute in UTC, so that it
is found by the days of every time zone.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, NamedTuple

from customcrm.crm.moments import end_of_day, in_zone, start_of_day
from customcrm.crm.property_types import PropertyType, type_of
from customcrm.iso8601 import parse

MAX_WHOLE: Final = 15
"""Digits before the point of the numbers that can be told apart; larger ones are alike."""

MAX_BROKEN: Final = 6
"""Digits after the point that are looked at."""

_NUMBER: Final = re.compile(r"[+-]?\d{1,12}(\.\d{1,6})?", re.ASCII)
"""Text that is a number: a longer one is an id."""


_MINUTES: Final = 10_000
"""By how much the number of a day is multiplied to leave room for an hour and a minute."""

_LAST_MINUTE: Final = 2359
_ONE_MINUTE: Final = timedelta(minutes=1)
_THOUSANDS: Final = re.compile(r"[+-]?\d{1,3},\d{3}", re.ASCII)


class Scale(StrEnum):
    """On what a value lies between others."""

    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"


class Range(NamedTuple):
    """What lies from one number or day to another one, both included; None for no end.

    Attributes:
        scale: whether these are numbers or days.
        first, last: the ends: of days, as the number YYYYMMDD.
        minutes: of days, the first and the last minute in UTC of moments that lie on them, as the
            number YYYYMMDDHHMM; None for days in UTC.
    """

    scale: Scale
    first: Decimal | None
    last: Decimal | None
    minutes: tuple[Decimal | None, Decimal | None] | None = None

    def of_moments(self) -> "Range | None":
        """Return the range in which moments lie; None for a range of numbers."""
        if self.scale is Scale.NUMBER:
            return None
        first, last = self.minutes or (
            None if self.first is None else self.first * _MINUTES,
            None if self.last is None else self.last * _MINUTES + _LAST_MINUTE,
        )
        return Range(Scale.MOMENT, first, last)


def number_in(text: str) -> Decimal:
    """The number that somebody types as an end of a range.

    Raises:
        ValueError: it is none, or has more digits than are told apart.
    """
    told = text.strip()
    # In one country 1,200 is one and a fifth, in the other twelve hundred.
    if _THOUSANDS.fullmatch(told) or not _NUMBER.fullmatch(told.replace(",", ".")):
        raise ValueError("must be a number, such as 12 or 3.5")
    return Decimal(told.replace(",", "."))


def day_number(day: date) -> Decimal:
    """A day as an end of a range."""
    return Decimal(day.year * 10_000 + day.month * 100 + day.day)


def days_between(first: date | None, last: date | None, zone: tzinfo) -> Range:
    """Return the range of days in a zone, both included; None for no end."""
    minutes = (
        None if first is None else _minute_number(start_of_day(first, zone)),
        None if last is None else _minute_number(end_of_day(last, zone) - _ONE_MINUTE),
    )
    low, high = (None if day is None else day_number(day) for day in (first, last))
    return Range(Scale.DAY, low, high, minutes)


def _minute_number(moment: datetime) -> Decimal:
    """Return the minute of a moment in UTC as a number."""
    utc = in_zone(moment, UTC)
    return day_number(utc.date()) * _MINUTES + utc.hour * 100 + utc.minute


def marks_in(value: Any) -> Iterator[tuple[Scale, str]]:
    """The marks of a stored value, if it is a number, a day or a moment."""
    number = _number_of(value)
    scale, found = (Scale.NUMBER, number) if number is not None else _date_of(value)
    if found is not None:
        for mark in _marks(found):
            yield scale, mark


def marks_between(meant: Range) -> tuple[str, ...]:
    """The marks of which a value within a range has one at least, and no other value has any."""
    first, last = meant.first, meant.last
    if first is not None and last is not None and first > last:
        return ()
    marks: dict[str, None] = {}
    if first is None or first < 0:
        nearest = -last if last is not None and last < 0 else Decimal(0)
        furthest = None if first is None else -first
        marks |= {f"-{one}": None for one in _between(nearest, furthest)}
    if last is None or last >= 0:
        nearest = first if first is not None and first > 0 else Decimal(0)
        marks |= dict.fromkeys(_between(nearest, last))
    return tuple(marks)


def _number_of(value: Any) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return Decimal(repr(value))
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return Decimal(value.strip())
    return None


def _date_of(value: Any) -> tuple[Scale, Decimal | None]:
    """A day, or a moment; without an offset that is of its own day wherever one is."""
    if type_of(value) is not PropertyType.DATE:
        return Scale.DAY, None
    parsed = parse(value.strip())
    if not isinstance(parsed, datetime):
        return Scale.DAY, day_number(parsed)
    if parsed.tzinfo is None:
        return Scale.DAY, day_number(parsed.date())
    try:
        return Scale.MOMENT, _minute_number(parsed.astimezone(UTC))
    except OverflowError:
        return Scale.MOMENT, None


class _Digits(NamedTuple):
    """A number of no sign: the digits before its point, how many these are, and those after it."""

    whole: int
    digits: str
    exact: bool


def _digits(number: Decimal) -> _Digits:
    whole, _, broken = format(abs(number), "f").partition(".")
    whole, broken = whole.lstrip("0") or "0", broken.rstrip("0")
    if len(whole) > MAX_WHOLE:
        return _Digits(MAX_WHOLE + 1, "", exact=False)
    return _Digits(len(whole), whole + broken[:MAX_BROKEN], exact=len(broken) <= MAX_BROKEN)


def _marks(number: Decimal) -> Iterator[str]:
    sign = "-" if number < 0 else ""
    whole, digits, exact = _digits(number)
    for end in range(len(digits) + 1):
        yield f"{sign}{whole}:{digits[:end]}"
    if exact:
        yield f"{sign}{whole}:{digits}="


def _between(first: Decimal, last: Decimal | None) -> Iterator[str]:
    """The marks of numbers of no sign between two of them."""
    low = _digits(first)
    if last is None:
        yield from _from(low, 0)
        yield from (f"{whole}:" for whole in range(low.whole + 1, MAX_WHOLE + 2))
        return
    high = _digits(last)
    if low.whole < high.whole:
        yield from _from(low, 0)
        yield from (f"{whole}:" for whole in range(low.whole + 1, high.whole))
        yield from _up_to(high, 0)
    else:
        yield from _between_alike(low, high)


def _between_alike(low: _Digits, high: _Digits) -> Iterator[str]:
    """Between two numbers that have as many digits before the point."""
    longer = max(len(low.digits), len(high.digits))
    pairs = zip(low.digits.ljust(longer, "0"), high.digits.ljust(longer, "0"), strict=True)
    apart = next((place for place, (one, other) in enumerate(pairs) if one != other), longer)
    if apart >= len(low.digits):
        # The higher one is the lower one with more digits, or the same.
        yield f"{low.whole}:{low.digits}="
        yield from _up_to(high, len(low.digits))
        return
    yield from _from(low, apart + 1)
    begins = f"{low.whole}:{low.digits[:apart]}"
    for digit in range(int(low.digits[apart]) + 1, int(high.digits[apart])):
        yield f"{begins}{digit}"
    yield from _up_to(high, apart + 1)


def _from(low: _Digits, place: int) -> Iterator[str]:
    """What is no lower, of those that have its digits up to some place."""
    # Noughts at the end say nothing: all that begin with 5 are 50 or more.
    end = max(place, len(low.digits.rstrip("0")))
    yield f"{low.whole}:{low.digits[:end]}"
    for at in range(place, end):
        for digit in range(int(low.digits[at]) + 1, 10):
            yield f"{low.whole}:{low.digits[:at]}{digit}"


def _up_to(high: _Digits, place: int) -> Iterator[str]:
    """What is no higher, of those that have its digits up to some place."""
    for at in range(place, len(high.digits)):
        if at >= high.whole:
            yield f"{high.whole}:{_short(high, at)}="
        for digit in range(int(at == 0 and high.whole > 1), int(high.digits[at])):
            yield f"{high.whole}:{high.digits[:at]}{digit}"
    yield f"{high.whole}:{high.digits}="


def _short(number: _Digits, end: int) -> str:
    """The first digits of a number, without noughts at the end that are after the point."""
    return number.digits[: number.whole] + number.digits[number.whole : end].rstrip("0")
