"""Lists of activities, the latest first."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, func, select

from customcrm.operations.browsing.cards import Cursor, Page
from customcrm.operations.browsing.events import MAX_EXCERPT, ActivityFilter, ActivityLine
from customcrm.store.activities import activity_of
from customcrm.store.batch import singles, text_batch
from customcrm.store.catalogue.naming import names_of
from customcrm.store.catalogue.paging import Line, clamped, page_of
from customcrm.store.catalogue.streams import Stream, Stretch, read_streams, streams_of
from customcrm.store.catalogue.tallies import ever
from customcrm.store.columns import microseconds
from customcrm.store.tables import ACTIVITIES

_ASKED: Final = text_batch("id")
_WHOLE: Final = select(ACTIVITIES, func.coalesce(func.length(ACTIVITIES.c.body), 0).label("size"))
_CUT: Final = select(
    *(column for column in ACTIVITIES.c if column.name != "body"),
    func.substr(ACTIVITIES.c.body, 1, MAX_EXCERPT).label("body"),
    func.coalesce(func.length(ACTIVITIES.c.body), 0).label("size"),
).join_from(_ASKED, ACTIVITIES, ACTIVITIES.c.id == _ASKED.c.id)


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
    return Page(tuple(activity_lines(connection, page.items)), page.before, page.after)


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


def activity_lines(connection: Connection, ids: Sequence[str]) -> list[ActivityLine]:
    """Activities with the names of whom they are about, in the order of their ids here."""
    found = {row.id: row for row in connection.execute(_CUT, singles(ids))} if ids else {}
    return _named(connection, [found[one] for one in ids if one in found], MAX_EXCERPT)


def activity_line(connection: Connection, activity_id: str) -> ActivityLine | None:
    """As `Catalogue.activity_line`."""
    found = connection.execute(_WHOLE.where(ACTIVITIES.c.id == activity_id)).all()
    return next(iter(_named(connection, found, None)), None)


def _named(connection: Connection, found: Sequence[Any], most: int | None) -> list[ActivityLine]:
    named = names_of(connection, [one for row in found for one in (row.contact_id, row.company_id)])
    return [
        ActivityLine(
            activity_of(row),
            row.happened_at,
            named.get(row.contact_id),
            named.get(row.company_id),
            cut=most is not None and row.size > most,
        )
        for row in found
    ]
