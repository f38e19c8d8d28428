"""Pages of a list: from a place in it, one way or the other, by an index and never by counting."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import BigInteger, ColumnElement, Connection, Row, Select, Text, literal, tuple_

from customcrm.operations.browsing.cards import Cursor, Page

Item = TypeVar("Item")


class Place(NamedTuple):
    """What a list is ordered by: two columns, of which the second is nobody else's.

    Attributes:
        first: numbers.
        second: ids.
        descending: whether the list begins at the end.
    """

    first: ColumnElement[Any]
    second: ColumnElement[Any]
    descending: bool


def cursor_at(first: int, second: str, *, backwards: bool = False) -> Cursor:
    """The cursor of a line that has these two."""
    return Cursor(f"{first} {second}", 0, backwards)


def read_cursor(at: Cursor) -> tuple[int, str] | None:
    """The two that a cursor names; None if it is of another list."""
    first, _, second = str(at.value).partition(" ")
    try:
        number = int(first)
    except ValueError:
        return None
    return (number, second) if abs(number) < 2**63 and second else None


def walk(  # noqa: PLR0913, PLR0917 - a walk has a start, a direction and an end
    connection: Connection,
    query: Select[Any],
    place: Place,
    at: Cursor | None,
    size: int,
    make: Callable[[Sequence[Row[Any]]], Sequence[Item]],
) -> Page[Item]:
    """A page of a query.

    Args:
        connection: with a transaction begun.
        query: its first two columns are those of the place.
        place: what it is ordered by.
        at: where to begin; None for the beginning.
        size: lines of a page.
        make: the items of the rows.
    """
    named = read_cursor(at) if at else None
    backwards = bool(at and named and at.backwards)
    downwards = place.descending != backwards
    if named:
        columns = tuple_(place.first, place.second)
        values = tuple_(literal(named[0], BigInteger()), literal(named[1], Text()))
        query = query.where(columns < values if downwards else columns > values)
    first, second = (
        (place.first.desc(), place.second.desc()) if downwards else (place.first, place.second)
    )
    found = connection.execute(query.order_by(first, second).limit(size + 1)).all()
    more, rows = len(found) > size, found[:size]
    if backwards:
        rows = rows[::-1]
    if not rows:
        return Page(())
    has_before = more if backwards else named is not None
    has_after = True if backwards else more
    return Page(
        tuple(make(rows)),
        cursor_at(rows[0][0], rows[0][1], backwards=True) if has_before else None,
        cursor_at(rows[-1][0], rows[-1][1]) if has_after else None,
    )
