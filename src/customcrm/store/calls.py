"""The log of the calls received."""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, delete, func, select

from customcrm.log import event, failure
from customcrm.operations.calls import Call
from customcrm.store.answers import remove_expired
from customcrm.store.batch import insert_batch, rows
from customcrm.store.columns import Instant, microseconds, to_json
from customcrm.store.tables import CALLS

KEPT: Final = timedelta(days=30)
"""How long a call is kept."""

MAX_CALLS: Final = 100_000
"""How many calls are kept, the newest."""

MAX_WAITING: Final = 10_000
"""Calls that wait to be written; beyond that the newest are dropped, and counted in the log."""

MAX_STRANGERS: Final = 10
"""Calls without a key that are kept of each minute, so that nobody can flood the log."""

FLUSH_SECONDS: Final = 1.0
FLUSHES_PER_CLEANUP: Final = 60

_COUNTS: Final = ("received", "created", "updated", "linked", "unchanged", "matched", "failed")
_INSERT: Final = insert_batch(
    CALLS,
    "request_id",
    "at",
    "operation",
    "status",
    "duration_us",
    "actor",
    "error",
    *_COUNTS,
    "items",
)
_REMOVE_OLD: Final = delete(CALLS).where(CALLS.c.at < bindparam("before", type_=Instant()))
_REMOVE_BEYOND: Final = delete(CALLS).where(
    CALLS.c.number <= select(func.max(CALLS.c.number)).scalar_subquery() - MAX_CALLS
)


def insert_calls(connection: Connection, calls: Sequence[Call]) -> None:
    """Keep calls."""
    connection.execute(
        _INSERT,
        rows(
            (
                call.id,
                microseconds(call.at),
                call.operation,
                call.status,
                call.duration_us,
                call.actor,
                call.error,
                *(getattr(call.tally, name) for name in _COUNTS),
                to_json(call.tally.items),
            )
            for call in calls
        ),
    )


def clean_up(connection: Connection, now: datetime) -> None:
    """Remove what is kept no longer: old calls, and answers that have expired."""
    connection.execute(_REMOVE_OLD, {"before": now - KEPT})
    connection.execute(_REMOVE_BEYOND)
    remove_expired(connection, now)


class BufferedCallLog:
    """Takes calls at once and writes them together, once a second, on a thread of its own.

    Up to a second of the log is lost when the process is killed: it tells of the data, it is none.

    Args:
        write: runs a function in a transaction that writes.
        clock: gives the time.
    """

    def __init__(
        self,
        write: Callable[[Callable[[Connection], None]], None],
        clock: Callable[[], datetime],
    ) -> None:
        self._write = write
        self._clock = clock
        self._waiting: list[Call] = []
        self._strangers = 0
        self._dropped = 0
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="call-log", daemon=True)
        self._thread.start()

    def record(self, call: Call) -> None:
        """As `CallLog.record`."""
        with self._lock:
            flooded = not call.actor and self._strangers >= MAX_STRANGERS
            if flooded or len(self._waiting) >= MAX_WAITING:
                self._dropped += 1
            else:
                self._waiting.append(call)
                self._strangers += not call.actor

    def close(self) -> None:
        """Write what waits, and end."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        flushes = 0
        while not self._stop.wait(FLUSH_SECONDS):
            self._flush(cleaning=flushes % FLUSHES_PER_CLEANUP == 0)
            flushes += 1
        self._flush(cleaning=False)

    def _flush(self, *, cleaning: bool) -> None:
        with self._lock:
            calls, self._waiting = self._waiting, []
            dropped, self._dropped = self._dropped, 0
            if cleaning:
                self._strangers = 0
        if dropped:
            event("calls_dropped", count=dropped)

        def work(connection: Connection) -> None:
            if calls:
                insert_calls(connection, calls)
            if cleaning:
                clean_up(connection, self._clock())

        if calls or cleaning:
            try:
                self._write(work)
            except Exception:  # noqa: BLE001 - the log of calls must outlive whatever befalls it
                failure("calls_dropped", count=len(calls))
