"""Backup and restore of a SQLite file."""

import os
import shutil
import signal
import sqlite3
import stat
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from filelock import FileLock

from customcrm.clock import system_clock
from customcrm.errors import BackupFailed, BadSetting, CrmError, DatabaseInUse, DatabaseTooNew
from customcrm.store import backup as backups
from customcrm.store import sqlite_copy
from customcrm.store.backend import Store
from customcrm.store.backup import Backup, Restored

NOW = datetime(2026, 12, 1, 10, 15, tzinfo=UTC)


def never() -> bool:
    return False


def back_up(database: Path, target: Path, keep: int | None = None) -> Backup:
    return backups.back_up(f"sqlite:///{database}", target, keep=keep, now=NOW, stopped=never)


def restore(database: Path, file: Path) -> Restored:
    return backups.restore(f"sqlite:///{database}", file, now=NOW, stopped=never)


def content(database: Path) -> list[str]:
    """Everything that is in a database, as SQL."""
    with closing(sqlite3.connect(database)) as connection:
        return list(connection.iterdump())


def note(database: Path, name: str) -> None:
    """Write something into a database."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(
            "INSERT INTO users (id, name, created_at) VALUES (?, ?, 0)", (name, name)
        )


def noted(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM users")}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("template") / "crm.db"
    Store(f"sqlite:///{path}", system_clock).close()
    return path.read_bytes()


@pytest.fixture
def database(tmp_path: Path, template: bytes) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    path = folder / "crm.db"
    path.write_bytes(template)
    path.chmod(0o600)
    note(path, "Ana")
    return path


@pytest.fixture
def killed(database: Path) -> Path:
    """A database whose last writes are in a log that nobody has applied."""
    copy = database.with_name("killed.db")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("INSERT INTO users (id, name, created_at) VALUES ('t', 'Tom', 0)")
        connection.commit()
        for suffix in ("", "-wal"):
            copied = Path(f"{database}{suffix}").read_bytes()
            Path(f"{copy}{suffix}").write_bytes(copied)
    assert Path(f"{copy}-wal").stat().st_size
    return copy


def files(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


# Backup


def test_a_backup_holds_what_the_database_does(database: Path, tmp_path: Path) -> None:
    done = back_up(database, tmp_path / "b.db")
    assert content(done.file) == content(database)
    assert done.size == done.file.stat().st_size
    assert stat.S_IMODE(done.file.stat().st_mode) == 0o600
    assert files(tmp_path) == {"b.db", "data"}


def test_a_backup_holds_what_is_only_in_the_log(killed: Path, tmp_path: Path) -> None:
    assert noted(back_up(killed, tmp_path / "b.db").file) == {"Ana", "Tom"}


def test_a_backup_needs_no_file_beside_it(killed: Path, tmp_path: Path) -> None:
    file = back_up(killed, tmp_path / "b.db").file
    with closing(sqlite3.connect(f"{file.as_uri()}?immutable=1", uri=True)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert connection.execute("SELECT count(*) FROM users").fetchone() == (2,)


def test_a_backup_is_readable_by_its_owner_alone_from_its_first_byte(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes = []

    def watched(source: Path, target: Path, stopped: Callable[[], bool]) -> None:
        modes.append(stat.S_IMODE(target.stat().st_mode))
        sqlite_copy.copy_database(source, target, stopped)

    monkeypatch.setattr(backups, "copy_database", watched)
    before = os.umask(0)
    try:
        back_up(database, tmp_path / "b.db")
    finally:
        os.umask(before)
    assert modes == [0o600]


def test_a_backup_replaces_an_earlier_one(database: Path, tmp_path: Path) -> None:
    back_up(database, tmp_path / "b.db")
    note(database, "Tom")
    back_up(database, tmp_path / "b.db")
    assert noted(tmp_path / "b.db") == {"Ana", "Tom"}


def test_backups_in_a_folder_are_named_after_the_moment_and_the_oldest_go(
    database: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    old = [f"crm-2026110{day}T101500Z.db" for day in range(1, 6)]
    others = ["crm.db", "other-20261101T101500Z.db", "crm-20261101.db", "notes.txt"]
    for name in (*old, *others):
        (folder / name).write_bytes(b"SQLite format 3\0")
    done = back_up(database, folder, keep=3)
    assert done.file.name == "crm-20261201T101500Z.db"
    assert files(folder) == {*old[3:], *others, done.file.name}
    assert [each.name for each in done.removed] == old[:3]
    assert back_up(database, folder).removed == ()


def test_a_backup_follows_a_symbolic_link(database: Path, tmp_path: Path) -> None:
    real = tmp_path / "real.db"
    back_up(database, real)
    link = tmp_path / "link.db"
    link.symlink_to(real)
    note(database, "Tom")
    back_up(database, link)
    assert link.is_symlink()
    assert noted(real) == {"Ana", "Tom"}


@pytest.fixture
def targets(database: Path, tmp_path: Path) -> Path:
    """Files that no backup may replace."""
    (tmp_path / "notes.txt").write_text("mine")
    Path(f"{database}-wal").touch()
    for name in ("live", "locked"):
        (tmp_path / f"{name}.db").write_bytes(database.read_bytes())
    (tmp_path / "live.db-wal").write_bytes(b"x")
    (tmp_path / "locked.db.lock").touch()
    os.link(database, tmp_path / "hard.db")
    (tmp_path / "soft.db").symlink_to(database)
    os.mkfifo(tmp_path / "pipe")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("data/crm.db", "belongs to the database itself"),
        ("data/crm.db-wal", "belongs to the database itself"),
        ("data/../data/crm.db", "belongs to the database itself"),
        ("hard.db", "belongs to the database itself"),
        ("soft.db", "belongs to the database itself"),
        ("notes.txt", "is no backup"),
        ("pipe", "is no backup"),
        ("live.db", "is a database in use"),
        ("locked.db", "is a database in use"),
        ("none/b.db", "does not exist"),
        ("notes.txt/b.db", "does not exist"),
    ],
)
def test_a_backup_replaces_nothing_but_a_backup(
    database: Path, targets: Path, name: str, message: str
) -> None:
    before = files(targets)
    with pytest.raises(BackupFailed, match=message):
        back_up(database, targets / name)
    assert files(targets) == before
    assert (targets / "notes.txt").read_text() == "mine"
    assert noted(database) == {"Ana"}


def test_what_is_no_database_of_ours_is_not_backed_up(tmp_path: Path) -> None:
    with pytest.raises(BackupFailed, match="There is no database"):
        back_up(tmp_path / "none.db", tmp_path / "b.db")
    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE t (x)")
    with pytest.raises(BackupFailed, match="is no database of customcrm"):
        back_up(foreign, tmp_path / "b.db")
    (tmp_path / "text.db").write_text("no database, but a text that is long enough to be read")
    with pytest.raises(BackupFailed, match="Cannot read"):
        back_up(tmp_path / "text.db", tmp_path / "b.db")
    assert not (tmp_path / "b.db").exists()


def test_a_damaged_database_gives_no_backup(database: Path, tmp_path: Path) -> None:
    bytes_ = bytearray(database.read_bytes())
    for at in range(8 * 4_096, len(bytes_) - 4_096, 4_096):
        bytes_[at : at + 64] = b"\xff" * 64
    database.write_bytes(bytes_)
    with pytest.raises(BackupFailed):
        back_up(database, tmp_path / "b.db")
    assert files(tmp_path) == {"data"}


def test_a_folder_is_needed_to_keep_some(database: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupFailed, match="--keep needs a folder"):
        back_up(database, tmp_path / "b.db", keep=2)


@pytest.mark.parametrize("step", range(1, 6))
def test_who_stops_a_backup_leaves_nothing(database: Path, tmp_path: Path, step: int) -> None:
    asked = 0

    def stopped() -> bool:
        nonlocal asked
        asked += 1
        return asked >= step

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite_copy, "STEP_PAGES", 10)
        patch.setattr(sqlite_copy, "CHECK_OPERATIONS", 10)
        with pytest.raises(BackupFailed, match="Stopped"):
            backups.back_up(
                f"sqlite:///{database}", tmp_path / "b.db", keep=None, now=NOW, stopped=stopped
            )
    assert files(tmp_path) == {"data"}


def test_what_a_killed_backup_has_left_is_used_again(database: Path, tmp_path: Path) -> None:
    (tmp_path / ".b.db.partial").write_bytes(b"half a backup" * 10_000)
    (tmp_path / ".b.db.partial-journal").write_bytes(b"of another one")
    back_up(database, tmp_path / "b.db")
    assert files(tmp_path) == {"b.db", "data"}
    assert content(tmp_path / "b.db") == content(database)


def test_two_backups_do_not_write_the_same_file(database: Path, tmp_path: Path) -> None:
    refused: list[str] = []
    with sqlite_copy.partial_file(tmp_path / "b.db") as partial:

        def other() -> None:
            try:
                back_up(database, tmp_path / "b.db")
            except BackupFailed as error:
                refused.append(str(error))

        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
        sqlite_copy.copy_database(database, partial, never)
    assert len(refused) == 1
    assert "Another process is writing" in refused[0]
    assert noted(tmp_path / "b.db") == {"Ana"}


def test_a_backup_sees_one_state_while_others_write(database: Path, tmp_path: Path) -> None:
    """Each write adds one to two tables: a copy of two states would have them differ."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE one (x)")
        connection.execute("CREATE TABLE filler (x)")
        connection.executemany("INSERT INTO filler VALUES (?)", [("f" * 3_000,)] * 3_000)
        connection.execute("CREATE TABLE two (x)")
        connection.commit()
    enough = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(database, timeout=30)) as connection:
            while not enough.is_set():
                connection.execute("INSERT INTO one VALUES (1)")
                connection.execute("INSERT INTO two VALUES (1)")
                connection.commit()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sqlite_copy, "STEP_PAGES", 20)
            file = back_up(database, tmp_path / "b.db").file
    finally:
        enough.set()
        thread.join()
    with closing(sqlite3.connect(file)) as connection:
        one, two = connection.execute(
            "SELECT (SELECT count(*) FROM one), (SELECT count(*) FROM two)"
        ).fetchone()
    assert one == two


