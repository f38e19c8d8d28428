"""A pace for background work, which leaves the interpreter to requests."""

import threading
import time
from typing import Final

SLICE_SECONDS: Final = 0.002
"""How long background work runs at a stretch: a request waits so long for the interpreter."""


class Pace:
    """Yield the interpreter at intervals, so that a computation does not delay requests.

    Args:
        stop: when this is set, nothing rests any more.
        share: which part of the time the work may take.
    """

    def __init__(self, stop: threading.Event, share: float) -> None:
        self._stop = stop
        self._share = share
        self._since = time.thread_time()

    def rest(self) -> None:
        """Rest, if enough was done since the last time. Time spent waiting is not counted."""
        worked = time.thread_time() - self._since
        if worked >= SLICE_SECONDS:
            self._stop.wait(worked * (1 / self._share - 1))
            self._since = time.thread_time()
