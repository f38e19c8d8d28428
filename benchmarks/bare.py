"""The yardstick: the same rows into the same tables, by `sqlite3.executemany` and nothing else."""

import json
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final, NamedTuple

from customcrm.crm.match_keys import contact_keys
from customcrm.store.sqlite import CACHE_KIB, CHECKPOINT_PAGES

_DURABLE: Final = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "temp_store = MEMORY",
    f"cache_size = -{CACHE_KIB}",
    f"wal_autocheckpoint = {CHECKPOINT_PAGES}",
)
"""As the server's writer has it."""

_TABLES: Final = ("contacts", "contact_external_ids", "contact_keys", "history")
"""What a create writes, in its order."""

Rows = list[tuple[Any, ...]]
Batch = dict[str, Rows]
"""The rows of one create, by table."""


class Times(NamedTuple):
    """What the same inserts took, bare.

    Attributes:
        seconds: of each transaction.
        cpu_seconds: of all of them.
    """

    seconds: list[float]
    cpu_seconds: float


def batches_of(database: Path, creates: Sequence[Sequence[str]]) -> list[Batch]:
    """Read back all rows that creates have made.

    Args:
        database: the server's.
        creates: the external ids of each.
    """
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return [_batch(connection, external_ids) for external_ids in creates]


def _batch(connection: sqlite3.Connection, external_ids: Sequence[str]) -> Batch:
    asked = json.dumps(list(external_ids))
    names = connection.execute(
        f"SELECT {_columns(connection, 'contact_external_ids')} FROM contact_external_ids "  # noqa: S608 - our own names
        "WHERE external_id IN (SELECT value FROM json_each(?)) ORDER BY external_id",
        [asked],
    )
    rows = {"contact_external_ids": names.fetchall()}
    ids = sorted(record_id for _, record_id, *_ in rows["contact_external_ids"])
    assert len(ids) == len(external_ids), "a create made fewer contacts than it named"
    for table, owner in (("contacts", "id"), ("history", "record_id")):
        found = connection.execute(
            f"SELECT {_columns(connection, table)} FROM {table} "  # noqa: S608 - our own names
            f"WHERE {owner} IN (SELECT value FROM json_each(?)) ORDER BY {owner}",
            [json.dumps(ids)],
        )
        rows[table] = found.fetchall()
    rows["contact_keys"] = _keys(connection, ids)
    return rows


def _keys(connection: sqlite3.Connection, ids: list[str]) -> Rows:
    """The match keys of new contacts; no index leads to them, so their values do."""
    told = connection.execute(
        "SELECT id, properties FROM contacts WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(ids)],
    )
    keys = sorted(
        (*key, record_id)
        for record_id, properties in told
        for key in contact_keys(json.loads(properties))
    )
    for key in keys:
        stored = "SELECT 1 FROM contact_keys WHERE (kind, value, record_id) = (?, ?, ?)"
        assert connection.execute(stored, key).fetchone(), "a create left out a match key"
    return keys


def _columns(connection: sqlite3.Connection, table: str) -> str:
    """The columns of a table that the database does not number by itself, with commas."""
    described = connection.execute(f"PRAGMA table_info({table})").fetchall()
    named = [name for _, name, kind, _, _, key in described if not (key and kind == "INTEGER")]
    return ", ".join(named)


class Bare:
    """A connection that only inserts.

    Args:
        database: a copy of the seed that the server's is a copy of.
    """

    def __init__(self, database: Path) -> None:
        self._connection = sqlite3.connect(database, isolation_level=None)
        for pragma in _DURABLE:
            self._connection.execute(f"PRAGMA {pragma}")
        self._inserts = {table: self._insert_into(table) for table in _TABLES}

    def _insert_into(self, table: str) -> str:
        columns = _columns(self._connection, table)
        marks = ", ".join("?" for _ in columns.split(", "))
        return f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - our own names

    def insert(self, batches: Sequence[Batch]) -> Times:
        """Insert batches, each in a transaction of its own."""
        connection, seconds = self._connection, []
        cpu_began = time.process_time()
        for batch in batches:
            began = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            for table, insert in self._inserts.items():
                connection.executemany(insert, batch[table])
            connection.execute("COMMIT")
            seconds.append(time.perf_counter() - began)
        return Times(seconds, time.process_time() - cpu_began)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
