"""A thread that makes cards, a moment after what they show has changed."""

import threading
import time
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from customcrm.errors import CrmError
from customcrm.log import failure
from customcrm.store.database import Database
from customcrm.store.projection import BATCH, read_changes, write_changes
from customcrm.store.search import search_of

PAUSE_SECONDS: Final = 0.25
"""How long it waits when there is nothing to do."""

HELD: Final = "projector"
"""What a server holds while it makes cards, so that no other one makes older ones."""


class Projector:
    """Makes cards from what the outbox tells.

    Args:
        database: the database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to make cards as things change."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="projector", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """End after what is being done."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def project_pending(self) -> None:
        """Make all cards that the outbox tells of by now."""
        while self.project():
            pass

    def project(self, limit: int = BATCH) -> bool:
        """Make the cards of the oldest changes; whether there were any."""
        with self._lock:
            return self._apart(limit) if self._database.one_writer else self._together(limit)

    def _apart(self, limit: int) -> bool:
        """Read what nobody waits for, then write. No other process makes cards."""
        changes, _ = self._database.read(lambda connection: read_changes(connection, limit))
        if changes is None:
            return False

        def write(connection: Connection) -> None:
            write_changes(connection, search_of(connection), changes)

        self._database.write(write)
        return True

    def _together(self, limit: int) -> bool:
        """Read and write in one transaction, that of no other server at once."""

        def make(connection: Connection) -> bool:
            self._database.hold(connection, HELD)
            changes = read_changes(connection, limit)
            if changes is not None:
                write_changes(connection, search_of(connection), changes)
            return changes is not None

        return self._database.write(make)[0]

    def _work(self) -> None:
        while not self._stop.is_set():
            began = time.monotonic()
            try:
                more = self.project()
            except (CrmError, DBAPIError):
                failure("projection_failed")
                more = False
            # Others come first: as long as it has worked it rests.
            self._stop.wait(time.monotonic() - began if more else PAUSE_SECONDS)
