"""Activities by when they happened, read from several places of an index at once.

What is asked of one index is a few streams, each ordered already: of one contact, or of one type in
one direction. Of each as many rows are read as a page has, and the page is what comes first of all.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, text

from customcrm.contract.activities import ACTIVITY_TYPES, DIRECTIONS
from customcrm.store.activity_kinds import MAX_KINDS, ActivityKind, other_activity_kinds

Stream = Mapping[str, str | None]
"""Columns with the value that each must have, None for none."""

MAX_STREAMS: Final = 400
"""SQLite puts no more than 500 queries together."""

_KNOWN: Final[list[ActivityKind]] = [
    (type_, direction) for type_ in ACTIVITY_TYPES for direction in (*DIRECTIONS, None)
]
_COLUMNS: Final = frozenset({"contact_id", "company_id", "owner_id", "type", "direction"})


class Stretch(NamedTuple):
    """Which part of the streams is read.

    Attributes:
        start: the moment, in microseconds, and the id after which it begins; None at the end.
        most: rows.
        descending: whether the latest come first.
        since: no earlier than this; `until`: before this. Both in microseconds.
    """

    start: tuple[int, str] | None
    most: int
    descending: bool = True
    since: int | None = None
    until: int | None = None


class Place(NamedTuple):
    """An activity, and when it happened, in microseconds."""

    at: int
    id: str


def streams_of(connection: Connection, type_: str | None, direction: str | None) -> list[Stream]:
    """Return the streams of activities of some type and direction, each of one of both.

    Where more kinds were sent than can be read one by one, it is a single stream, which the
    databases read along the time of all activities.
    """
    others = other_activity_kinds(connection)
    if len(others) > MAX_KINDS:
        asked = {"type": type_, "direction": direction}
        return [{name: value for name, value in asked.items() if value is not None}]
    kinds = dict.fromkeys([*_KNOWN, *others])
    return [
        {"type": one, "direction": way}
        for one, way in kinds
        if type_ in {None, one} and direction in {None, way}
    ]


def read_streams(
    connection: Connection, streams: Iterable[Stream], stretch: Stretch
) -> list[Place]:
    """The first places of all streams together; one that is in several comes once."""
    found: set[Place] = set()
    waiting = list(streams)
    while waiting:
        some, waiting = waiting[:MAX_STREAMS], waiting[MAX_STREAMS:]
        statement, values = _statement(some, stretch)
        found.update(Place(*row) for row in connection.execute(text(statement), values))
    return sorted(found, reverse=stretch.descending)[: stretch.most]


def _statement(streams: Sequence[Stream], stretch: Stretch) -> tuple[str, dict[str, Any]]:
    values: dict[str, Any] = {"most": stretch.most}
    bounds = _bounds(stretch, values)
    way = "DESC" if stretch.descending else "ASC"
    order = f"ORDER BY happened_at {way}, id {way} LIMIT :most"
    parts = []
    for number, stream in enumerate(streams):
        conditions = [*_conditions(stream, number, values), *bounds] or ["1 = 1"]
        parts.append(
            "SELECT * FROM (SELECT happened_at, id FROM activities "  # noqa: S608 - only literals
            f"WHERE {' AND '.join(conditions)} {order}) AS stream"
        )
    together = " UNION ALL ".join(parts)
    # What stands in two streams is one row: else a page could seem to be the last one.
    return f"SELECT DISTINCT happened_at, id FROM ({together}) AS streams {order}", values  # noqa: S608


def _conditions(stream: Stream, number: int, values: dict[str, Any]) -> list[str]:
    conditions = []
    for column in sorted(_COLUMNS & stream.keys()):
        if stream[column] is None:
            conditions.append(f"{column} IS NULL")
        else:
            name = f"{column}_{number}"
            values[name] = stream[column]
            conditions.append(f"{column} = :{name}")
    return conditions


def _bounds(stretch: Stretch, values: dict[str, Any]) -> list[str]:
    bounds = []
    if stretch.start is not None:
        values["at"], values["id"] = stretch.start
        bounds.append(f"(happened_at, id) {'<' if stretch.descending else '>'} (:at, :id)")
    if stretch.since is not None:
        values["since"] = stretch.since
        bounds.append("happened_at >= :since")
    if stretch.until is not None:
        values["until"] = stretch.until
        bounds.append("happened_at < :until")
    return bounds
