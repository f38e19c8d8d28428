"""What is SQLite's own: one file, one writer, many readers."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any, Final, TypeVar

from filelock import FileLock, Timeout
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from customcrm import log
from customcrm.errors import BadSetting, DatabaseInUse, StoreUnavailable
from customcrm.store.batch import (
    Contains,
    JsonArray,
    JsonKeys,
    JsonRows,
    NumberCell,
    TextCell,
)
from customcrm.store.database import count_statements, counted
from customcrm.store.group_commit import GroupCommit

T = TypeVar("T")

READERS: Final = 16
"""Connections that read at once."""

BUSY_SECONDS: Final = 30
"""How long a write waits for another process's write, such as `customcrm keys create`."""

CACHE_KIB: Final = 65_536
"""Page cache of the writer. Readers share the system's cache and need less."""

CHECKPOINT_PAGES: Final = 8_000
"""Pages in the write-ahead log from which on it is copied into the file: 32 MB."""

MAX_LOG_BYTES: Final = 128_000_000
"""Size of the write-ahead log from which on a write waits for readers, so that it can be reset."""

MAX_LOG_WAIT_SECONDS: Final = 1
"""How long it waits for them."""

LOG_RETRY_SECONDS: Final = 30
"""How long it does not try again: a backup or a report may read for minutes."""


@compiles(JsonKeys, "sqlite")
@compiles(JsonRows, "sqlite")
def _json_rows(element: JsonKeys | JsonRows, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each{compiler.process(element.clause_expr, **options)}"


@compiles(JsonArray, "sqlite")
def _json_array(element: JsonArray, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_group_array(json_array{compiler.process(element.clause_expr, **options)})"


@compiles(TextCell, "sqlite")
@compiles(NumberCell, "sqlite")
def _cell(element: TextCell | NumberCell, compiler: SQLCompiler, **options: Any) -> str:
    row, index = (compiler.process(clause, **options) for clause in element.clauses)
    return f"json_extract({row}, '$[{index}]')"


@compiles(Contains, "sqlite")
def _contains(element: Contains, compiler: SQLCompiler, **options: Any) -> str:
    return f"(instr{compiler.process(element.clause_expr, **options)} > 0)"


def _configure(connection: sqlite3.Connection, *, writes: bool) -> None:
    """Settings of one connection. Transactions are begun by us, never by the driver."""
    connection.isolation_level = None
    settings = {
        "busy_timeout": BUSY_SECONDS * 1000,
        **({"journal_mode": "WAL"} if writes else {}),
        "foreign_keys": "ON",
        "synchronous": "FULL",
        "temp_store": "MEMORY",
        "cache_size": -CACHE_KIB if writes else -2_000,
        "wal_autocheckpoint": CHECKPOINT_PAGES,
        "query_only": "OFF" if writes else "ON",
    }
    for name, value in settings.items():
        connection.execute(f"PRAGMA {name} = {value}")


def _engine(url: URL, *, writes: bool) -> Engine:
    size = 1 if writes else READERS
    engine = create_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_timeout=BUSY_SECONDS,
        pool_use_lifo=True,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _: Any) -> None:
        _configure(connection, writes=writes)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    count_statements(engine)
    return engine


def file_of(url: URL) -> Path:
    """The file that a `sqlite:///…` URL names.

    Raises:
        BadSetting: it names none, or one in a folder that does not exist.
    """
    if not url.database or url.database == ":memory:":
        raise BadSetting("A SQLite database must be a file: sqlite:///customcrm.db")
    path = Path(url.database).resolve()
    if not path.parent.is_dir():
        raise BadSetting(f"The folder of the database does not exist: {path.parent}")
    return path


class SqliteDatabase:
    """A SQLite file. Implements `database.Database`.

    Args:
        url: `sqlite:///…`
        alone: whether this process must be the only server on the file.

    Raises:
        DatabaseInUse: another server works on the file.
    """

    def __init__(self, url: URL, *, alone: bool) -> None:
        path = file_of(url)
        self._lock = FileLock(f"{path}.lock")
        if alone:
            try:
                self._lock.acquire(blocking=False)
            except Timeout as error:
                raise DatabaseInUse(
                    f"Another customcrm server is using {path}. Stop it first, "
                    "or give this one its own --database."
                ) from error
        if not path.exists():
            path.touch(mode=0o600)
        self._path = path
        self._inode = path.stat().st_ino
        self._log_limited_at = float("-inf")
        self.settle = timedelta(0)
        self.engine = _engine(url, writes=True)
        self._readers = _engine(url, writes=False)
        self._writer = GroupCommit(self._connect_writer, self._limit_log)

    def read(self, work: Callable[[Connection], T]) -> tuple[T, int]:
        """As the port says. Sees one state of the data, and never waits for the writer."""
        self._check_file()
        with self._readers.begin() as connection:
            return counted(connection, work)

    def write(self, work: Callable[[Connection], T]) -> tuple[T, int]:
        """As the port says, together with the other writes that wait."""
        return self._writer.write(work)

    def _connect_writer(self) -> Connection:
        self._check_file()
        return self.engine.connect()

    def _check_file(self) -> None:
        """Refuse to work on a file that is no longer under its name: it would be lost."""
        try:
            moved = self._path.stat().st_ino != self._inode
        except OSError:
            moved = True
        if moved:
            log.event("database_file_moved", advice="put it back, or start the server again")
            raise StoreUnavailable

    def _limit_log(self, connection: Connection) -> None:
        """Reset the write-ahead log if readers that overlap have kept it growing.

        Tried only now and then: while somebody reads on, each attempt takes a second.
        """
        log_file = Path(f"{self._path}-wal")
        if not log_file.exists() or log_file.stat().st_size <= MAX_LOG_BYTES:
            return
        if monotonic() - self._log_limited_at < LOG_RETRY_SECONDS:
            return
        self._log_limited_at = monotonic()
        cursor = connection.connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {MAX_LOG_WAIT_SECONDS * 1000}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        cursor.close()

    def hold(self, connection: Connection, name: str) -> None:
        """There is one writer: nothing else runs anyway."""

    def close(self) -> None:
        """As the port says."""
        self._writer.close()
        self._readers.dispose()
        self.engine.dispose()
        self._lock.release()
