"""What a run tells while it goes on. Every report is made from these."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from customcrm.checker.check import Check, Level
from customcrm.checker.expectations import Broken
from customcrm.client.target import Target


class Status(StrEnum):
    """What a check came to."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    ADVICE = "advice"
    """A MAY rule that the target does not follow: no failure."""
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class RunStarted:
    """A run begins.

    Attributes:
        target: who is checked.
        mark: what everything that the run writes bears.
        at: when.
        checks: in the order in which they will be told.
        read_only: whether nothing is written.
    """

    target: Target
    mark: str
    at: datetime
    checks: tuple[Check, ...]
    read_only: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """A check has ended.

    Attributes:
        check: which one.
        status: what it came to.
        seconds: how long it took.
        broken: what is wrong, if it failed or gives advice.
        curl: the request that shows it, if it failed or gives advice.
        reason: why it was skipped, or why its failure was expected.
        expected: whether the baseline expects it to fail.
        counts: whether it decides whether the target conforms.
    """

    check: Check
    status: Status
    seconds: float = 0.0
    broken: Broken | None = None
    curl: str = ""
    reason: str = ""
    expected: bool = False
    counts: bool = False

    @property
    def is_stale(self) -> bool:
        """Whether the baseline expects a failure that does not happen any more."""
        return self.expected and self.status is Status.PASS

    @property
    def is_fault(self) -> bool:
        """Whether it keeps the target from conforming."""
        unexpected = self.status is Status.FAIL and self.counts and not self.expected
        return unexpected or self.is_stale


@dataclass(frozen=True, slots=True)
class RunEnded:
    """A run has ended.

    Attributes:
        results: of every check.
        left_behind: how many records of each kind it has written, and not removed again.
        seconds: how long it took.
        lost: why it broke off before its end; empty if it did not.
        removed: how many of each kind it has removed again.
        not_cleaned: why it has not, if it was asked to.
    """

    results: tuple[Checked, ...]
    left_behind: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    lost: str = ""
    removed: Counter[str] = field(default_factory=Counter)
    not_cleaned: str = ""

    def count(self, status: Status, level: Level | None = None) -> int:
        """How many checks came to this."""
        return sum(
            one.status is status and level in {None, one.check.level} for one in self.results
        )

    @property
    def conforms(self) -> bool:
        """Whether nothing that decides it has failed, nor is the baseline stale.

        Where nothing was checked, nobody can say so.
        """
        checked = any(one.status is not Status.SKIP for one in self.results)
        return checked and not self.lost and not any(one.is_fault for one in self.results)


Event = RunStarted | Checked | RunEnded
