"""What is asked for at every turn and changed by hand: known here, and read anew a second later."""

import threading
import time
from collections.abc import Callable
from typing import Final, Generic, TypeVar

from customcrm.errors import StoreUnavailable

T = TypeVar("T")

FRESH_SECONDS: Final = 1.0
"""How old what is known may be: another process may have changed it."""


class Fresh(Generic[T]):
    """A value of the store's, as it was a second ago at most.

    What is changed in this process holds at once, what is changed in another a second later. Where
    it cannot be read, what was known last goes on to hold.

    Args:
        read: reads it.
        first: what holds as long as it could never be read.
        seconds: gives seconds that only grow.
    """

    def __init__(
        self, read: Callable[[], T], first: T, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._read = read
        self._value = first
        self._seconds = seconds
        self._read_at: float | None = None
        self._changes = 0
        self._lock = threading.Lock()

    def now(self) -> T:
        """The value."""
        at = self._seconds()
        if self._read_at is None or at - self._read_at >= FRESH_SECONDS:
            self._read_at = at
            self._refresh()
        return self._value

    def keep(self, value: T) -> None:
        """Say what it has just become."""
        with self._lock:
            self._changes += 1
            self._value = value

    def _refresh(self) -> None:
        changes = self._changes
        try:
            found = self._read()
        except StoreUnavailable:
            return
        with self._lock:
            # What was read before a change must not take its place.
            if changes == self._changes:
                self._value = found
