"""What has happened to a record: activities, and if wanted its changes and tasks, woven together.

A place in a timeline is a moment, a mark that says which of the three stands there, and its key.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, Connection, Table, cast, literal, select, text, tuple_

from customcrm.crm.records import Kind
from customcrm.operations.browsing.cards import Cursor
from customcrm.operations.browsing.records import Entry, Timeline, TimelineFilter
from customcrm.store.catalogue.activities import activity_messages
from customcrm.store.catalogue.history import change_of
from customcrm.store.catalogue.paging import FAR, clamped
from customcrm.store.catalogue.streams import Stream, Stretch, read_streams
from customcrm.store.catalogue.tasks import aliases, task_lines
from customcrm.store.columns import moment_of
from customcrm.store.tables import HISTORY, TASKS

_ACTIVITY: Final = "a"
_CHANGE: Final = "c"
_TASK: Final = "t"
_LAST_KEY: Final = {_ACTIVITY: "\U0010ffff", _CHANGE: FAR, _TASK: "\U0010ffff"}
"""A key that no key of its kind comes after."""

_ABOUT: Final = {Kind.CONTACT: "contact_id", Kind.COMPANY: "company_id"}

_LATEST_OF_PEOPLE: Final = """
WITH linked AS (
    SELECT contact_id AS id FROM associations WHERE company_id IN ({companies})
    UNION
    SELECT c.merged_into FROM contacts AS c CROSS JOIN associations AS a
    WHERE c.merged_into IS NOT NULL AND a.contact_id = c.id AND a.company_id IN ({companies})
), living AS (
    SELECT id FROM linked
    WHERE EXISTS (SELECT 1 FROM contact_cards AS k WHERE k.id = linked.id)
    OR EXISTS (
        SELECT 1 FROM contacts AS c
        WHERE c.id = linked.id AND c.merged_into IS NULL AND c.deleted_at IS NULL
    )
), people AS (
    SELECT id FROM living
    UNION
    SELECT c.id FROM living JOIN contacts AS c ON c.merged_into = living.id
), latest AS (
    SELECT id, (
        SELECT happened_at FROM activities AS x
        WHERE x.contact_id = people.id AND (x.happened_at, x.id) < (:at, :key) {filter}
        ORDER BY x.happened_at DESC, x.id DESC LIMIT 1
    ) AS happened_at FROM people
)
SELECT id FROM latest WHERE happened_at IS NOT NULL ORDER BY happened_at DESC, id LIMIT :most
"""


# CROSS JOIN: few contacts are merged, so SQLite shall begin with these, by their own index.
# Who has a card lives: its index says so at once. Only of others the record itself is asked.


class Spot(NamedTuple):
    """A place in a timeline."""

    at: int
    mark: str
    key: Any


def timeline(
    connection: Connection,
    kind: Kind,
    record_id: str,
    chosen: TimelineFilter,
    at: Cursor | None,
    size: int,
) -> Timeline:
    """As `Catalogue.timeline`."""
    if chosen.problems:
        return Timeline((), None)
    size = clamped(size)
    start = _spot(at)
    names = aliases(connection, kind, record_id)
    spots = _activities(connection, kind, names, chosen, (start, size + 1))
    if chosen.changes:
        spots += _changes(connection, names, start, size + 1)
    if chosen.tasks:
        spots += _tasks(connection, kind, names, start, size + 1)
    shown = sorted(spots, key=lambda spot: (*spot[:2], str(spot.key).rjust(20)), reverse=True)
    page = shown[:size]
    after = Cursor(f"{page[-1].mark}{page[-1].key}", page[-1].at) if len(shown) > size else None
    return Timeline(tuple(_entries(connection, page)), after)


def _spot(at: Cursor | None) -> Spot:
    """Where a page begins: its entries come before this place."""
    told = str(at.value) if at is not None else ""
    mark, key = told[:1], told[1:]
    if at is None or mark not in _LAST_KEY:
        return Spot(FAR, "z", "")
    if mark == _CHANGE:
        return Spot(
            at.number, mark, int(key) if key.isdecimal() and len(key) < len(str(FAR)) else 0
        )
    return Spot(at.number, mark, key)


def _bound(start: Spot, mark: str) -> tuple[int, Any]:
    """The moment and the key that entries with this mark must come before."""
    if mark == start.mark:
        return start.at, start.key
    return start.at, (_LAST_KEY[mark] if mark < start.mark else type(_LAST_KEY[mark])())


def _activities(
    connection: Connection,
    kind: Kind,
    names: Sequence[str],
    chosen: TimelineFilter,
    part: tuple[Spot, int],
) -> list[Spot]:
    start, most = part
    bound = _bound(start, _ACTIVITY)
    filters = {"type": chosen.type, "direction": chosen.direction}
    wanted: Stream = {name: value for name, value in filters.items() if value is not None}
    streams = [{_ABOUT[kind]: name, **wanted} for name in names]
    if kind is Kind.COMPANY:
        people = _people(connection, names, wanted, bound, most)
        streams += [{"contact_id": one, **wanted} for one in people]
    found = read_streams(connection, streams, Stretch(bound, most))
    return [Spot(place.at, _ACTIVITY, place.id) for place in found]


def _people(
    connection: Connection,
    names: Sequence[str],
    wanted: Stream,
    bound: tuple[int, str],
    most: int,
) -> Sequence[str]:
    """Those of a company's people whose activities the next entries can be.

    Each of so many people who were active later than another has an entry before that one's.
    """
    companies = ", ".join(f":name_{number}" for number in range(len(names)))
    filters = " ".join(f"AND x.{column} = :{column}" for column in wanted)
    statement = text(_LATEST_OF_PEOPLE.format(companies=companies, filter=filters))
    values = {f"name_{number}": name for number, name in enumerate(names)}
    given = {**values, **wanted, "at": bound[0], "key": bound[1], "most": most}
    return connection.execute(statement, given).scalars().all()


def _changes(connection: Connection, names: Sequence[str], start: Spot, most: int) -> list[Spot]:
    at, number = _bound(start, _CHANGE)
    return _read(connection, (HISTORY, "record_id", "at", "number"), names, (at, number, most))


def _tasks(
    connection: Connection, kind: Kind, names: Sequence[str], start: Spot, most: int
) -> list[Spot]:
    at, key = _bound(start, _TASK)
    return _read(connection, (TASKS, _ABOUT[kind], "created_at", "id"), names, (at, key, most))


def _read(
    connection: Connection,
    where: tuple[Table, str, str, str],
    names: Sequence[str],
    bound: tuple[int, Any, int],
) -> list[Spot]:
    """The next entries of one table, of each of these ids."""
    (table, about, moment, key), (at, last, most) = where, bound
    columns = table.c[moment], table.c[key]
    place = tuple_(literal(moment_of(at), columns[0].type), literal(last, columns[1].type))
    mark = _CHANGE if table is HISTORY else _TASK
    there = [table.c.deleted_at.is_(None)] if table is TASKS else []
    found = []
    for name in names:
        query = (
            select(cast(columns[0], BigInteger), columns[1])
            .where(table.c[about] == name, tuple_(*columns) < place, *there)
            .order_by(*(column.desc() for column in columns))
            .limit(most)
        )
        found += [Spot(when, mark, one) for when, one in connection.execute(query)]
    return found


def _entries(connection: Connection, page: Sequence[Spot]) -> list[Entry]:
    keys = {mark: [spot.key for spot in page if spot.mark == mark] for mark in _LAST_KEY}
    lines = {one.activity.id: one for one in activity_messages(connection, keys[_ACTIVITY])}
    tasks = {one.task.id: one for one in task_lines(connection, keys[_TASK])}
    query = select(HISTORY).where(HISTORY.c.number.in_(keys[_CHANGE]))
    found = connection.execute(query) if keys[_CHANGE] else ()
    changes = {row.number: change_of(row) for row in found}
    entries = []
    for spot in page:
        moment: datetime = moment_of(spot.at)
        if spot.mark == _ACTIVITY:
            entries.append(Entry(moment, activity=lines[spot.key]))
        elif spot.mark == _CHANGE:
            entries.append(Entry(moment, change=changes[spot.key]))
        else:
            entries.append(Entry(moment, task=tasks[spot.key]))
    return entries
