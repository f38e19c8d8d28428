"""`customcrm backup` and `customcrm restore`, beside a server that runs or was killed."""

import sqlite3
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.acceptance.records import fresh, sync
from tests.acceptance.server import Client, Server, run_command, running_server


@contextmanager
def written(server: Server, per_second: float) -> Iterator[list[str]]:
    """Tasks that are written so fast all the while; the ids of those that were answered."""
    answered: list[str] = []
    enough = threading.Event()

    def write() -> None:
        with server.client() as client:
            while not enough.is_set():
                task = client.call("POST", "/tasks", {"subject": fresh()}, status=201)
                answered.append(task["id"])
                time.sleep(1 / per_second)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield answered
    finally:
        enough.set()
        writer.join()


def create(client: Client, count: int) -> list[str]:
    names = [fresh() for _ in range(count)]
    client.call("POST", "/contacts", {"contacts": [{"externalId": n} for n in names]}, status=201)
    return names


def there(client: Client, names: list[str]) -> set[str]:
    return set(sync(client, "contacts", *({"externalId": name} for name in names)))


def tasks_in(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as connection:
        return {one for (one,) in connection.execute("SELECT id FROM tasks")}


def test_a_backup_beside_a_server_that_is_written_to_is_whole(tmp_path: Path) -> None:
    url, file = f"sqlite:///{tmp_path}/crm.db", tmp_path / "backups" / "b.db"
    file.parent.mkdir()
    with running_server(url) as server, server.client() as client, written(server, 50) as tasks:
        names = create(client, 5_000)
        time.sleep(1)
        before = len(tasks)
        done = run_command("backup", str(file), "--database", url)
        after = len(tasks)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Backed up {tmp_path}/crm.db to {file} (")
    assert done.stdout.endswith("the copy was checked.\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert set(tasks[:before]) <= tasks_in(file) <= set(tasks[: after + 1])
    with running_server(f"sqlite:///{file}") as copy, copy.client() as client:
        assert there(client, names) == set(names)


@pytest.mark.parametrize("attempt", range(3))
def test_a_backup_is_restored_over_a_server_that_was_killed(tmp_path: Path, attempt: int) -> None:
    url, file = f"sqlite:///{tmp_path}/crm.db", tmp_path / "b.db"
    with running_server(url) as server:
        with server.client() as client:
            saved = create(client, 200 + attempt)
        run_command("backup", str(file), "--database", url)
        with server.client() as client:
            later = create(client, 3_000)
        server.kill()
        assert (tmp_path / "crm.db-wal").stat().st_size
        done = run_command("restore", str(file), "--database", url)
        assert (done.returncode, done.stderr) == (0, "")
        first, second = done.stdout.splitlines()
        assert first == f"Restored {tmp_path}/crm.db from {file}."
        aside = Path(second.removeprefix("The database that was there before is now ").rstrip("."))
        server.start()
        with server.client() as client:
            assert there(client, saved + later) == set(saved)
            create(client, 1)
    with running_server(f"sqlite:///{aside}") as before, before.client() as client:
        assert there(client, saved + later) == set(saved + later)


def test_nothing_is_restored_while_the_server_runs(tmp_path: Path) -> None:
    url, file = f"sqlite:///{tmp_path}/crm.db", tmp_path / "b.db"
    with running_server(url) as server, server.client() as client:
        run_command("backup", str(file), "--database", url)
        names = create(client, 10)
        done = run_command("restore", str(file), "--database", url)
        assert done.returncode == 1
        assert done.stdout == ""
        assert done.stderr == (
            f"customcrm: A customcrm server is using {tmp_path}/crm.db. "
            "Stop it first, then restore.\n"
        )
        assert there(client, names) == set(names)


def test_what_cannot_be_done_is_one_sentence(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/none.db"
    (tmp_path / "text").write_text("no database")
    for arguments, code in (
        (("backup", "b.db", "--database", url), 1),
        (("backup", "b.db", "--database", "mysql://x"), 2),
        (("backup", "b.db", "--database", "postgresql://a:secret@h/d"), 1),
        (("backup", "b.db", "--keep", "0", "--database", url), 2),
        (("restore", "none.db", "--database", url), 1),
        (("restore", str(tmp_path / "text"), "--database", url), 1),
        (("restore", "b.db", "--database", "postgresql://a:secret@h/d"), 1),
    ):
        done = run_command(*arguments)
        assert done.returncode == code, arguments
        assert done.stdout == ""
        assert "Traceback" not in done.stderr
        assert "secret" not in done.stderr
    assert not (tmp_path / "none.db").exists()
