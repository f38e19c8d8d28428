"""Copying a SQLite database while others use it, without ever leaving half a file."""

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from customcrm.errors import BackupFailed

STEP_PAGES: Final = 2_000
"""Pages that are copied between two looks at whether to stop: 8 MB."""

CHECK_OPERATIONS: Final = 200_000
"""Steps of SQLite's machine between two looks, while a copy is checked."""

COMPANIONS: Final = ("-wal", "-shm", "-journal")
"""Ends of the names of what SQLite keeps beside a database. A log belongs to one database only."""

Stopped = Callable[[], bool]
"""Returns whether somebody has asked to stop."""


def companion_of(path: Path, suffix: str) -> Path:
    """Return the path of a file that SQLite keeps beside a database."""
    return path.with_name(path.name + suffix)


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on disk, where the system can."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def partial_file(target: Path) -> Iterator[Path]:
    """Yield an empty file, readable by its owner alone, which becomes the target in one step.

    It is in the folder of the target, under a hidden name. When the block ends it is put on disk
    and renamed; when the block fails it is removed. What a killed process has left is used again.

    Args:
        target: may exist; then it is replaced.

    Raises:
        BackupFailed: another process writes the same file, or it cannot be written.
    """
    path = target.with_name(f".{target.name}.partial")
    try:
        descriptor = _exclusive(path)
    except OSError as error:
        raise BackupFailed(f"Cannot write to {target.parent}: {error.strerror}") from error
    try:
        yield path
        os.fsync(descriptor)
        if sys.platform == "win32":
            os.close(descriptor)
            descriptor = -1
        path.replace(target)
        sync_folder(target.parent)
    except BaseException:
        for each in (path, *(companion_of(path, suffix) for suffix in COMPANIONS)):
            each.unlink(missing_ok=True)
        raise
    finally:
        if descriptor >= 0:
            os.close(descriptor)


def _exclusive(path: Path) -> int:
    """Open a file that no other process writes, and empty it."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(descriptor, path)
            if _is_same(descriptor, path):
                os.ftruncate(descriptor, 0)
                if sys.platform != "win32":
                    os.fchmod(descriptor, 0o600)
                for suffix in COMPANIONS:
                    companion_of(path, suffix).unlink(missing_ok=True)
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)  # it was renamed between the two calls: once more


def _lock(descriptor: int, path: Path) -> None:
    if sys.platform == "win32":
        return
    import fcntl  # noqa: PLC0415 - only Unix has it

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BackupFailed(f"Another process is writing {path}") from error


def _is_same(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def copy_database(source: Path, target: Path, stopped: Stopped) -> None:
    """Copy a database, as it is at this moment, to an empty file, and check the copy.

    One read transaction is held on the source, so that the copy is of one state however much is
    written meanwhile, and writers do not wait for it.

    Args:
        source: may be in use, and may have a write-ahead log.
        target: an empty file. It is a complete database afterwards, with no log beside it.
        stopped: is asked every few megabytes.

    Raises:
        BackupFailed: it cannot be read or written, the copy is damaged, or somebody has stopped it.
    """
    try:
        _copy(source, target, stopped)
        if (verdict := _check(target, stopped)) != "ok":
            raise BackupFailed(f"{source} is damaged: {verdict}")
    except sqlite3.Error as error:
        if stopped():
            raise BackupFailed("Stopped; nothing was changed") from error
        raise BackupFailed(f"Cannot copy {source}: {error}") from error


def _copy(source: Path, target: Path, stopped: Stopped) -> None:
    def look(*_: int) -> None:
        if stopped():
            raise BackupFailed("Stopped; nothing was changed")

    with closing(reading_connection(source)) as origin, closing(sqlite3.connect(target)) as copy:
        origin.execute("BEGIN")
        origin.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        origin.backup(copy, pages=STEP_PAGES, progress=look)


def reading_connection(source: Path) -> sqlite3.Connection:
    """Connect to a database that must exist, to read it.

    What a killed process has left in a log is part of the database. Where there is none, a file
    and a folder that cannot be written will do.
    """
    has_log = any(companion_of(source, suffix).exists() for suffix in COMPANIONS)
    can_write = os.access(source, os.W_OK) and os.access(source.parent, os.W_OK)
    options = "mode=rw" if has_log or can_write else "mode=ro&immutable=1"
    url = f"{source.absolute().as_uri()}?{options}"
    connection = sqlite3.connect(url, uri=True, isolation_level=None, timeout=30)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _check(target: Path, stopped: Stopped) -> str:
    """Make a copy a file that needs no other beside it, and return what its check says."""
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        copy.set_progress_handler(stopped, CHECK_OPERATIONS)
        copy.execute("PRAGMA journal_mode = DELETE")
        (verdict,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    return str(verdict)
