"""The settings that SQLite works under: those that are in force, not those that were asked for."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import Connection, make_url
from sqlalchemy.exc import IntegrityError, OperationalError

from customcrm.clock import system_clock
from customcrm.store.backend import Store
from customcrm.store.sqlite import READERS, SqliteDatabase
from tests.integration.store.world import at_once

_IN_FORCE = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "busy_timeout": 30_000,
}


def _settings(connection: Connection) -> dict[str, object]:
    names = (*_IN_FORCE, "query_only")
    return {n: connection.exec_driver_sql(f"PRAGMA {n}").scalar_one() for n in names}


@pytest.fixture
def database(sqlite_url: str) -> Iterator[SqliteDatabase]:
    Store(sqlite_url, system_clock).close()
    with closing(SqliteDatabase(make_url(sqlite_url), alone=False)) as opened:
        yield opened


def test_the_writer_waits_for_the_disk(database: SqliteDatabase) -> None:
    assert database.write(_settings)[0] == {**_IN_FORCE, "query_only": 0}


def test_every_reader_has_the_settings_of_a_reader(database: SqliteDatabase) -> None:
    found = at_once([lambda: database.read(_settings)[0]] * READERS)

    assert found == [{**_IN_FORCE, "query_only": 1}] * READERS


def test_a_reader_cannot_write(database: SqliteDatabase) -> None:
    with pytest.raises(OperationalError, match="readonly"):
        database.read(lambda connection: connection.exec_driver_sql("DELETE FROM contacts"))


def test_a_reference_to_nothing_is_refused(database: SqliteDatabase) -> None:
    with pytest.raises(IntegrityError):
        database.write(
            lambda connection: connection.exec_driver_sql(
                "INSERT INTO contact_external_ids VALUES ('a', 'contact_unknown', 0)"
            )
        )
