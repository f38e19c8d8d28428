"""What is PostgreSQL's own: a pool, and transactions that can meet."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from customcrm.errors import StoreUnavailable
from customcrm.store.batch import (
    Contains,
    JsonArray,
    JsonKeys,
    JsonRows,
    NumberCell,
    TextCell,
)
from customcrm.store.database import count_statements, counted

T = TypeVar("T")

POOL: Final = 16
"""Connections of one server process that write, and as many that read."""

WAIT_SECONDS: Final = 30
"""How long a request waits for one of them."""

STATEMENT_SECONDS: Final = 120
"""How long one statement may take."""

SETTLE_SECONDS: Final = 60
"""How long after its moment a change may be committed, and so be seen behind later ones."""

TRIES: Final = 3
"""How often a transaction is tried that another one has made impossible."""

_COLLISIONS: Final = frozenset({"40001", "40P01"})
"""The SQLSTATEs of a serialization failure and a deadlock."""

_HOLD: Final = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")


@compiles(JsonRows, "postgresql")
def _json_rows(element: JsonRows, compiler: SQLCompiler, **options: Any) -> str:
    return (
        f"json_array_elements(CAST{compiler.process(element.clause_expr, **options)[:-1]} AS json))"
    )


@compiles(JsonKeys, "postgresql")
def _json_keys(element: JsonKeys, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_object_keys(CAST{compiler.process(element.clause_expr, **options)[:-1]} AS json))"


@compiles(JsonArray, "postgresql")
def _json_array(element: JsonArray, compiler: SQLCompiler, **options: Any) -> str:
    cells = compiler.process(element.clause_expr, **options)
    return f"CAST(coalesce(json_agg(json_build_array{cells}), '[]') AS text)"


@compiles(TextCell, "postgresql")
def _text_cell(element: TextCell, compiler: SQLCompiler, **options: Any) -> str:
    row, index = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({row} ->> {index})"


@compiles(NumberCell, "postgresql")
def _number_cell(element: NumberCell, compiler: SQLCompiler, **options: Any) -> str:
    row, index = (compiler.process(clause, **options) for clause in element.clauses)
    return f"CAST({row} ->> {index} AS bigint)"


@compiles(Contains, "postgresql")
def _contains(element: Contains, compiler: SQLCompiler, **options: Any) -> str:
    return f"(strpos{compiler.process(element.clause_expr, **options)} > 0)"


def _engine(url: URL) -> Engine:
    """A pool of connections that notice when the server is gone, and never wait for ever."""
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=POOL,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
        pool_pre_ping=True,
        pool_use_lifo=True,
        hide_parameters=True,
        connect_args={
            "connect_timeout": WAIT_SECONDS,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 15_000,
            "options": f"-c timezone=utc -c lock_timeout={WAIT_SECONDS}s "
            f"-c statement_timeout={STATEMENT_SECONDS}s "
            # A plan kept from when a table was empty would scan it for each row of a batch.
            "-c plan_cache_mode=force_custom_plan",
        },
    )
    count_statements(engine)
    return engine


class PostgresqlDatabase:
    """A PostgreSQL database. Implements `database.Database`.

    Args:
        url: `postgresql://…`
    """

    def __init__(self, url: URL) -> None:
        self.settle = timedelta(seconds=SETTLE_SECONDS)
        self.engine = _engine(url)
        self._readers = _engine(url)
        self._closed = False

    def read(self, work: Callable[[Connection], T]) -> tuple[T, int]:
        """As the port says. Sees one state of the data."""
        with (
            self._readers.connect().execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            ) as connection,
            connection.begin(),
        ):
            return counted(connection, work)

    def write(self, work: Callable[[Connection], T]) -> tuple[T, int]:
        """As the port says. Tried again if another transaction has made it impossible."""
        for _ in range(TRIES - 1):
            try:
                return self._write(work)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in _COLLISIONS:
                    raise
        return self._write(work)

    def _write(self, work: Callable[[Connection], T]) -> tuple[T, int]:
        if self._closed:
            raise StoreUnavailable
        with self.engine.begin() as connection:
            return counted(connection, work)

    def hold(self, connection: Connection, name: str) -> None:
        """As the port says, by a lock that ends with the transaction."""
        connection.execute(_HOLD, {"name": name})

    def close(self) -> None:
        """As the port says."""
        self._closed = True
        self._readers.dispose()
        self.engine.dispose()
