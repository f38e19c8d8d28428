"""Lists of activities, the latest first."""

from collections.abc import Sequence
from typing import Any, Final

from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, Row, Select, case, func, select

from customcrm.crm.activity_text import ActivityText
from customcrm.crm.message_text import NO_TEXT, MessageText, plain_text
from customcrm.operations.browsing.cards import Cursor, Page
from customcrm.operations.browsing.events import ActivityFilter, ActivityLine
from customcrm.store.activities import activity_of, text_of
from customcrm.store.batch import singles, text_batch
from customcrm.store.catalogue.naming import names_of
from customcrm.store.catalogue.paging import Line, clamped, page_of
from customcrm.store.catalogue.streams import Stream, Stretch, read_streams, streams_of
from customcrm.store.catalogue.tallies import ever
from customcrm.store.columns import microseconds
from customcrm.store.tables import ACTIVITIES

_ASKED: Final = text_batch("id")
_WHOLE: Final = select(ACTIVITIES)
_OTHERS: Final = [one for one in ACTIVITIES.c if one.name not in {"body", "message"}]

MAX_UNDERIVED: Final = 200_000
"""Characters of a body that are read where nothing has been derived from it yet."""


def _lines(*columns: ColumnElement[Any]) -> Select[Any]:
    """Read activities without their bodies, but for what has no derived text."""
    return select(*_OTHERS, *columns).join_from(_ASKED, ACTIVITIES, ACTIVITIES.c.id == _ASKED.c.id)


_UNDERIVED: Final = (
    ACTIVITIES.c.excerpt.is_(None),
    func.substr(ACTIVITIES.c.body, 1, MAX_UNDERIVED),
)
_EXCERPTS: Final = _lines(case(_UNDERIVED).label("body"))
_MESSAGES: Final = _lines(
    ACTIVITIES.c.message,
    case(_UNDERIVED, (ACTIVITIES.c.message.is_(None), ACTIVITIES.c.body)).label("body"),
)


def activities(
    connection: Connection, chosen: ActivityFilter, at: Cursor | None, size: int
) -> Page[ActivityLine]:
    """As `Catalogue.activities`."""
    if chosen.problems:
        return Page(())
    size = clamped(size)
    stretch = Stretch(
        None if at is None else (at.number, str(at.value)),
        size + 1,
        descending=at is None or not at.backwards,
        since=None if chosen.since is None else microseconds(chosen.since),
        until=None if chosen.until is None else microseconds(chosen.until),
    )
    found = read_streams(connection, _streams(connection, chosen), stretch)
    page = page_of([Line(place.id, place.at, place.id) for place in found], at, size)
    return Page(tuple(activity_excerpts(connection, page.items)), page.before, page.after)


def _streams(connection: Connection, chosen: ActivityFilter) -> list[Stream]:
    if chosen.owner is None and chosen.type is None and chosen.direction is None:
        return [{}]
    owner: Stream = {} if chosen.owner is None else {"owner_id": chosen.owner}
    kinds = streams_of(connection, chosen.type, chosen.direction)
    return [{**owner, **kind} for kind in kinds]


def count_activities(connection: Connection, chosen: ActivityFilter) -> int:
    """As `Catalogue.count_activities`."""
    if chosen.problems:
        return 0
    table = ACTIVITIES.c
    equal = {"type": chosen.type, "direction": chosen.direction}
    if chosen.owner is None and chosen.since is None and chosen.until is None:
        return sum(
            count
            for kind, count in ever(connection).activities.items()
            if all(want in {None, has} for want, has in zip(equal.values(), kind, strict=True))
        )
    bounds = []
    if chosen.since is not None:
        bounds.append(table.happened_at >= chosen.since)
    if chosen.until is not None:
        bounds.append(table.happened_at < chosen.until)
    # Each stream is one stretch of an index; all together the databases would read along another.
    return sum(
        connection.execute(
            select(func.count())
            .select_from(ACTIVITIES)
            .where(*(table[name] == value for name, value in stream.items()))
            .where(*bounds)
        ).scalar_one()
        for stream in _streams(connection, chosen)
    )


def activity_excerpts(connection: Connection, ids: Sequence[str]) -> list[ActivityLine]:
    """Return activities as lists show them, in the order of their ids here."""
    return _named(connection, _found(connection, _EXCERPTS, ids))


def activity_messages(connection: Connection, ids: Sequence[str]) -> list[ActivityLine]:
    """Return activities as timelines show them, with their text, in the order of their ids here."""
    return _named(connection, _found(connection, _MESSAGES, ids), with_messages=True)


def activity_line(connection: Connection, activity_id: str) -> ActivityLine | None:
    """As `Catalogue.activity_line`."""
    found = connection.execute(_WHOLE.where(ACTIVITIES.c.id == activity_id)).all()
    lines = _named(connection, found, with_messages=True, with_bodies=True)
    return next(iter(lines), None)


def _found(connection: Connection, query: Select[Any], ids: Sequence[str]) -> list[Row[Any]]:
    rows = {row.id: row for row in connection.execute(query, singles(ids))} if ids else {}
    return [rows[one] for one in ids if one in rows]


def _named(
    connection: Connection,
    found: Sequence[Row[Any]],
    *,
    with_messages: bool = False,
    with_bodies: bool = False,
) -> list[ActivityLine]:
    """Return the lines of rows, with the names of whom they are about."""
    named = names_of(connection, [one for row in found for one in (row.contact_id, row.company_id)])
    lines = []
    for row in found:
        text, activity = text_of(row), activity_of(row)
        line = ActivityLine(
            activity if with_bodies else replace(activity, body=None),
            row.happened_at,
            named.get(row.contact_id),
            named.get(row.company_id),
            text.excerpt,
            text.automatic,
            _message_of(row, text) if with_messages else NO_TEXT,
        )
        lines.append(line)
    return lines


def _message_of(row: Row[Any], text: ActivityText) -> MessageText:
    return plain_text(row.body) if text.message is None else text.message