# Restore


def test_a_restored_database_holds_what_the_backup_does(database: Path, tmp_path: Path) -> None:
    file = back_up(database, tmp_path / "b.db").file
    saved = content(database)
    note(database, "Tom")
    done = restore(database, file)
    assert content(database) == saved
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert done.set_aside is not None
    assert done.set_aside.name == "crm-before-restore-20261201T101500Z.db"
    assert noted(done.set_aside) == {"Ana", "Tom"}
    assert content(file) == saved


def test_a_log_of_the_database_before_is_not_applied_to_the_restored_one(
    killed: Path, database: Path, tmp_path: Path
) -> None:
    file = back_up(database, tmp_path / "b.db").file
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DELETE FROM users")
        connection.commit()
    note(file, "Eve")
    done = restore(killed, file)
    assert noted(killed) == {"Eve"}
    assert done.set_aside is not None
    assert noted(done.set_aside) == {"Ana", "Tom"}
    left = files(killed.parent)
    assert not {name for name in left if name.endswith(("-wal", "-shm", "-journal", ".partial"))}


def test_a_damaged_database_is_set_aside_with_its_log(killed: Path, tmp_path: Path) -> None:
    log = Path(f"{killed}-wal").read_bytes()
    file = back_up(killed, tmp_path / "b.db").file
    killed.write_bytes(b"scribbled over" * 1_000)
    Path(f"{killed}-wal").write_bytes(log)
    done = restore(killed, file)
    assert noted(killed) == {"Ana", "Tom"}
    assert not Path(f"{killed}-wal").exists()
    assert done.set_aside is not None
    assert done.set_aside.read_bytes() == b"scribbled over" * 1_000
    assert Path(f"{done.set_aside}-wal").read_bytes() == log


