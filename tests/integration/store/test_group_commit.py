"""SQLite: many writes, one commit, and each on its own."""

import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, make_url, text
from sqlalchemy.exc import IntegrityError, OperationalError

from customcrm.clock import system_clock
from customcrm.crm.records import Kind
from customcrm.errors import StoreUnavailable
from customcrm.operations.accounts.people import Person
from customcrm.operations.ports import Answer
from customcrm.store import group_commit
from customcrm.store.backend import Store
from customcrm.store.sqlite import SqliteDatabase
from tests.integration.store.driver import Driver
from tests.integration.store.sql import count, rows
from tests.integration.store.world import (
    NOW,
    PATIENCE,
    at_once,
    create,
    creation,
    people,
    properties,
    within,
)


@pytest.fixture
def database(driver: Driver, sqlite_url: str) -> Iterator[SqliteDatabase]:
    del driver
    Store(sqlite_url, system_clock).close()
    opened = SqliteDatabase(make_url(sqlite_url), alone=False)
    yield opened
    within(opened.close)


def _add(name: str, length: int = 1) -> Callable[[Connection], None]:
    """A write of one row."""

    def work(connection: Connection) -> None:
        connection.execute(
            text("INSERT INTO users (id, name, created_at) VALUES (:id, :name, 0)"),
            {"id": name, "name": "x" * length},
        )

    return work


def _add_user(store: Store) -> None:
    person = Person("u", "Jo", None, None, "UTC", invited=True, created_at=NOW)
    store.write_accounts(lambda writer: writer.add_person(person))


def _names(url: str) -> set[str]:
    return {row[0] for row in rows(url, "SELECT id FROM users")}


@contextmanager
def _in_one_group(
    database: SqliteDatabase, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Callable[[Connection], Any]], Future[Any]]]:
    """Gives what hands in a write; all of them wait for the end of the block, in their order."""
    monkeypatch.setattr(group_commit, "MAX_SECONDS", PATIENCE)
    free = threading.Event()
    with ThreadPoolExecutor(64) as pool:

        def hand_in(work: Callable[[Connection], Any]) -> Future[Any]:
            future = pool.submit(lambda: database.write(work)[0])
            time.sleep(0.02)  # Nothing tells from outside that a write has taken its place.
            return future

        hand_in(lambda _: free.wait(PATIENCE))
        try:
            yield hand_in
            time.sleep(0.2)
        finally:
            free.set()


def _outcome(future: Future[Any]) -> str:
    error = future.exception(PATIENCE)
    return "kept" if error is None else type(error).__name__


