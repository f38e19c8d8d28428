"""Who is told while a scenario is played."""

from typing import Protocol


class Listener(Protocol):
    """Hears what happens. With several workers it is told by several threads, one at a time."""

    def phase_started(self, title: str, calls: int, share: float) -> None:
        """A phase begins.

        Args:
            title: for people.
            calls: how many calls it has; 0 if it has no end.
            share: which part of the whole story is told by then, from 0 to 1.
        """

    def called(self, operation: str, status: int) -> None:
        """A call is done with.

        Args:
            operation: its name in the contract.
            status: of the last answer; 0 if there was none, or nothing to say.
        """


class Silent:
    """Hears, and does nothing."""

    def phase_started(self, title: str, calls: int, share: float) -> None:
        """A phase begins."""

    def called(self, operation: str, status: int) -> None:
        """A call is done with."""
