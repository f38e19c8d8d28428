"""What has happened to a record: activities, and changes and tasks woven in.

Each kind of entry comes from streams that an index keeps in order: of each only as much is read as
the page may show.
"""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    literal,
    select,
    tuple_,
    type_coerce,
)

from customcrm.crm.records import Kind
from customcrm.operations.browsing.cards import Cursor
from customcrm.operations.browsing.events import ActivityLine, TaskLine
from customcrm.operations.browsing.records import Change, Entry, Timeline, TimelineFilter
from customcrm.store.browsing.activities import HAPPENED, SELECT, lines
from customcrm.store.browsing.tasks import lines_of
from customcrm.store.tables import ACTIVITIES, ASSOCIATIONS, HISTORY, RECORDS, TASKS


class Sort(IntEnum):
    """Which kind of entry; of two at the same moment the later kind comes first."""

    ACTIVITY = 0
    CHANGE = 1
    TASK = 2


class Key(NamedTuple):
    """Where an entry stands: later ones first.

    Attributes:
        at: its microseconds.
        sort: its kind.
        id: of the activity or the task, or the number of the change.
    """

    at: int
    sort: Sort
    id: str | int


def _cursor(key: Key) -> Cursor:
    return Cursor(f"{key.at} {int(key.sort)} {key.id}", 0)


def _key_of(at: Cursor | None) -> Key | None:
    """The place that a cursor names; None if it is of another list."""
    parts = str(at.value).split(" ") if at else []
    try:
        moment, sort, name = parts
        number, kind = int(moment), Sort(int(sort))
        key = Key(number, kind, int(name) if kind is Sort.CHANGE else name)
    except ValueError:
        return None
    numbers = [number, key.id if isinstance(key.id, int) else 0]
    return key if all(abs(one) < _LARGEST for one in numbers) else None


_LARGEST: Final = 2**63
"""Beyond what both databases can look for."""


def _after(
    at: ColumnElement[Any], name: ColumnElement[Any], sort: Sort, key: Key | None
) -> list[ColumnElement[bool]]:
    """What holds for the entries of a kind that come after a place."""
    if key is None:
        return []
    moment = literal(key.at, BigInteger())
    if sort is key.sort:
        kind = BigInteger() if sort is Sort.CHANGE else Text()
        return [tuple_(at, name) < tuple_(moment, literal(key.id, kind))]
    return [at <= moment if sort < key.sort else at < moment]


def timeline(  # noqa: PLR0913, PLR0917 - as the port has it
    connection: Connection,
    kind: Kind,
    record_id: str,
    chosen: TimelineFilter,
    at: Cursor | None,
    size: int,
) -> Timeline:
    """As `Catalogue.timeline`."""
    ids = ids_of(connection, kind, record_id)
    begin = _key_of(at)
    found: set[Key] = set()
    for query, sort in _streams(kind, ids, chosen, begin):
        for moment, name in connection.execute(query.limit(size + 1)):
            found.add(Key(moment, sort, name))
    keys = sorted(found, reverse=True)
    shown = keys[:size]
    entries = _entries(connection, shown)
    return Timeline(entries, _cursor(shown[-1]) if len(keys) > size else None)


def ids_of(connection: Connection, kind: Kind, record_id: str) -> list[str]:
    """A record's id, and those of the records that were merged into it."""
    records = RECORDS[kind].records
    merged = select(records.c.id).where(records.c.merged_into == record_id)
    return [record_id, *connection.execute(merged).scalars()]


def _streams(
    kind: Kind, ids: Sequence[str], chosen: TimelineFilter, begin: Key | None
) -> list[tuple[Select[Any], Sort]]:
    streams = [(query, Sort.ACTIVITY) for query in _of_activities(kind, ids, chosen, begin)]
    if chosen.changes:
        moment = type_coerce(HISTORY.c.at, BigInteger)
        after = _after(moment, HISTORY.c.number, Sort.CHANGE, begin)
        query = select(moment, HISTORY.c.number).where(HISTORY.c.record_id.in_(ids), *after)
        streams.append((query.order_by(moment.desc(), HISTORY.c.number.desc()), Sort.CHANGE))
    if chosen.tasks:
        moment = type_coerce(TASKS.c.created_at, BigInteger)
        after = _after(moment, TASKS.c.id, Sort.TASK, begin)
        about = TASKS.c.contact_id if kind is Kind.CONTACT else TASKS.c.company_id
        query = select(moment, TASKS.c.id).where(about.in_(ids), *after)
        streams.append((query.order_by(moment.desc(), TASKS.c.id.desc()), Sort.TASK))
    return streams


