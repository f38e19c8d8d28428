"""What the database drivers are really given, whatever SQLAlchemy says it gave them."""

import re
import sqlite3
from typing import Any, NamedTuple, Self

from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import Pool

_DATA = re.compile(r"\s*(WITH|SELECT|INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
_CHANGE = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


class Statement(NamedTuple):
    """One statement; SQLite's has its parameters within the text."""

    text: str
    parameters: Any = None


class Driver:
    """Listens to every connection that is opened within its block.

    SQLite itself tells what it runs: an `executemany` of 100 rows is 100 statements. PostgreSQL's
    driver is asked for the sets of parameters instead.
    """

    def __init__(self) -> None:
        self.given: list[Statement] = []
        self.raw: list[Any] = []

    def __enter__(self) -> Self:
        event.listen(Pool, "connect", self._connected)
        event.listen(Engine, "before_cursor_execute", self._execute)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._execute)
        event.remove(Pool, "connect", self._connected)

    def _connected(self, connection: Any, _: Any) -> None:
        self.raw.append(connection)
        if isinstance(connection, sqlite3.Connection):
            connection.set_trace_callback(lambda text: self.given.append(Statement(text)))

    def _execute(self, connection: Connection, *given: Any) -> None:
        _, text, parameters, _, executemany = given
        if connection.dialect.name != "sqlite":
            sets = parameters if executemany else [parameters]
            self.given += [Statement(text, one) for one in sets]

    def clear(self) -> None:
        """Forget what was given so far."""
        self.given.clear()

    @property
    def data(self) -> list[Statement]:
        """The statements that read or change rows."""
        return [s for s in self.given if _DATA.match(s.text) and "advisory" not in s.text]

    @property
    def changes(self) -> list[Statement]:
        """The statements that change rows."""
        return [s for s in self.given if _CHANGE.match(s.text)]

    @property
    def commits(self) -> int:
        """How often SQLite was told to commit."""
        return sum(s.text == "COMMIT" for s in self.given)
