"""How fast calls are made."""

import threading
import time
from collections.abc import Callable


class Pace:
    """Lets so many calls per second through, evenly.

    Args:
        rate: calls per second; 0 for as many as there are.
        stop: set when nobody shall wait any longer.
        now: a clock that only goes forward, in seconds.
    """

    def __init__(
        self, rate: float, stop: threading.Event, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._interval = 1 / rate if rate else 0.0
        self._stop = stop
        self._now = now
        self._next = 0.0
        self._lock = threading.Lock()

    def wait(self) -> bool:
        """Wait for the next call's turn. Returns whether it may be made."""
        if self._interval:
            with self._lock:
                now = self._now()
                turn = max(self._next, now)
                self._next = turn + self._interval
            self._stop.wait(turn - now)
        return not self._stop.is_set()
