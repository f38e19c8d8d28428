"""Moments in zones, from the first year to the last."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest

from customcrm.crm.moments import end_of_day, in_zone, start_of_day

EAST, WEST = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))
MADRID, NEW_YORK = ZoneInfo("Europe/Madrid"), ZoneInfo("America/New_York")
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "zone", "local"),
    [
        ("2026-11-01T06:30:00+00:00", NEW_YORK, "2026-11-01T01:30:00-05:00"),
        ("2026-11-01T05:30:00+00:00", NEW_YORK, "2026-11-01T01:30:00-04:00"),
        ("0001-01-01T00:00:00+00:00", NEW_YORK, "0001-01-01T00:00:00+00:00"),
        ("0001-01-01T00:00:00+00:00", EAST, "0001-01-01T14:00:00+14:00"),
        ("9999-12-31T23:59:59+00:00", MADRID, "9999-12-31T23:59:59+00:00"),
        ("9999-12-31T23:59:59+00:00", WEST, "9999-12-31T11:59:59-12:00"),
        ("0001-01-01T00:00:00+14:00", UTC, "0001-01-01T00:00:00+14:00"),
        ("9999-12-31T23:59:59-12:00", UTC, "9999-12-31T23:59:59-12:00"),
    ],
)
def test_a_moment_out_of_range_in_a_zone_stays_as_it_is(
    moment: str, zone: tzinfo, local: str
) -> None:
    assert in_zone(datetime.fromisoformat(moment), zone).isoformat() == local


@pytest.mark.parametrize("zone", [UTC, EAST, WEST, MADRID, NEW_YORK])
@pytest.mark.parametrize("day", [date.min, date(2026, 3, 29), date(2026, 10, 25), date.max])
def test_a_day_ends_where_the_next_one_starts(day: date, zone: tzinfo) -> None:
    start, end = start_of_day(day, zone), end_of_day(day, zone)
    assert start < end
    if day == date.max:
        assert end == LAST
    else:
        assert end == start_of_day(day + timedelta(days=1), zone)
        assert in_zone(end - timedelta(microseconds=1), zone).date() == day or start < FIRST
