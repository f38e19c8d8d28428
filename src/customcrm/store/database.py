"""What the store needs of a database, and how it counts what it asks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final, Protocol, TypeVar

from sqlalchemy import Connection, Engine, event

T = TypeVar("T")

STATEMENTS: Final = "statements"
"""Under this name a connection counts the statements that it was given."""


class Database(Protocol):
    """One database: SQLite or PostgreSQL.

    `read` and `write` run a function in one transaction, as `ports.Backend` says, and give what it
    returns together with the number of SQL statements that it took.
    """

    engine: Engine
    settle: timedelta
    """How much later than it says a change may turn up, behind others that came after it."""

    def read(self, work: Callable[[Connection], T]) -> tuple[T, int]:
        """Run a function that only reads."""

    def write(self, work: Callable[[Connection], T]) -> tuple[T, int]:
        """Run a function that writes."""

    def hold(self, connection: Connection, name: str) -> None:
        """Let no other transaction that holds this name run until this one has ended."""

    def close(self) -> None:
        """Finish what was begun and let go of everything."""


def count_statements(engine: Engine) -> None:
    """Let each connection of an engine count its statements."""

    @event.listens_for(engine, "before_cursor_execute")
    def _count(connection: Connection, *_: Any) -> None:
        connection.info[STATEMENTS] = connection.info.get(STATEMENTS, 0) + 1


def counted(connection: Connection, work: Callable[[Connection], T]) -> tuple[T, int]:
    """Run a function, and count the statements that it took."""
    before = connection.info.get(STATEMENTS, 0)
    result = work(connection)
    return result, connection.info.get(STATEMENTS, 0) - before
