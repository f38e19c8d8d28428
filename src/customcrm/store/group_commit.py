"""One writer thread that commits many writes at once.

SQLite has one writer, and what makes a write slow is the wait for the disk. So all writes that wait
share one transaction: each runs in its own savepoint (the first in the transaction itself), one
commit makes them all durable, and only then are the callers answered. A write that fails rolls back
what it did and nothing else.
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
        after: is called after each commit, when the callers have been answered.
    """

    def __init__(
        self, connect: Callable[[], Connection], after: Callable[[Connection], None]
    ) -> None:
        self._connect = connect
        self._after = after
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
        began = False
        more = True
        try:
            with self._connect() as connection:
                with connection.begin():
                    began = True
                    results, more = self._run_group(connection, group)
                for done, result in results:
                    done.result.set_result(result)
                self._after(connection)
        except BaseException as error:  # noqa: BLE001 - it is handed to every caller that waits
            if not began:
                more = self._take_all(group)
            for refused in group:
                if not refused.result.done():
                    refused.result.set_exception(error)
        return more

    def _run_group(
        self, connection: Connection, group: list[_Job]
    ) -> tuple[list[tuple[_Job, Any]], bool]:
        """Run the first job of a group and those that wait, each added to the group.

        The first is alone as yet: if it fails, the transaction is rolled back, and no savepoint
        need have kept every page that it has changed.

        Returns:
            The results of those that did not fail, and whether more jobs may come.
        """
        results = [(group[0], counted(connection, group[0].work))]
        deadline = time.monotonic() + MAX_SECONDS
        job, more = self._next(len(group), deadline)
        while job is not None:
            group.append(job)
            try:
                with connection.begin_nested():
                    results.append((job, counted(connection, job.work)))
            except BaseException as error:  # noqa: BLE001 - it is handed to the caller that waits
                job.result.set_exception(error)
                _check_transaction(connection)
            job, more = self._next(len(group), deadline)
        _check_transaction(connection)
        return results, more

    def _next(self, taken: int, deadline: float) -> tuple[_Job | None, bool]:
        """A job that waits already, if the group may take one; and whether more may come."""
        if taken >= MAX_GROUP or time.monotonic() > deadline:
            return None, True
        try:
            job = self._jobs.get_nowait()
        except queue.Empty:
            return None, True
        return job, job is not None

    def _take_all(self, group: list[_Job]) -> bool:
        """Let all that wait share the fate of a group that could not even begin.

        Each would wait as long for the same failure. Returns whether more jobs may come.
        """
        while True:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return True
            if job is None:
                return False
            group.append(job)


def _check_transaction(connection: Connection) -> None:
    """Fail the whole group if SQLite has rolled it back, which a COMMIT would not say.

    A full disk or a failing one, met within a statement, ends the transaction and not only the
    savepoint.

    Raises:
        StoreUnavailable: nothing of the group is kept.
    """
    driver = connection.connection.dbapi_connection
    if driver is None or not driver.in_transaction:
        raise StoreUnavailable
