"""Backup and restore that are killed, or told to stop, at any moment."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from customcrm.clock import system_clock
from customcrm.store.backend import Store

COMMAND = (sys.executable, "-m", "customcrm")
ROWS = 30_000


def make(path: Path, name: str, rows: int) -> None:
    """A database of some 40 MB for 30,000 rows, which says in each of them what it is."""
    Store(f"sqlite:///{path}", system_clock).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executemany(
            "INSERT INTO users (id, name, created_at) VALUES (?, ?, 0)",
            ((f"user_{number}", name * 50) for number in range(rows)),
        )
        connection.commit()


def is_whole(path: Path, *names: str) -> bool:
    """Whether a database is undamaged, and all that is in it is of one state."""
    with closing(sqlite3.connect(path)) as connection:
        (verdict,) = connection.execute("PRAGMA quick_check").fetchone()
        held = {name[:5] for (name,) in connection.execute("SELECT DISTINCT name FROM users")}
        (count,) = connection.execute("SELECT count(*) FROM users").fetchone()
    return verdict == "ok" and held <= set(names) and len(held) == 1 and count == ROWS


def interrupted(number: int, wait: float, *arguments: str) -> int:
    """Run a command, send it a signal after so many seconds, and return its exit code."""
    process = subprocess.Popen(  # noqa: S603 - the tests write the arguments
        [*COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(wait)
    process.send_signal(number)
    return process.wait(60)


def duration(*arguments: str) -> float:
    began = time.monotonic()
    assert subprocess.run([*COMMAND, *arguments], check=False).returncode == 0  # noqa: S603
    return time.monotonic() - began


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_backup_that_is_interrupted_leaves_the_earlier_one_or_a_whole_one(
    tmp_path: Path, number: signal.Signals
) -> None:
    database, file = tmp_path / "crm.db", tmp_path / "backups" / "b.db"
    file.parent.mkdir()
    make(database, "first", ROWS)
    arguments = ("backup", str(file), "--database", f"sqlite:///{database}")
    whole = duration(*arguments)
    dice = random.Random(20261201)  # noqa: S311 - for a test
    for _ in range(12):
        code = interrupted(number, dice.uniform(whole * 0.2, whole * 1.1), *arguments)
        assert is_whole(file, "first")
        if number is not signal.SIGKILL:
            assert code in {0, 1, 130, -number}  # 130: before the command had begun
            names = {each.name for each in file.parent.iterdir()}
            assert names == {"b.db"} or code == -number
    assert duration(*arguments)
    assert {each.name for each in file.parent.iterdir()} == {"b.db"}


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_restore_that_is_interrupted_leaves_one_database_or_the_other(
    tmp_path: Path, number: signal.Signals
) -> None:
    database, file = tmp_path / "crm.db", tmp_path / "b.db"
    make(file, "saved", ROWS)
    make(database, "later", ROWS)
    arguments = ("restore", str(file), "--database", f"sqlite:///{database}")
    whole = duration(*arguments)
    dice = random.Random(20261202)  # noqa: S311 - for a test
    for _ in range(12):
        for each in tmp_path.glob("crm*"):
            each.unlink()
        make(database, "later", ROWS)
        leave_a_log(database)
        interrupted(number, dice.uniform(whole * 0.3, whole * 1.1), *arguments)
        assert is_whole(database, "later", "saved")
        assert is_whole(file, "saved")
        for aside in tmp_path.glob("crm-before-restore-*.db"):
            assert is_whole(aside, "later", "saved")
    duration(*arguments)
    assert is_whole(database, "saved")


def leave_a_log(database: Path) -> None:
    """Write to a database and end without closing it, as a killed server does."""
    program = (
        "import os, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1])\n"
        "c.execute('PRAGMA wal_autocheckpoint = 0')\n"
        "c.execute('UPDATE users SET created_at = created_at + 1')\n"
        "c.commit()\n"
        "os._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(database)], check=True)  # noqa: S603
    assert os.path.getsize(f"{database}-wal")  # noqa: PTH202 - one call
