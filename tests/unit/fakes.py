"""Time and ids that tests own."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Final

from customcrm.operations.ports import Origin

START: Final = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


class FakeClock:
    """Stands still until it is told to advance."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class FakeIds:
    """Counts, so that ids sort in the order they were made: `task_000001`, `task_000002`."""

    def __init__(self) -> None:
        self._counts = count(1)

    def __call__(self, noun: str) -> str:
        return f"{noun}_{next(self._counts):06}"


def fake_origin(clock: FakeClock | None = None) -> Origin:
    return Origin("key:test", clock or FakeClock(), FakeIds())
