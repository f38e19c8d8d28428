"""Backup and restore of the built-in store, where it is a SQLite file."""

import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from filelock import FileLock, Timeout
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from customcrm.errors import BackupFailed, BadSetting, DatabaseInUse, DatabaseTooNew
from customcrm.store.schema import known_revisions
from customcrm.store.sqlite import file_of
from customcrm.store.sqlite_copy import (
    COMPANIONS,
    Stopped,
    companion_of,
    copy_database,
    partial_file,
    reading_connection,
    sync_folder,
)

STAMP: Final = "%Y%m%dT%H%M%SZ"
"""A moment in a file name."""

_HEADER: Final = b"SQLite format 3\0"
_OUR_TABLES: Final = frozenset({"alembic_version", "contacts", "companies", "tasks", "activities"})
_IN_USE: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class Backup(NamedTuple):
    """A backup that was made.

    Attributes:
        database: that was copied.
        file: the copy.
        size: of the copy, in bytes.
        removed: older backups that were removed.
    """

    database: Path
    file: Path
    size: int
    removed: tuple[Path, ...] = ()


class Restored(NamedTuple):
    """A database that was restored.

    Attributes:
        database: that was replaced.
        set_aside: where the database is that was there before; None if there was none.
    """

    database: Path
    set_aside: Path | None


def back_up(url: str, target: Path, *, keep: int | None, now: datetime, stopped: Stopped) -> Backup:
    """Copy the database to a file, while servers may use it, and check the copy.

    Args:
        url: of the database.
        target: a file, which is replaced if it is a backup; or a folder, in which a file is made
            that is named after the moment.
        keep: how many backups to leave in the folder; None for all.
        now: the moment.
        stopped: whether somebody has asked to stop.

    Raises:
        BackupFailed: no backup was made; says why.
        BadSetting: the URL cannot be read.
    """
    database = _sqlite_file(url, _advise_pg_dump, target)
    folder = target.resolve() if target.is_dir() else None
    if keep is not None and folder is None:
        raise BackupFailed(f"--keep needs a folder; {target} is none")
    if not database.is_file():
        raise BackupFailed(f"There is no database at {database}")
    name = f"{database.stem}-{now.strftime(STAMP)}.db"
    file = (folder / name) if folder else target.resolve()
    _check_target(file, database)
    _check_ours(database, any_version=True)
    with partial_file(file) as partial:
        copy_database(database, partial, stopped)
        size = partial.stat().st_size
    removed = _remove_old(folder, database.stem, keep) if folder and keep else ()
    return Backup(database, file, size, removed)


def _check_target(file: Path, database: Path) -> None:
    """Refuse to write over anything but an earlier backup."""
    if not file.parent.is_dir():
        raise BackupFailed(f"The folder {file.parent} does not exist")
    if not file.exists():
        return
    reserved = {database, *(companion_of(database, end) for end in (*COMPANIONS, ".lock"))}
    if file in reserved or file.samefile(database):
        raise BackupFailed(f"{file} belongs to the database itself; choose another file")
    if not file.is_file() or (file.stat().st_size and not _begins_as_database(file)):
        raise BackupFailed(f"{file} exists and is no backup; choose another file")
    if any(companion_of(file, end).exists() for end in (*COMPANIONS, ".lock")):
        raise BackupFailed(f"{file} is a database in use; choose another file")


def _begins_as_database(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(_HEADER)) == _HEADER


def _remove_old(folder: Path, stem: str, keep: int) -> tuple[Path, ...]:
    """Remove the oldest backups of a folder that this command has named."""
    pattern = re.compile(re.escape(stem) + r"-\d{8}T\d{6}Z\.db")
    found = sorted(each for each in folder.iterdir() if pattern.fullmatch(each.name))
    removed = tuple(found[:-keep])
    for each in removed:
        each.unlink(missing_ok=True)
    return removed


def restore(url: str, file: Path, *, now: datetime, stopped: Stopped) -> Restored:
    """Put a backup in the place of the database, which is set aside under a dated name.

    At every moment there is a whole database under the name: the old one with all that was written
    to it, or the new one with nothing of the old one's log.

    Args:
        url: of the database.
        file: the backup.
        now: the moment.
        stopped: whether somebody has asked to stop.

    Raises:
        BackupFailed: nothing was changed; says why.
        BadSetting: the URL cannot be read.
        DatabaseInUse: a server or another program uses the database.
        DatabaseTooNew: a later version of this program made the backup.
    """
    database = _sqlite_file(url, _advise_pg_restore, file)
    if not file.is_file():
        raise BackupFailed(f"There is no file {file}")
    if database.exists() and file.samefile(database):
        raise BackupFailed(f"{file} is the database itself; name a backup")
    if not _begins_as_database(file):
        raise BackupFailed(f"{file} is no SQLite database")
    _check_ours(file, any_version=False)
    lock = FileLock(f"{database}.lock")
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        raise DatabaseInUse(
            f"A customcrm server is using {database}. Stop it first, then restore."
        ) from error
    except OSError as error:
        raise BackupFailed(f"Cannot write to {database.parent}: {error.strerror}") from error
    try:
        _give_to_owner(Path(lock.lock_file), database)
        return _replace(database, file, now, stopped)
    finally:
        lock.release()