def test_writes_that_wait_share_a_commit(
    driver: Driver, database: SqliteDatabase, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.clear()
    with _in_one_group(database, monkeypatch) as hand_in:
        futures = [hand_in(_add(f"u{i}")) for i in range(50)]

    assert {_outcome(future) for future in futures} == {"kept"}
    assert len(_names(sqlite_url)) == 50
    assert driver.commits == 1


def test_many_threads_need_fewer_commits_than_writes(
    driver: Driver, database: SqliteDatabase, sqlite_url: str
) -> None:
    driver.clear()

    def write_ten(thread: int) -> None:
        for i in range(10):
            database.write(_add(f"u{thread}-{i}"))

    at_once([partial(write_ten, thread) for thread in range(32)])

    assert count(sqlite_url, "users") == 320
    assert 0 < driver.commits < 160


def test_a_group_has_a_bound(
    driver: Driver, database: SqliteDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_commit, "MAX_GROUP", 5)
    driver.clear()
    with _in_one_group(database, monkeypatch) as hand_in:
        futures = [hand_in(_add(f"u{i}")) for i in range(14)]

    assert {_outcome(future) for future in futures} == {"kept"}
    assert driver.commits == 3


def test_a_write_that_fails_takes_no_other_with_it(
    database: SqliteDatabase, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(connection: Connection) -> None:
        _add("half")(connection)
        raise LookupError

    with _in_one_group(database, monkeypatch) as hand_in:
        futures = [
            hand_in(_add("first")),
            hand_in(fail),
            hand_in(_add("second")),
            hand_in(_add("first")),
            hand_in(_add("third")),
        ]

    assert [_outcome(future) for future in futures] == [
        "kept",
        "LookupError",
        "kept",
        "IntegrityError",
        "kept",
    ]
    assert _names(sqlite_url) == {"first", "second", "third"}


def test_a_first_write_that_fails_takes_no_other_with_it(
    database: SqliteDatabase, sqlite_url: str
) -> None:
    free = threading.Event()

    def fail_late(connection: Connection) -> None:
        _add("half")(connection)
        assert free.wait(PATIENCE)
        raise LookupError

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(database.write, fail_late)
        time.sleep(0.05)
        second = pool.submit(database.write, _add("second"))
        time.sleep(0.05)
        free.set()

        assert [_outcome(first), _outcome(second)] == ["LookupError", "kept"]
    assert _names(sqlite_url) == {"second"}


def test_a_commit_that_fails_is_told_to_everyone_in_it(
    database: SqliteDatabase, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_the_commit(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.exec_driver_sql("INSERT INTO contact_external_ids VALUES ('a', 'unknown', 0)")

    with _in_one_group(database, monkeypatch) as hand_in:
        futures = [hand_in(_add("one")), hand_in(break_the_commit), hand_in(_add("two"))]

    assert [_outcome(future) for future in futures] == [IntegrityError.__name__] * 3
    assert _names(sqlite_url) == set()
    within(lambda: database.write(_add("later")))
    assert _names(sqlite_url) == {"later"}


def test_a_commit_that_the_disk_refuses_makes_the_store_unavailable(sqlite_url: str) -> None:
    def refuse(_: Connection) -> None:
        raise OperationalError("COMMIT", None, sqlite3.OperationalError("disk I/O error"))

    with closing(Store(sqlite_url, system_clock)) as store:
        event.listen(Engine, "commit", refuse)
        try:
            with pytest.raises(StoreUnavailable):
                within(lambda: _add_user(store))
        finally:
            event.remove(Engine, "commit", refuse)
        assert _names(sqlite_url) == set()

        _add_user(store)

    assert _names(sqlite_url) == {"u"}


def test_a_full_disk_takes_back_nothing_that_is_answered(
    driver: Driver, database: SqliteDatabase, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite undoes the whole transaction when a page cannot be had, not only the savepoint."""

    def pages(most: int) -> Callable[[Connection], None]:
        return lambda c: c.exec_driver_sql(f"PRAGMA max_page_count = {most}").close()

    size = database.write(lambda c: c.exec_driver_sql("PRAGMA page_count").scalar_one())[0]
    database.write(pages(size + 20))
    del driver
    with _in_one_group(database, monkeypatch) as hand_in:
        futures = {
            "before": hand_in(_add("before")),
            "huge": hand_in(_add("huge", 1_000_000)),
            "after": hand_in(_add("after")),
        }

    outcomes = {name: _outcome(future) for name, future in futures.items()}
    assert outcomes["huge"] == OperationalError.__name__
    assert _names(sqlite_url) == {name for name, told in outcomes.items() if told == "kept"}

    within(lambda: database.write(pages(1_000_000)))
    within(lambda: database.write(_add("later", 1_000_000)))
    assert "later" in _names(sqlite_url)


def test_closing_finishes_what_was_taken_and_takes_no_more(
    database: SqliteDatabase, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    closer = threading.Thread(target=database.close)
    with _in_one_group(database, monkeypatch) as hand_in:
        futures = [hand_in(_add(f"u{i}")) for i in range(10)]
        closer.start()
    closer.join(PATIENCE)

    assert {_outcome(future) for future in futures} == {"kept"}
    assert count(sqlite_url, "users") == 10
    with pytest.raises(StoreUnavailable):
        within(lambda: database.write(_add("late")))


def test_a_store_that_is_closed_takes_no_write(database_url: str) -> None:
    store = Store(database_url, system_clock)
    store.close()

    try:
        with pytest.raises(StoreUnavailable):
            within(lambda: _add_user(store))
    finally:
        store.close()


def test_a_write_that_returns_is_in_the_files(sqlite_url: str, tmp_path: Path) -> None:
    """A copy of the files at this instant is what `kill -9` leaves."""
    with closing(Store(sqlite_url, system_clock)) as opened:
        create(opened, {"externalId": "a", "title": "CEO"})
        kept = tmp_path / "kept"
        kept.mkdir()
        for end in ("", "-wal"):
            shutil.copy(tmp_path / f"customcrm.db{end}", kept)

    with closing(sqlite3.connect(kept / "customcrm.db")) as connection:
        found = connection.execute("SELECT properties FROM contacts").fetchall()
    assert found == [('{"title":"CEO"}',)]


def test_a_write_that_returns_is_seen_by_others(store: Store, database_url: str) -> None:
    for i in range(20):
        create(store, {"externalId": f"e{i}"})
        assert count(database_url, "contacts") == i + 1


def test_reading_does_not_wait_for_a_write(store: Store) -> None:
    (record,) = create(store, {"externalId": "a", "title": "old"})
    wrote, free = threading.Event(), threading.Event()

    def slow(writer: Any) -> None:
        writer.hold("contact")
        writer.keep_answer(Answer("key", "digest", "{}", NOW))
        wrote.set()
        free.wait(PATIENCE)

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(store.write, slow)
        assert wrote.wait(PATIENCE)
        try:
            assert within(lambda: properties(store, record), 5) == {"title": "old"}
            assert not writing.done()
        finally:
            free.set()


def test_reading_goes_on_during_a_write_of_10000_records(store: Store) -> None:
    (record,) = create(store, {"externalId": "a", "title": "CEO"})
    reads = 0
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(creation, store, people(10_000))
        while not writing.done():
            assert properties(store, record) == {"title": "CEO"}
            reads += 1

    assert reads >= 20
    found = store.read(lambda r: r.ids_by_external_id(Kind.CONTACT, ["p-0", "p-9999"]))
    assert len(found) == 2