def test_a_database_that_is_not_there_is_restored(database: Path, tmp_path: Path) -> None:
    file = back_up(database, tmp_path / "b.db").file
    new = tmp_path / "new.db"
    assert restore(new, file) == Restored(new, None)
    assert noted(new) == {"Ana"}


def test_a_backup_with_a_log_of_its_own_is_restored_whole(
    killed: Path, database: Path, tmp_path: Path
) -> None:
    for suffix in ("", "-wal"):
        Path(f"{killed}{suffix}").rename(tmp_path / f"copied.db{suffix}")
    restore(database, tmp_path / "copied.db")
    assert noted(database) == {"Ana", "Tom"}


def test_two_restores_in_one_second_set_both_aside(database: Path, tmp_path: Path) -> None:
    file = back_up(database, tmp_path / "b.db").file
    asides = [restore(database, file).set_aside for _ in range(3)]
    assert len(set(asides)) == 3
    assert all(each and each.exists() for each in asides)


def test_nothing_is_restored_while_a_server_runs(database: Path, tmp_path: Path) -> None:
    file = back_up(database, tmp_path / "b.db").file
    note(database, "Tom")
    with FileLock(f"{database}.lock"), pytest.raises(DatabaseInUse, match="Stop it first"):
        restore(database, file)
    assert noted(database) == {"Ana", "Tom"}


def test_nothing_is_restored_while_another_program_reads(database: Path, tmp_path: Path) -> None:
    file = back_up(database, tmp_path / "b.db").file
    note(database, "Tom")
    with closing(sqlite3.connect(database, isolation_level=None)) as reader:
        reader.execute("PRAGMA journal_mode = WAL")
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM users").fetchall()
        with pytest.raises(DatabaseInUse, match="Another program"):
            restore(database, file)
    assert noted(database) == {"Ana", "Tom"}
    assert not any("before-restore" in name for name in files(database.parent))
    assert not any("partial" in name for name in files(database.parent))


