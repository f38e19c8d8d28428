"""The schema, and how a database comes to it."""

import subprocess
import sys
from contextlib import closing
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Inspector, Table, UniqueConstraint, inspect

from customcrm.clock import system_clock
from customcrm.errors import DatabaseTooNew
from customcrm.store.backend import Store
from customcrm.store.tables import METADATA
from tests.integration.store.sql import connected, everything, rows, run
from tests.integration.store.world import PATIENCE, at_once, create, within

_OPEN = """
import sys
from contextlib import closing
from customcrm.clock import system_clock
from customcrm.store.backend import Store
sys.stdin.readline()
with closing(Store(sys.argv[1], system_clock)) as store:
    print(store.migrated)
"""


def _differences(url: str) -> list[Any]:
    """What differs; the tables that find words are each database's own."""
    with connected(url) as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_object": lambda _, name, *__: name is None or "_words" not in name,
            },
        )
        return list(compare_metadata(context, METADATA))


@pytest.mark.usefixtures("store")
def test_the_migrations_lead_to_the_tables_of_the_code(database_url: str) -> None:
    assert _differences(database_url) == []


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    "damage",
    [
        "DROP INDEX ix_history_record_id_at_number",
        "DROP TABLE associations",
        "ALTER TABLE tasks DROP COLUMN description",
        "ALTER TABLE tasks ADD COLUMN colour TEXT",
    ],
)
def test_the_comparison_sees_damage(database_url: str, damage: str) -> None:
    run(database_url, damage)

    assert _differences(database_url) != []


def _keys_in_code(table: Table) -> tuple[list[str], set[Any], set[Any]]:
    return (
        [column.name for column in table.primary_key.columns],
        {((k.parent.name,), k.column.table.name, (k.column.name,)) for k in table.foreign_keys},
        {
            tuple(column.name for column in constraint.columns)
            for constraint in table.constraints
            if isinstance(constraint, UniqueConstraint)
        },
    )


def _keys_in_database(found: Inspector, name: str) -> tuple[list[str], set[Any], set[Any]]:
    return (
        found.get_pk_constraint(name)["constrained_columns"],
        {
            (tuple(k["constrained_columns"]), k["referred_table"], tuple(k["referred_columns"]))
            for k in found.get_foreign_keys(name)
        },
        {tuple(u["column_names"]) for u in found.get_unique_constraints(name)},
    )


@pytest.mark.usefixtures("store")
def test_the_migrations_lead_to_the_keys_and_references_of_the_code(database_url: str) -> None:
    with connected(database_url) as connection:
        inspector = inspect(connection)
        found = {name: _keys_in_database(inspector, name) for name in METADATA.tables}

    assert found == {name: _keys_in_code(table) for name, table in METADATA.tables.items()}


def test_sqlite_tables_are_without_rowid_where_the_code_says_so(sqlite_url: str) -> None:
    Store(sqlite_url, system_clock).close()

    listed = rows(sqlite_url, "PRAGMA table_list")

    without = {row[1] for row in listed if row[4] and row[1] in METADATA.tables}
    assert without == {
        name
        for name, table in METADATA.tables.items()
        if table.dialect_options["sqlite"]["with_rowid"] is False
    }
    assert "contact_keys" in without


def test_opening_a_database_again_changes_nothing(database_url: str) -> None:
    with closing(Store(database_url, system_clock)) as store:
        assert store.migrated is True
        create(store, {"externalId": "a", "email": "jo@acme.example"})
    before = everything(database_url)

    with closing(Store(database_url, system_clock)) as store:
        assert store.migrated is False

    assert everything(database_url) == before


def test_many_processes_may_open_a_new_database_at_once(database_url: str) -> None:
    processes = [
        subprocess.Popen(  # noqa: S603 - our own code
            [sys.executable, "-c", _OPEN, database_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    try:
        said = [process.communicate(timeout=PATIENCE) for process in processes]
    finally:
        for process in processes:
            process.kill()

    assert [process.returncode for process in processes] == [0] * 4, said
    assert sorted(out.strip() for out, _ in said) == ["False"] * 3 + ["True"]
    assert _differences(database_url) == []


def test_many_threads_may_open_a_new_database_at_once(database_url: str) -> None:
    def open_one() -> bool:
        with closing(Store(database_url, system_clock)) as store:
            return store.migrated

    assert sorted(within(lambda: at_once([open_one] * 8))) == [False] * 7 + [True]


def test_a_database_of_a_later_version_is_left_alone(database_url: str) -> None:
    Store(database_url, system_clock).close()
    run(database_url, "UPDATE alembic_version SET version_num = '9999'")
    before = everything(database_url)

    with pytest.raises(DatabaseTooNew, match="9999"):
        Store(database_url, system_clock)

    assert everything(database_url) == before
    assert rows(database_url, "SELECT version_num FROM alembic_version") == [("9999",)]


def test_a_migration_that_fails_leaves_an_empty_database(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("alembic.runtime.migration.HeadMaintainer.update_to_step", fail)
    with pytest.raises(RuntimeError):
        within(lambda: Store(database_url, system_clock))
    monkeypatch.undo()

    with connected(database_url) as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    with closing(Store(database_url, system_clock)) as store:
        assert store.migrated is True
