"""Rows as one parameter, so that a batch of any size is one statement.

The parameter is a JSON array of arrays. Each database takes it apart in its own words (see
`sqlite.py` and `postgresql.py`).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Connection,
    Insert,
    Select,
    Subquery,
    Table,
    Text,
    Update,
    bindparam,
    insert,
    literal_column,
    select,
    true,
    update,
)
from sqlalchemy.sql.functions import FunctionElement

from customcrm.store.columns import Instant, from_json, to_json

PARAMETER: Final = "batch"
"""The name of the parameter that holds the rows."""


class JsonRows(FunctionElement[Any]):
    """The elements of a JSON array, as rows with one column `value`."""

    name = "json_rows"
    inherit_cache = True


class JsonKeys(FunctionElement[Any]):
    """The names in a JSON object, as rows with one column `key`."""

    name = "json_keys"
    inherit_cache = True


class JsonArray(FunctionElement[str]):
    """All rows of a query as the text of one JSON array of arrays."""

    name = "json_array"
    type = Text()
    inherit_cache = True


class TextCell(FunctionElement[str]):
    """One element of a row that is a JSON array, as text."""

    name = "text_cell"
    type = Text()
    inherit_cache = True


class NumberCell(FunctionElement[int]):
    """One element of a row that is a JSON array, as a whole number."""

    name = "number_cell"
    type = BigInteger()
    inherit_cache = True


class Contains(FunctionElement[bool]):
    """Whether a text holds another one."""

    name = "contains"
    type = Boolean()
    inherit_cache = True


def rows(values: Iterable[Sequence[Any]]) -> dict[str, str]:
    """The parameter that holds these rows."""
    return {PARAMETER: to_json(list(values))}


def singles(values: Iterable[str]) -> dict[str, str]:
    """The parameter that holds rows of one cell."""
    return rows([value] for value in values)


def numbered(values: Sequence[Sequence[Any]]) -> dict[str, str]:
    """The parameter that holds these rows, each with its number, from 0, as its first cell."""
    return rows([number, *value] for number, value in enumerate(values))


def _cells(columns: Mapping[str, bool]) -> Subquery:
    """The rows of the parameter as a table: column names, and whether each is a whole number."""
    row = JsonRows(bindparam(PARAMETER, type_=Text())).table_valued("value", name="item").c.value
    cells = [
        (NumberCell if number else TextCell)(row, literal_column(str(index))).label(name)
        for index, (name, number) in enumerate(columns.items())
    ]
    return select(*cells).subquery("batch")


def text_batch(*names: str) -> Subquery:
    """The rows of the parameter as a table of text columns with these names, in this order."""
    return _cells(dict.fromkeys(names, False))


def numbered_batch(*names: str) -> Subquery:
    """As `text_batch`, of rows that are `numbered`: their number is the column `number`."""
    return _cells({"number": True, **dict.fromkeys(names, False)})


def number_batch(*names: str) -> Subquery:
    """The rows of the parameter as a table of whole numbers with these names, in this order."""
    return _cells(dict.fromkeys(names, True))


def gathered(query: Select[Any]) -> Select[Any]:
    """A query whose one row holds all rows of another, for `gather` to read.

    Between any two rows the driver lets other threads run, so that under load a thousand rows are
    a thousand changes of thread.
    """
    return select(JsonArray(*query.subquery("gathered").c))


def gather(connection: Connection, query: Select[Any], parameter: Mapping[str, Any]) -> list[Any]:
    """The rows of a query that was `gathered`."""
    found: list[Any] = from_json(connection.execute(query, parameter).scalar_one())
    return found


def table_batch(table: Table, *names: str) -> Subquery:
    """The rows of the parameter as a table with some of another table's columns, in this order.

    Cells of a moment hold its microseconds, cells of JSON its text (see `columns.py`).
    """
    return _cells({n: isinstance(table.c[n].type, Instant | BigInteger) for n in names})


def insert_batch(table: Table, *names: str) -> Insert:
    """Insert the rows of the parameter, whose cells are these columns in this order."""
    return insert(table).from_select(names, select(table_batch(table, *names)))


def insert_new(table: Table, *names: str) -> Insert:
    """As `insert_batch`, but rows that are stored already are left as they are."""
    # SQLite takes the ON of a conflict for one of a join, unless the query ends with a WHERE.
    query = select(table_batch(table, *names)).where(true()).suffix_with("ON CONFLICT DO NOTHING")
    return insert(table).from_select(names, query)


def update_batch(table: Table, *names: str) -> Update:
    """Update from the rows of the parameter: the first cell is the id, the others what is set."""
    batch = table_batch(table, "id", *names)
    return (
        update(table)
        .where(table.c.id == batch.c.id)
        .values({name: batch.c[name] for name in names})
    )
