"""Lists of activities, the latest first."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Row,
    Select,
    func,
    select,
    type_coerce,
)

from customcrm.contract.activities import Activity
from customcrm.operations.browsing.cards import Cursor, Page
from customcrm.operations.browsing.events import MAX_EXCERPT, ActivityFilter, ActivityLine
from customcrm.store.activities import activity_of
from customcrm.store.browsing.names import all_names
from customcrm.store.browsing.walking import Place, walk
from customcrm.store.tables import ACTIVITIES

HAPPENED: Final = type_coerce(ACTIVITIES.c.happened_at, BigInteger)
PLACE: Final = Place(HAPPENED, ACTIVITIES.c.id, descending=True)

_SHORT: Final = [
    func.substr(column, 1, MAX_EXCERPT).label("body") if column is ACTIVITIES.c.body else column
    for column in ACTIVITIES.c
]
_CUT: Final = (func.length(ACTIVITIES.c.body) > MAX_EXCERPT).label("cut")

SELECT: Final[Select[Any]] = select(
    HAPPENED.label("first"), ACTIVITIES.c.id.label("second"), *_SHORT, _CUT
)
"""Activities with their bodies cut."""


def _where(chosen: ActivityFilter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    for column, wanted in (
        (ACTIVITIES.c.type, chosen.type),
        (ACTIVITIES.c.direction, chosen.direction),
        (ACTIVITIES.c.owner_id, chosen.owner),
    ):
        if wanted is not None:
            where.append(column == wanted)
    if chosen.since is not None:
        where.append(ACTIVITIES.c.happened_at >= chosen.since)
    if chosen.until is not None:
        where.append(ACTIVITIES.c.happened_at < chosen.until)
    return where


def lines(connection: Connection, rows: Sequence[Row[Any]]) -> list[ActivityLine]:
    """The lines of rows that `SELECT` has found."""
    found = [activity_of(row) for row in rows]
    contacts, companies = all_names(connection, found)
    return [
        ActivityLine(
            one,
            row.happened_at,
            contacts.get(one.contact_id or ""),
            companies.get(one.company_id or ""),
            bool(row.cut),
        )
        for one, row in zip(found, rows, strict=True)
    ]


def activities(
    connection: Connection, chosen: ActivityFilter, at: Cursor | None, size: int
) -> Page[ActivityLine]:
    """As `Catalogue.activities`."""
    query = SELECT.where(*_where(chosen))
    return walk(connection, query, PLACE, at, size, lambda rows: lines(connection, rows))


def count_activities(connection: Connection, chosen: ActivityFilter) -> int:
    """As `Catalogue.count_activities`."""
    query = select(func.count()).select_from(ACTIVITIES).where(*_where(chosen))
    count: int = connection.execute(query).scalar_one()
    return count


def activity_line(connection: Connection, activity_id: str) -> ActivityLine | None:
    """As `Catalogue.activity_line`."""
    query = select(ACTIVITIES).where(ACTIVITIES.c.id == activity_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    one: Activity = activity_of(row)
    contacts, companies = all_names(connection, [one])
    return ActivityLine(
        one,
        row.happened_at,
        contacts.get(one.contact_id or ""),
        companies.get(one.company_id or ""),
    )
