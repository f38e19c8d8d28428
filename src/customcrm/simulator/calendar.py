"""The days of a scenario. A moment is a number of seconds since the first midnight, in UTC."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Self

from customcrm.simulator.scenario import Scenario

HOUR: Final = 3_600
DAY: Final = 24 * HOUR
WEEK_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Calendar:
    """So many days, from one on.

    Attributes:
        start: the first midnight.
        days: how many days there are.
    """

    start: datetime
    days: int

    @classmethod
    def of(cls, scenario: Scenario) -> Self:
        """The weeks of a scenario, up to its last day."""
        days = scenario.weeks * WEEK_DAYS
        first = scenario.until - timedelta(days=days - 1)
        return cls(datetime.combine(first, time(), UTC), days)

    @property
    def end(self) -> int:
        """The midnight after the last day."""
        return self.days * DAY

    def weekday(self, day: int) -> int:
        """Which day of the week a day is; Monday is 0."""
        return (self.start.weekday() + day) % WEEK_DAYS

    def date(self, day: int) -> date:
        """The date of a day."""
        return self.start.date() + timedelta(days=day)

    def at(self, second: int) -> datetime:
        """A moment, in UTC."""
        return self.start + timedelta(seconds=second)

    def iso(self, second: int) -> str:
        """A moment as it is sent: `2026-03-01T09:30:00Z`."""
        return self.at(second).isoformat().replace("+00:00", "Z")

    def second(self, at: datetime) -> int:
        """The moment that a time is."""
        return int((at - self.start).total_seconds())
