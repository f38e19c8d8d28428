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
        seconds: gives seconds that only grow.
    """

    def __init__(
        self, read: Callable[[], T], seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._read = read
        self._known: tuple[T] | None = None
        self._seconds = seconds
        self._read_at = 0.0
        self._changes = 0
        self._lock = threading.Lock()

    def now(self) -> T:
        """The value.

        Raises:
            StoreUnavailable: it could never be read, and cannot be now.
        """
        known, at = self._known, self._seconds()
        if known is None or at - self._read_at >= FRESH_SECONDS:
            # Who asks before anything is known reads it too: any other answer would be a wrong one.
            self._read_at = at
            known = self._refresh(known)
        return known[0]

    def keep(self, value: T) -> None:
        """Say what it has just become."""
        with self._lock:
            self._changes += 1
            self._known = (value,)

    def _refresh(self, known: tuple[T] | None) -> tuple[T]:
        changes = self._changes
        try:
            found = (self._read(),)
        except StoreUnavailable:
            if known is None:
                raise
            return known
        with self._lock:
            # What was read before a change must not take its place.
            if self._known is None or changes == self._changes:
                self._known = found
            return self._known