def too_new(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def foreign(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DROP TABLE contacts")


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def a_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def scribbled(file: Path) -> None:
    bytes_ = bytearray(file.read_bytes())
    for at in range(8 * 4_096, len(bytes_) - 4_096, 4_096):
        bytes_[at : at + 64] = b"\xff" * 64
    file.write_bytes(bytes_)


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (too_new, DatabaseTooNew),
        (foreign, BackupFailed),
        (truncated, BackupFailed),
        (scribbled, BackupFailed),
        (lambda file: file.write_bytes(b""), BackupFailed),
        (lambda file: file.write_bytes(b"SQLite format 3\0"), BackupFailed),
        (lambda file: file.write_text("a text"), BackupFailed),
        (lambda file: file.unlink(), BackupFailed),
        (a_folder, BackupFailed),
        (a_pipe, BackupFailed),
    ],
)
def test_nothing_is_changed_by_a_backup_that_is_none(
    database: Path, tmp_path: Path, spoil: Callable[[Path], None], error: type[CrmError]
) -> None:
    file = back_up(database, tmp_path / "b.db").file
    note(database, "Tom")
    spoil(file)
    with pytest.raises(error):
        restore(database, file)
    assert noted(database) == {"Ana", "Tom"}
    assert files(database.parent) <= {"crm.db", "crm.db.lock"}


def test_the_database_itself_is_no_backup(database: Path) -> None:
    with pytest.raises(BackupFailed, match="is the database itself"):
        restore(database, database)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ana:secret@db.example/crm",
        "postgres://ana:secret@db.example/crm",
        "postgresql+psycopg://ana:secret@db.example/crm",
        "postgresql://ana@db.example/crm?password=secret&sslmode=require",
    ],
)
def test_for_postgresql_it_is_said_what_to_use_instead(tmp_path: Path, url: str) -> None:
    with pytest.raises(BackupFailed) as refused:
        backups.back_up(url, tmp_path / "b", keep=None, now=NOW, stopped=never)
    assert "pg_dump --format=custom" in str(refused.value)
    assert "postgresql://ana@db.example/crm" in str(refused.value)
    with pytest.raises(BackupFailed) as also:
        backups.restore(url, tmp_path / "b", now=NOW, stopped=never)
    assert "pg_restore" in str(also.value)
    assert "secret" not in f"{refused.value} {also.value}"


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:////none/crm.db", "x"])
def test_a_database_that_cannot_be_named_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(BadSetting):
        backups.back_up(url, tmp_path / "b", keep=None, now=NOW, stopped=never)
    with pytest.raises(BadSetting):
        backups.restore(url, tmp_path / "b", now=NOW, stopped=never)


# Killed at any line


def dies_at(line: int, work: Callable[[], object]) -> bool:
    """Run something in a process that is killed at so many lines of ours; whether it was."""
    child = os.fork()
    if child == 0:
        left = line

        def trace(frame: FrameType, event: str, _: object) -> Any:
            nonlocal left
            if frame.f_code.co_filename not in OURS:
                return None
            if event == "line":
                left -= 1
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)
            return trace

        sys.settrace(trace)
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


OURS = {backups.__file__, sqlite_copy.__file__}


def test_a_restore_that_is_killed_at_any_line_leaves_one_database_or_the_other(
    killed: Path, tmp_path: Path
) -> None:
    before = {each.name: each.read_bytes() for each in (killed, Path(f"{killed}-wal"))}
    saved = back_up(killed, tmp_path / "b.db").file
    with closing(sqlite3.connect(saved)) as connection, connection:
        connection.execute("DELETE FROM users")
    note(saved, "Eve")
    folder = tmp_path / "attempt"
    database = folder / killed.name
    outcomes = []
    for line in range(1, 1_000):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, bytes_ in before.items():
            (folder / name).write_bytes(bytes_)
        died = dies_at(line, lambda: restore(database, saved))
        with closing(sqlite3.connect(database)) as connection:
            assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        outcomes.append(noted(database))
        assert outcomes[-1] in ({"Ana", "Tom"}, {"Eve"}), line
        assert noted(saved) == {"Eve"}
        if not died:
            break
    assert outcomes[0] == {"Ana", "Tom"}
    assert outcomes[-1] == {"Eve"}
    assert len(outcomes) > 60
    first = outcomes.index({"Eve"})
    assert all(each == {"Eve"} for each in outcomes[first:])


def test_a_backup_that_is_killed_at_any_line_leaves_the_earlier_one_or_a_whole_one(
    database: Path, tmp_path: Path
) -> None:
    file = back_up(database, tmp_path / "b.db").file
    earlier = file.read_bytes()
    note(database, "Tom")
    outcomes = []
    for line in range(1, 1_000):
        file.write_bytes(earlier)
        died = dies_at(line, lambda: back_up(database, file))
        outcomes.append(noted(file))
        assert outcomes[-1] in ({"Ana"}, {"Ana", "Tom"}), line
        assert noted(database) == {"Ana", "Tom"}
        if not died:
            break
    assert outcomes[-1] == {"Ana", "Tom"}
    assert len(outcomes) > 40
    assert files(tmp_path) == {"b.db", "data"}
