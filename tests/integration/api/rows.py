"""What is in the database, looked at past the server; and what only a person does there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, Table, create_engine, delete, insert, make_url, select, update
from sqlalchemy.pool import NullPool

from customcrm.crm.records import Kind
from customcrm.store.tables import HISTORY, METADATA, RECORDS
from tests.unit.fakes import START


@contextmanager
def opened_rows(url: str) -> Iterator["Rows"]:
    """The rows of a database."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    engine = create_engine(parsed, poolclass=NullPool)
    try:
        yield Rows(engine)
    finally:
        engine.dispose()


MADE_LATER = frozenset(
    {"contact_cards", "company_cards", "outbox", "tallies", "property_names", "campaigns"}
)
"""The tables that the projector keeps, a moment after everything else."""


def _in_order(table: Table) -> list[Any]:
    return list(table.primary_key)


class Rows:
    """The rows of every table."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, table: Table, **where: Any) -> list[dict[str, Any]]:
        """Rows of a table in the order of its primary key, those with these values only."""
        statement = select(table).order_by(*_in_order(table)).filter_by(**where)
        with self._engine.connect() as connection:
            return [dict(row._mapping) for row in connection.execute(statement)]  # noqa: SLF001 - the documented name

    def one(self, table: Table, **where: Any) -> dict[str, Any]:
        """The only row with these values."""
        (row,) = self.of(table, **where)
        return row

    def add(self, table: Table, **values: Any) -> None:
        with self._engine.begin() as connection:
            connection.execute(insert(table).values(values))

    def change(self, table: Table, **values: Any) -> None:
        """Give all rows of a table other values."""
        with self._engine.begin() as connection:
            connection.execute(update(table).values(values))

    def empty(self) -> None:
        """Forget everything."""
        with self._engine.begin() as connection:
            for table in reversed(METADATA.sorted_tables):
                connection.execute(table.delete())

    def properties(self, kind: Kind, record_id: str) -> Any:
        """The properties of a contact or a company."""
        return self.one(RECORDS[kind].records, id=record_id)["properties"]

    def names(self, kind: Kind) -> dict[str, str]:
        """Which external id leads to which record."""
        rows = self.of(RECORDS[kind].external_ids)
        return {row["external_id"]: row["record_id"] for row in rows}

    def duplicates(self, kind: Kind) -> dict[tuple[str, str], str]:
        """The pairs that are noted, with their reason."""
        rows = self.of(RECORDS[kind].duplicates)
        return {(row["first_id"], row["second_id"]): row["reason"] for row in rows}

    def history(self, record_id: str) -> list[tuple[str, Any, Any]]:
        """What happened to a record: the action, old values, new values."""
        rows = self.of(HISTORY, record_id=record_id)
        return [(row["action"], row["old_values"], row["new_values"]) for row in rows]

    def delete(self, kind: Kind, record_id: str) -> None:
        """What a person does on the record's page."""
        self._bury(kind, record_id, deleted_at=START)

    def merge(self, kind: Kind, record_id: str, survivor: str) -> None:
        """What a person does on the page of possible duplicates."""
        self._bury(kind, record_id, merged_into=survivor)

    def _bury(self, kind: Kind, record_id: str, **values: Any) -> None:
        records, keys = RECORDS[kind].records, RECORDS[kind].keys
        with self._engine.begin() as connection:
            connection.execute(update(records).where(records.c.id == record_id).values(values))
            connection.execute(delete(keys).where(keys.c.record_id == record_id))
