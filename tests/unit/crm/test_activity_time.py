from datetime import UTC, datetime, timedelta

import pytest

from customcrm.crm.activity_time import happened_at

ARRIVED = datetime(2026, 3, 2, 10, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("occurred", "happened"),
    [
        (None, ARRIVED),
        (datetime(2026, 3, 2, 10, 39, tzinfo=UTC), datetime(2026, 3, 2, 10, 39, tzinfo=UTC)),
        (datetime(2016, 1, 1, tzinfo=UTC), datetime(2016, 1, 1, tzinfo=UTC)),
        (ARRIVED, ARRIVED),
        (ARRIVED + timedelta(microseconds=1), ARRIVED),
        (datetime(2099, 1, 1, tzinfo=UTC), ARRIVED),
        (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), ARRIVED),
        (datetime(1970, 1, 1, tzinfo=UTC), ARRIVED),
        (datetime(1970, 12, 31, 23, 59, 59, tzinfo=UTC), ARRIVED),
        (datetime(1971, 1, 1, tzinfo=UTC), datetime(1971, 1, 1, tzinfo=UTC)),
        (datetime(1, 1, 1, tzinfo=UTC), ARRIVED),
        (datetime(1969, 7, 20, tzinfo=UTC), ARRIVED),
    ],
)
def test_an_activity_happened_no_later_than_it_came(
    occurred: datetime | None, happened: datetime
) -> None:
    assert happened_at(occurred, ARRIVED) == happened
