"""The projector: a thread that makes cards a moment after their records have changed."""

import threading
import time
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Connection

from customcrm import log
from customcrm.store.catalogue.projection import OvertakenError, run_round

SMALLEST: Final = 20
LARGEST: Final = 1_000
"""Rows of the outbox that a round takes."""

WRITE_SECONDS: Final = 0.02
"""What one round should take of the writer's time; rounds are made as large as fits."""

GATHER_SECONDS: Final = 0.05
"""How long it waits, once woken, for what comes with the first change."""

LOOK_SECONDS: Final = 1.0
"""How often it looks without being woken: another process may have written."""

BUSY_SHARE: Final = 0.15
"""Which part of the time it works while other writes come."""

TRIES: Final = 100
"""Rounds in a row that may be overtaken, until somebody who waits for them is told."""

Run = Callable[[Callable[[Connection], Any]], Any]


class Projector:
    """Makes the cards of what the outbox names.

    It goes on where it was stopped: what is in the outbox has no card yet, or an old one.

    Args:
        read: runs a function in a transaction that only reads.
        write: runs a function in a transaction that writes.
        done: is called after each round that has made cards.
    """

    def __init__(self, read: Run, write: Run, done: Callable[[], None]) -> None:
        self._read = read
        self._write = write
        self._done = done
        self._size = SMALLEST * 5
        self._writes = 0
        self._one_round = threading.Lock()
        self._woken = threading.Event()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Work on a thread of its own, from what the outbox holds on."""
        if self._thread is None and not self._stop.is_set():
            self._thread = threading.Thread(target=self._run, name="projector", daemon=True)
            self._woken.set()
            self._thread.start()

    def wake(self) -> None:
        """Say that something was written."""
        self._writes += 1
        self._woken.set()

    def look(self) -> None:
        """Say that background work was written, which leaves time for this work by itself."""
        self._woken.set()

    def close(self) -> None:
        """End after the round that runs; the outbox keeps what is left."""
        self._stop.set()
        self._woken.set()
        if self._thread:
            self._thread.join()

    def project_pending(self) -> int:
        """Make every card that is due now, whoever else is busy.

        Returns:
            How many rows of the outbox were done.
        """
        total = overtaken = 0
        while overtaken < TRIES:
            try:
                done = self._round(LARGEST)
            except OvertakenError:
                overtaken += 1
                continue
            if not done:
                return total
            total += done
        raise OvertakenError

    def _run(self) -> None:
        while not self._stop.is_set():
            self._woken.wait(LOOK_SECONDS)
            self._woken.clear()
            if not self._stop.wait(GATHER_SECONDS):
                self._work()

    def _work(self) -> None:
        """Rounds until nothing is due; while other writes come, it leaves them most of the time."""
        more = True
        while more and not self._stop.is_set():
            began, writes = time.monotonic(), self._writes
            try:
                more = self._round(self._size) > 0
            except OvertakenError:
                self._stop.wait(LOOK_SECONDS)
            except Exception:  # noqa: BLE001 - it must outlive whatever befalls the database
                log.failure("projection_failed")
                self._stop.wait(LOOK_SECONDS)
            if self._writes != writes:
                self._stop.wait((time.monotonic() - began) * (1 / BUSY_SHARE - 1))

    def _round(self, most: int) -> int:
        with self._one_round:
            done = run_round(self._read, self._timed_write, most)
        if done:
            self._done()
        return done

    def _timed_write(self, work: Callable[[Connection], None]) -> None:
        def timed(connection: Connection) -> None:
            began = time.perf_counter()
            work(connection)
            self._fit(time.perf_counter() - began)

        self._write(timed)

    def _fit(self, seconds: float) -> None:
        """Take so many rows in the next round that it takes about as long as it may."""
        if seconds > WRITE_SECONDS:
            self._size = max(SMALLEST, self._size // 2)
        elif seconds < WRITE_SECONDS / 2:
            self._size = min(LARGEST, self._size * 5 // 4)