def _replace(database: Path, file: Path, now: datetime, stopped: Stopped) -> Restored:
    set_aside: Path | None = None
    with partial_file(database) as partial:
        copy_database(file, partial, stopped)
        _give_to_owner(partial, database)
        if database.exists():
            set_aside = _free_name(database, now)
            _settle(database)
            _set_aside(database, set_aside)
        sync_folder(database.parent)
    return Restored(database, set_aside)


def _settle(database: Path) -> None:
    """Write what is in the log into the database, and remove the log.

    A database that is damaged stays as it is, with its log.

    Raises:
        DatabaseInUse: another program has it open.
        BackupFailed: it cannot be written.
    """
    url = f"{database.as_uri()}?mode=rw"
    try:
        with closing(sqlite3.connect(url, uri=True, isolation_level=None, timeout=5)) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _IN_USE:
            raise DatabaseInUse(f"Another program has {database} open. Close it first.") from error
        if code not in _DAMAGED:
            raise BackupFailed(f"Cannot set {database} aside: {error}") from error


def _set_aside(database: Path, aside: Path) -> None:
    """Give the database a second name, and take away what is left of its log."""
    try:
        os.link(database, aside)
    except OSError:
        # Some file systems have no second names.
        with partial_file(aside) as partial:
            shutil.copyfile(database, partial)
    for suffix in COMPANIONS:
        if companion_of(database, suffix).exists():
            companion_of(database, suffix).replace(companion_of(aside, suffix))


def _free_name(database: Path, now: datetime) -> Path:
    name = f"{database.stem}-before-restore-{now.strftime(STAMP)}"
    for number in range(1, 1_000):
        path = database.with_name(f"{name}{f'-{number}' if number > 1 else ''}{database.suffix}")
        if not path.exists():
            return path
    raise BackupFailed(f"There are too many files named {name}")


def _give_to_owner(path: Path, database: Path) -> None:
    """Where root restores, let the file belong to whoever the database belongs to."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return
    owner = (database if database.exists() else database.parent).stat()
    os.chown(path, owner.st_uid, owner.st_gid)


def _check_ours(file: Path, *, any_version: bool) -> None:
    """Check that a file is a database of this program.

    Raises:
        BackupFailed: it is none, or cannot be read.
        DatabaseTooNew: a later version made it, where that matters.
    """
    try:
        with closing(reading_connection(file)) as opened:
            named = opened.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
            ours = {name for (name,) in named} >= _OUR_TABLES
            revisions = opened.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.Error as error:
        if "no such table" in str(error):
            raise BackupFailed(f"{file} is no database of customcrm") from error
        raise BackupFailed(f"Cannot read {file}: {error}") from error
    if not ours or len(revisions) != 1:
        raise BackupFailed(f"{file} is no database of customcrm")
    (revision,) = revisions[0]
    if not any_version and revision not in known_revisions():
        raise DatabaseTooNew(
            f"{file} is at schema {revision}, which this version does not know. "
            "A later version of customcrm made it; restore it with that one."
        )


def _sqlite_file(url: str, advice: Callable[[str, Path], str], file: Path) -> Path:
    """Return the file of a SQLite database; of another one, tell what to use instead."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise BadSetting("The database URL cannot be read") from None
    if parsed.get_backend_name() != "sqlite":
        raise BackupFailed(advice(_without_password(parsed), file))
    return file_of(parsed)


def _without_password(url: URL) -> str:
    query = {name: value for name, value in url.query.items() if name != "password"}
    bare = URL.create("postgresql", url.username, None, url.host, url.port, url.database, query)
    return bare.render_as_string(hide_password=True)


def _advise_pg_dump(url: str, file: Path) -> str:
    """Return what to use in the place of `backup`."""
    return (
        "This command is for SQLite. For PostgreSQL use "
        f"`pg_dump --format=custom --file={file} {url}`"
    )


def _advise_pg_restore(url: str, file: Path) -> str:
    """Return what to use in the place of `restore`."""
    return (
        "This command is for SQLite. For PostgreSQL stop the server and use "
        f"`pg_restore --clean --if-exists --single-transaction --dbname={url} {file}`"
    )