def _of_activities(
    kind: Kind, ids: Sequence[str], chosen: TimelineFilter, begin: Key | None
) -> list[Select[Any]]:
    """A stream for each id that activities can name, and one for all the people of a company."""
    wanted = [
        column == value
        for column, value in (
            (ACTIVITIES.c.type, chosen.type),
            (ACTIVITIES.c.direction, chosen.direction),
        )
        if value is not None
    ]
    wanted += _after(HAPPENED, ACTIVITIES.c.id, Sort.ACTIVITY, begin)
    query = (
        select(HAPPENED, ACTIVITIES.c.id)
        .where(*wanted)
        .order_by(HAPPENED.desc(), ACTIVITIES.c.id.desc())
    )
    named = ACTIVITIES.c.contact_id if kind is Kind.CONTACT else ACTIVITIES.c.company_id
    streams = [query.where(named == one) for one in ids]
    if kind is Kind.COMPANY:
        people = query.join_from(
            ASSOCIATIONS, ACTIVITIES, ACTIVITIES.c.contact_id == ASSOCIATIONS.c.contact_id
        )
        streams.append(people.where(ASSOCIATIONS.c.company_id.in_(ids)))
    return streams


def _entries(connection: Connection, keys: Sequence[Key]) -> tuple[Entry, ...]:
    """The entries that stand at some places, in their order."""

    def ids(sort: Sort) -> list[Any]:
        return [key.id for key in keys if key.sort is sort]

    activities = _activities(connection, ids(Sort.ACTIVITY))
    changes = {
        one.number: one for one in _changes(connection, HISTORY.c.number.in_(ids(Sort.CHANGE)))
    }
    tasks = _tasks(connection, ids(Sort.TASK))
    entries = []
    for key in keys:
        match key.sort:
            case Sort.ACTIVITY:
                line = activities[str(key.id)]
                entries.append(Entry(line.happened_at, activity=line))
            case Sort.CHANGE:
                change = changes[int(key.id)]
                entries.append(Entry(change.at, change=change))
            case Sort.TASK:
                moment, task = tasks[str(key.id)]
                entries.append(Entry(moment, task=task))
    return tuple(entries)


def _activities(connection: Connection, ids: Sequence[str]) -> Mapping[str, ActivityLine]:
    rows = connection.execute(SELECT.where(ACTIVITIES.c.id.in_(ids))).all() if ids else []
    return {line.activity.id: line for line in lines(connection, rows)}


def _tasks(connection: Connection, ids: Sequence[str]) -> Mapping[str, tuple[Any, TaskLine]]:
    rows = connection.execute(select(TASKS).where(TASKS.c.id.in_(ids))).all() if ids else []
    found = zip(rows, lines_of(connection, rows), strict=True)
    return {line.task.id: (row.created_at, line) for row, line in found}


def _changes(
    connection: Connection, which: ColumnElement[bool], limit: int = 1_000
) -> list[Change]:
    query = select(HISTORY).where(which).order_by(HISTORY.c.number.desc()).limit(limit)
    return [
        Change(
            row.number, row.record_id, row.at, row.actor, row.action, row.old_values, row.new_values
        )
        for row in connection.execute(query)
    ]


def history(
    connection: Connection, record_id: str, before: int | None, size: int
) -> Sequence[Change]:
    """As `Catalogue.history`."""
    which = HISTORY.c.record_id == record_id
    if before is not None:
        which = and_(which, HISTORY.c.number < before)
    return _changes(connection, which, size)
