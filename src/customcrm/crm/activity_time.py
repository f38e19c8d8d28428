"""When an activity happened, for everything that is ordered by it."""

from datetime import UTC, datetime
from typing import Final

EARLIEST: Final = datetime(1971, 1, 1, tzinfo=UTC)
"""Dates before this one are no dates of messages: a clock that starts at 0, or a missing value."""


def happened_at(occurred_at: datetime | None, arrived_at: datetime) -> datetime:
    """Return the earlier of the two, so that a date in the future outlasts no answer.

    A date before 1971, or none, counts as the arrival.

    Args:
        occurred_at: as it was sent.
        arrived_at: when the activity was logged.
    """
    if occurred_at is None or occurred_at < EARLIEST:
        return arrived_at
    return min(occurred_at, arrived_at)
