"""The database as somebody else sees it: a connection of its own, no code of the store."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, NullPool, create_engine, make_url, text

from customcrm.store.tables import METADATA


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """A connection within a transaction, which is committed at the end."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    with create_engine(parsed, poolclass=NullPool).begin() as connection:
        yield connection


def run(url: str, statement: str, **values: Any) -> None:
    with connected(url) as connection:
        connection.execute(text(statement), values)


def rows(url: str, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connected(url) as connection:
        return [tuple(row) for row in connection.execute(text(statement), values)]


def count(url: str, table: str) -> int:
    number: int = rows(url, f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608 - a literal
    return number


def everything(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    names = sorted(METADATA.tables)
    return {name: sorted(rows(url, f"SELECT * FROM {name}"), key=repr) for name in names}  # noqa: S608
