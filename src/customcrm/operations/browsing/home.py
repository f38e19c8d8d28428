"""The numbers on the first page."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from customcrm.operations.browsing.cards import Card
from customcrm.operations.browsing.events import ActivityLine, CallLine, Day, TaskLine


class Totals(NamedTuple):
    """How much there is: records that are neither deleted nor merged, and tasks that are open."""

    contacts: int
    companies: int
    open_tasks: int
    activities: int


class DayCount(NamedTuple):
    """What came on one day."""

    day: Day
    contacts: int
    companies: int
    activities: dict[tuple[str, str], int]
    """By type and direction; '' for an activity without a direction."""


class OperationPulse(NamedTuple):
    """What came of one operation in a span of time."""

    operation: str
    calls: int
    refused: int
    """Calls whose status was no success."""
    received: int
    failed: int
    """Items that failed in calls that succeeded."""
    last_at: datetime


class DerivationProgress(NamedTuple):
    """How far the update of older data to the rules of this version has come.

    Attributes:
        records: how many records it is about.
        done: how many rows were looked at; `total`: about how many there are.
    """

    records: int
    done: int
    total: int

    @property
    def percent(self) -> int:
        """How much is done, from 0 to 99."""
        return min(99, 100 * self.done // max(1, self.total))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who has replied, and whom nobody has answered."""

    card: Card
    last: ActivityLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """All that the first page shows.

    Attributes:
        totals: how much is in here.
        days: what came, day by day, the oldest first; as many as were asked for.
        waiting: who replied last and waits, the latest first; `waiting_more`: whether more do.
        overdue, today: tasks, by when they are due; at most ten each, with how many there are.
        pulse: what came in the last 24 hours, by operation, the latest first.
        last_call: the latest call of all, or None if none has ever come.
        failures: the latest calls of which something failed; at most five.
    """

    totals: Totals
    days: tuple[DayCount, ...]
    waiting: tuple[Waiting, ...]
    waiting_more: bool
    overdue: tuple[TaskLine, ...]
    overdue_count: int
    today: tuple[TaskLine, ...]
    today_count: int
    pulse: tuple[OperationPulse, ...]
    last_call: CallLine | None
    failures: tuple[CallLine, ...]
