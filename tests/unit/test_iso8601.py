"""Dates and moments as ISO 8601 writes them."""

import time
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.iso8601 import parse, parse_moment


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-31", "2026-01-31"),
        ("20260131", "2026-01-31"),
        ("2026-W05-6", "2026-01-31"),
        ("2026W056", "2026-01-31"),
        ("2026-w05-6", "2026-01-31"),
        ("2026-W05", "2026-01-26"),
        ("2026-W53-7", "2027-01-03"),
        ("2025-W01-1", "2024-12-30"),
        ("2026-031", "2026-01-31"),
        ("2026031", "2026-01-31"),
        ("2024-366", "2024-12-31"),
        ("2026-01", "2026-01-01"),
        ("0001-01-01", "0001-01-01"),
        ("9999-12-31", "9999-12-31"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_a_date_without_an_hour_is_a_day(text: str, day: str) -> None:
    parsed = parse(text)
    assert not isinstance(parsed, datetime)
    assert parsed.isoformat() == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-31T10:15:00Z", "2026-01-31T10:15:00+00:00"),
        ("2026-01-31t10:15:00z", "2026-01-31T10:15:00+00:00"),
        ("2026-01-31 10:15", "2026-01-31T10:15:00"),
        ("2026-01-31T10", "2026-01-31T10:00:00"),
        ("20260131T101500Z", "2026-01-31T10:15:00+00:00"),
        ("20260131T1015-0530", "2026-01-31T10:15:00-05:30"),
        ("20260131T10Z", "2026-01-31T10:00:00+00:00"),
        ("2026-W05-6T10:15Z", "2026-01-31T10:15:00+00:00"),
        ("2026031T101500Z", "2026-01-31T10:15:00+00:00"),
        ("2026-01-31T24:00:00Z", "2026-02-01T00:00:00+00:00"),
        ("2026-12-31T24:00Z", "2027-01-01T00:00:00+00:00"),
        ("2024-02-28T24Z", "2024-02-29T00:00:00+00:00"),
        ("20260131T240000+0100", "2026-02-01T00:00:00+01:00"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00+00:00"),
        ("2017-01-01T00:59:60+01:00", "2017-01-01T01:00:00+01:00"),
        ("2016-12-31T23:59:60.5Z", "2017-01-01T00:00:00.500000+00:00"),
        ("2026-01-31T10:15:00,5Z", "2026-01-31T10:15:00.500000+00:00"),
        ("2026-01-31T10:15:00.123456789Z", "2026-01-31T10:15:00.123456+00:00"),
        ("2026-01-31T10:15,5Z", "2026-01-31T10:15:30+00:00"),
        ("2026-01-31T10.25Z", "2026-01-31T10:15:00+00:00"),
        ("2026-01-31T10:15:00+01", "2026-01-31T10:15:00+01:00"),
        ("2026-01-31T10:15:00+0130", "2026-01-31T10:15:00+01:30"),
        ("2026-01-31T10:15:00-00:00", "2026-01-31T10:15:00+00:00"),
        ("2026-01-31T10:15:00\u221201:00", "2026-01-31T10:15:00-01:00"),
        ("2026-01-31T10:15:00+14:00", "2026-01-31T10:15:00+14:00"),
    ],
)
def test_a_date_with_an_hour_is_a_moment(text: str, moment: str) -> None:
    parsed = parse(text)
    assert isinstance(parsed, datetime)
    assert parsed.isoformat() == moment


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "2026", "26-01-31", "2026-1-31", "2026-13-01", "2026-02-30", "2026-00-01"),
        *("2026-366", "2026-000", "2026-W54-1", "2025-W53-1", "2026-W00-1", "2026-W05-8"),
        *("2026-0131", "202601-31", "0000-01-01", "10000-01-01", "+002026-01-31", "-2026-01-31"),
        *("2026-01-31T", "2026-01-31Z", "2026-01-31T1", "2026-01-31T101", "T10:15:00Z"),
        *("2026-01-31T25:00Z", "2026-01-31T24:00:01Z", "2026-01-31T24:01Z", "2026-01-31T24.1Z"),
        *("2026-01-31T10:60Z", "2026-01-31T10:15:61Z", "2026-01-31T10:15:00.Z", "2026-01-31T.5Z"),
        *("2026-01-31T10:15+24:00", "2026-01-31T10:15+01:60", "2026-01-31T10:15+1"),
        *("2026-01-31T10:15 Europe/Madrid", "2026-01-31T10:15ZZ", "2026-01-31  10:15"),
        *("31/01/2026", "Jan 5 2026", "tomorrow", "1772357400", "\uff12026-01-31"),
        *("9999-12-31T24:00Z", "2026-01-31T10:15:00." + "5" * 99, "2026-01-31\n", "2026-01-31\0"),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(text)


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-9, minutes=-30))])))
def test_a_moment_is_read_in_every_format(moment: datetime) -> None:
    day, clock = moment.date(), moment.time()
    week, ordinal = day.isocalendar(), day.timetuple().tm_yday
    dates = [day.isoformat(), f"{day.year:04}{day:%m%d}", f"{day.year:04}-{ordinal:03}"]
    if 0 < week.year <= 9999:
        dates.append(f"{week.year:04}-W{week.week:02}-{week.weekday}")
    offset = "Z" if moment.tzinfo is UTC else "-0930"
    for date_ in dates:
        for hour in (clock.isoformat(), clock.isoformat().replace(":", "").replace(".", ",")):
            assert parse(f"{date_}T{hour}{offset}") == moment


@given(st.text(alphabet="0123456789-:.,TtZzWw+ \u2212", max_size=70))
def test_no_text_breaks_the_parser(text: str) -> None:
    try:
        parsed = parse(text)
    except ValueError:
        return
    assert isinstance(parsed, date)


def test_what_lacks_is_taken_from_the_zone() -> None:
    assert parse_moment("2026-01-31") == datetime(2026, 1, 31, tzinfo=UTC)
    assert parse_moment("2026-01-31T10:15") == datetime(2026, 1, 31, 10, 15, tzinfo=UTC)


def test_long_texts_are_refused_at_once() -> None:
    begun = time.perf_counter()
    for text in ("9" * 1_000_000, "2026-01-31T10:15:00." + "5" * 1_000_000, "2026-01-31" * 99_999):
        with pytest.raises(ValueError, match="ISO 8601"):
            parse(text)
    assert time.perf_counter() - begun < 0.5
