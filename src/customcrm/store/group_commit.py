"""One writer thread that commits many writes at once.

SQLite has one writer, and what makes a write slow is the wait for the disk. So all writes that wait
share one transaction: each runs in its own savepoint, one commit makes them all durable, and only
then are the callers answered. A write that fails rolls back its own savepoint and no other.
"""

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import Connection

from customcrm.errors import StoreUnavailable
from customcrm.store.database import counted

T = TypeVar("T")

MAX_GROUP: Final = 64
"""Writes in one transaction."""

MAX_SECONDS: Final = 0.05
"""A transaction that has run so long takes no more writes: those in it want their answer."""


class _Job(NamedTuple):
    """A write that waits, and where its result goes."""

    work: Callable[[Connection], Any]
    result: Future[Any]


class GroupCommit:
    """Runs writes one after the other on a thread of its own.

    Args:
        connect: gives the connection that only this thread uses.
    """

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def write(self, work: Callable[[Connection], T]) -> tuple[T, int]:
        """Run a function that writes; returns when what it wrote is on disk.

        Returns:
            What the function returns, and how many SQL statements it took.

        Raises:
            StoreUnavailable: the database cannot write now, or is closed.
        """
        job = _Job(work, Future())
        with self._lock:
            if self._closed:
                raise StoreUnavailable
            self._jobs.put(job)
        result: tuple[T, int] = job.result.result()
        return result

    def close(self) -> None:
        """Finish every write that was taken, then end."""
        with self._lock:
            self._closed = True
            self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        more = True
        while more and (job := self._jobs.get()) is not None:
            more = self._commit_group(job)

    def _commit_group(self, first: _Job) -> bool:
        """Run a job, and those that wait behind it, in one transaction.

        Returns:
            Whether more jobs may come.
        """
        group = [first]
        results: list[tuple[_Job, Any]] = []
        deadline = time.monotonic() + MAX_SECONDS
        job: _Job | None = first
        more = True
        try:
            with self._connect() as connection, connection.begin():
                while job is not None:
                    self._run_one(connection, job, results)
                    job, more = self._next(len(group), deadline)
                    group += [job] if job else []
        except Exception as error:  # noqa: BLE001 - it is handed to every caller that waits
            for refused in group:
                if not refused.result.done():
                    refused.result.set_exception(error)
        else:
            for done, result in results:
                done.result.set_result(result)
        return more

    @staticmethod
    def _run_one(connection: Connection, job: _Job, results: list[tuple[_Job, Any]]) -> None:
        """Run a job in its savepoint. Its result waits for the commit, its failure does not."""
        try:
            with connection.begin_nested():
                results.append((job, counted(connection, job.work)))
        except Exception as error:  # noqa: BLE001 - it is handed to the caller that waits
            job.result.set_exception(error)

    def _next(self, taken: int, deadline: float) -> tuple[_Job | None, bool]:
        """A job that waits already, if the group may take one; and whether more may come."""
        if taken >= MAX_GROUP or time.monotonic() > deadline:
            return None, True
        try:
            job = self._jobs.get_nowait()
        except queue.Empty:
            return None, True
        return job, job is not None
