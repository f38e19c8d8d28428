"""Marks by which an index of words finds what lies between two numbers, or two days."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.crm.ranges import (
    Range,
    Scale,
    day_number,
    days_between,
    marks_between,
    marks_in,
    number_in,
)
from customcrm.iso8601 import parse_moment

EDGES: list[int | float] = [0, 1, -1, 9, 10, 12, 12.5, 12.05, 12.505, -12.5, 0.5, 0.05, -0.05, 99]
EDGES += [100, 120, 1200, 1205, 999_999, 2**53, 1e-6, 10**14]
NUMBERS = (
    st.sampled_from(EDGES)
    | st.integers(-(10**12), 10**12)
    | st.integers(-5_000, 5_000).map(lambda number: number / 100)
)
ENDS = st.none() | NUMBERS.filter(lambda one: abs(one) < 10**12).map(lambda one: Decimal(repr(one)))


def marks(value: Any) -> set[str]:
    return {mark for _, mark in marks_in(value)}


@given(value=NUMBERS, first=ENDS, last=ENDS)
def test_a_number_is_found_by_a_range_if_it_lies_in_it(
    value: float, first: Decimal | None, last: Decimal | None
) -> None:
    number = Decimal(repr(value))
    lies = (first is None or first <= number) and (last is None or number <= last)
    found = marks(value) & set(marks_between(Range(Scale.NUMBER, first, last)))
    assert bool(found) is lies


@given(value=st.dates(), first=st.none() | st.dates(), last=st.none() | st.dates())
def test_a_day_is_found_by_a_range_if_it_lies_in_it(
    value: date, first: date | None, last: date | None
) -> None:
    lies = (first is None or first <= value) and (last is None or value <= last)
    low, high = (day_number(end) if end else None for end in (first, last))
    found = marks(value.isoformat()) & set(marks_between(Range(Scale.DAY, low, high)))
    assert bool(found) is lies


def test_everyday_ranges_take_few_marks() -> None:
    def between(first: str | None, last: str | None) -> tuple[str, ...]:
        low, high = (number_in(end) if end else None for end in (first, last))
        return marks_between(Range(Scale.NUMBER, low, high))

    assert between("50", "200") == ("2:5", "2:6", "2:7", "2:8", "2:9", "3:1", "3:200=")
    assert len(between("50", None)) == 5 + 14
    assert between("3", "2") == ()


@pytest.mark.parametrize(
    ("value", "scale"),
    [
        (12, Scale.NUMBER),
        (1.5, Scale.NUMBER),
        (" 250 ", Scale.NUMBER),
        ("-3.5", Scale.NUMBER),
        ("2026-01-31", Scale.DAY),
        ("2026-01-31T10:00:00", Scale.DAY),
        ("2026-01-31T10:00:00Z", Scale.MOMENT),
    ],
)
def test_numbers_and_days_have_marks_in_words_too(value: Any, scale: Scale) -> None:
    assert {one for one, _ in marks_in(value)} == {scale}


@pytest.mark.parametrize(
    "value",
    [
        True,
        None,
        "",
        "CEO",
        "+34 600 000 000",
        "1234567890123",
        [1],
        {"a": 1},
        "0001-01-01T00:00+09",
    ],
)
def test_nothing_else_has_any(value: Any) -> None:
    assert marks(value) == set()


ZONES = [UTC, ZoneInfo("America/Los_Angeles"), ZoneInfo("Pacific/Kiritimati")]
ZONES += [ZoneInfo("Asia/Kathmandu"), ZoneInfo("Europe/Madrid")]


def scaled(meant: Range) -> set[tuple[Scale, str]]:
    ranges = [one for one in (meant, meant.of_moments()) if one is not None]
    return {(one.scale, mark) for one in ranges for mark in marks_between(one)}


@given(
    moment=st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    days=st.lists(st.integers(-2, 2), min_size=2, max_size=2),
    zone=st.sampled_from(ZONES),
)
def test_a_moment_is_found_by_the_days_of_a_zone(
    moment: datetime, days: list[int], zone: tzinfo
) -> None:
    local = moment.astimezone(zone).date()
    first, last = (local + timedelta(days=count) for count in days)
    found = set(marks_in(moment.isoformat())) & scaled(days_between(first, last, zone))
    assert bool(found) is (first <= local <= last)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    "value",
    [
        *("2026-01-31T23:30:00-05:00", "2026-02-01T00:00:00Z", "2026-01-31T23:59:59Z"),
        *("2026-03-29T00:30:00Z", "2026-10-25T01:30:00Z", "2026-11-01T06:30:00Z"),
        *("0001-01-04T12:00:00Z", "9999-12-29T12:00:00Z", "1970-01-01T00:00:00Z"),
        *("2026-01-31T12:00:00.123456Z", "2026-01-31 23:30:00+14:00", "2026-01-31T24:00:00Z"),
    ],
)
def test_a_moment_is_on_one_day_of_each_zone(value: str, zone: tzinfo) -> None:
    local = parse_moment(value).astimezone(zone).date()
    for count in (-1, 0, 1):
        day = local + timedelta(days=count)
        found = set(marks_in(value)) & scaled(days_between(day, day, zone))
        assert bool(found) is (count == 0)


def test_days_of_before_are_days_in_utc() -> None:
    day = Decimal(20260131)
    meant = scaled(Range(Scale.DAY, day, day))
    assert set(marks_in("2026-01-31T00:00:00Z")) & meant
    assert set(marks_in("2026-01-31T23:59:59Z")) & meant
    assert not set(marks_in("2026-02-01T00:00:00Z")) & meant
    assert set(marks_in("2026-01-31")) & meant


@pytest.mark.parametrize("zone", ZONES)
def test_the_first_and_the_last_day_are_days_as_well(zone: tzinfo) -> None:
    meant = scaled(days_between(date.min, date.max, zone))
    for value in ("0001-01-01", "9999-12-31", "2026-01-31T00:00:00Z", "0001-01-01T15:00:00Z"):
        assert set(marks_in(value)) & meant


def test_what_is_no_number_is_no_end() -> None:
    assert number_in(" 12,5 ") == Decimal("12.5")
    for text in ("", "twelve", "1e5", "1 000", "1,200", "1234567890123", "٣"):
        with pytest.raises(ValueError, match="must be a number"):
            number_in(text)
