"""Lists of tasks: open ones by when they are due, undated ones, and those that are done."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, tzinfo
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Connection, and_, cast, func, select

from customcrm.contract.tasks import Task
from customcrm.crm.moments import in_zone, start_of_day
from customcrm.crm.records import Kind
from customcrm.operations.browsing.cards import Cursor, Page
from customcrm.operations.browsing.events import TaskFilter, TaskLine, TaskState
from customcrm.store.catalogue.naming import names_of
from customcrm.store.catalogue.paging import FAR, Direction, Line, clamped, page_of
from customcrm.store.columns import microseconds, moment_of
from customcrm.store.tables import RECORDS, TASKS
from customcrm.store.tasks import deleted_task, tasks_by_id


class Part(NamedTuple):
    """Tasks of a phase that one index finds.

    Attributes:
        conditions: which tasks these are.
        by: what orders them, before the id; None if nothing does.
        zone: for tasks that are due on a day: the zone in which it is that day.
    """

    conditions: tuple[ColumnElement[bool], ...]
    by: ColumnElement[Any] | None
    zone: tzinfo | None = None


class Phase(NamedTuple):
    """A part of the list that has an order of its own.

    Attributes:
        mark: what begins the places in it; phases come in the order of their marks.
        parts: the tasks in it; where there are several, these are merged.
        descending: whether the largest comes first.
    """

    mark: str
    parts: tuple[Part, ...]
    descending: bool = False


def _phases(chosen: TaskFilter) -> list[Phase]:
    table = TASKS.c
    there = table.deleted_at.is_(None)
    still = and_(table.completed_at.is_(None), there)
    phases = []
    if chosen.state not in {TaskState.UNDATED, TaskState.DONE}:
        phases.append(Phase("0", _dated(chosen, still)))
    if chosen.state in {None, TaskState.UNDATED}:
        undated = (still, table.due_at.is_(None), table.due_day.is_(None))
        phases.append(Phase("1", (Part(undated, None),)))
    if chosen.state in {None, TaskState.DONE}:
        done = Part((table.completed_at.is_not(None), there), table.completed_at)
        phases.append(Phase("2", (done,), descending=True))
    return phases


def _dated(chosen: TaskFilter, still: ColumnElement[bool]) -> tuple[Part, ...]:
    """The open tasks that are due at a moment, and those that are due on a day."""
    at, on, day = TASKS.c.due_at, TASKS.c.due_day, chosen.day
    within: dict[TaskState | None, tuple[list[ColumnElement[bool]], list[ColumnElement[bool]]]] = {
        TaskState.OVERDUE: ([at < day.start], [on < _utc(day.date)]),
        TaskState.TODAY: ([at >= day.start, at < day.end], [on == _utc(day.date)]),
        TaskState.UPCOMING: ([at >= day.end], [on > _utc(day.date)]),
        None: ([], []),
    }
    moments, days = within[chosen.state]
    # The indexes hold these alone, and are found where a statement says so.
    return (
        Part((still, at.is_not(None), *moments), at),
        Part((still, on.is_not(None), *days), on, day.zone),
    )


def _utc(day: date) -> datetime:
    """A day as `due_day` keeps it."""
    return start_of_day(day, UTC)


def _whose(connection: Connection, chosen: TaskFilter) -> list[ColumnElement[bool]]:
    """The conditions on whom a task is about and whose it is."""
    table = TASKS.c
    whose = []
    if chosen.owner is not None:
        whose.append(table.owner_id == chosen.owner)
    for kind, column, record_id in (
        (Kind.CONTACT, table.contact_id, chosen.contact),
        (Kind.COMPANY, table.company_id, chosen.company),
    ):
        if record_id is not None:
            whose.append(column.in_(aliases(connection, kind, record_id)))
    return whose


def aliases(connection: Connection, kind: Kind, record_id: str) -> list[str]:
    """The ids under which things may be kept that are about a record: its own comes first."""
    records = RECORDS[kind].records
    stored = select(records.c.merged_into).where(records.c.id == record_id)
    own = connection.execute(stored).scalar() or record_id
    merged = select(records.c.id).where(records.c.merged_into == own).order_by(records.c.id)
    return [own, *connection.execute(merged).scalars()]


def tasks(
    connection: Connection, chosen: TaskFilter, at: Cursor | None, size: int
) -> Page[TaskLine]:
    """As `Catalogue.tasks`."""
    if chosen.problems:
        return Page(())
    size = clamped(size)
    whose = _whose(connection, chosen)
    backwards = at is not None and at.backwards
    phases = _phases(chosen)
    phases = phases[::-1] if backwards else phases
    place = _place(at)
    lines: list[Line] = []
    for phase in phases:
        if place is not None and (phase.mark > place[0] if backwards else phase.mark < place[0]):
            continue
        start = place[1:] if place is not None and phase.mark == place[0] else None
        lines += _lines(connection, phase, whose, start, size + 1 - len(lines), flip=backwards)
        if len(lines) > size:
            break
    page = page_of(lines, at, size)
    return Page(tuple(task_lines(connection, page.items)), page.before, page.after)


def _place(at: Cursor | None) -> tuple[str, int, str] | None:
    """The phase, the moment and the id of a place."""
    return None if at is None else (str(at.value)[:1], at.number, str(at.value)[1:])


def _lines(
    connection: Connection,
    phase: Phase,
    whose: Sequence[ColumnElement[bool]],
    start: tuple[int, str] | None,
    most: int,
    *,
    flip: bool,
) -> list[Line]:
    """The next lines of a phase, of all its parts in one order."""
    descending = phase.descending != flip
    lines = [
        Line(f"{phase.mark}{one}", number, one)
        for part in phase.parts
        for one, number in _found(connection, part, whose, start, most, descending=descending)
    ]
    if len(phase.parts) > 1:
        lines.sort(key=lambda line: (line.number, line.item), reverse=descending)
    return lines[:most]


def _found(
    connection: Connection,
    part: Part,
    whose: Sequence[ColumnElement[bool]],
    start: tuple[int, str] | None,
    most: int,
    *,
    descending: bool,
) -> list[tuple[str, int]]:
    """The next tasks of a part, by id, with the moment that orders them."""
    query = select(TASKS.c.id).where(*part.conditions, *whose).limit(most)
    if part.by is None:
        begun = [] if start is None else [start[1]]
        beyond = [TASKS.c.id < one if descending else TASKS.c.id > one for one in begun]
        by_id = TASKS.c.id.desc() if descending else TASKS.c.id.asc()
        found = connection.execute(query.where(*beyond).order_by(by_id)).scalars()
        return [(one, FAR) for one in found]
    dated = query.add_columns(cast(part.by, BigInteger))
    begin = None if start is None else (moment_of(start[0]), start[1])
    between: list[ColumnElement[bool]] = []
    if begin is not None and part.zone is not None:
        begin, between = _day_after(part.by, begin, part.zone, descending=descending)
    direction = Direction((part.by, TASKS.c.id), descending, begin)
    dated = dated.where(*direction.beyond(), *between).order_by(*direction.order())
    rows = connection.execute(dated).all()
    zone = part.zone
    return [(one, at if zone is None else _begins(moment_of(at).date(), zone)) for one, at in rows]


def _begins(day: date, zone: tzinfo) -> int:
    return microseconds(start_of_day(day, zone))


def _day_after(
    by: ColumnElement[Any], place: tuple[datetime, str], zone: tzinfo, *, descending: bool
) -> tuple[tuple[datetime, str] | None, list[ColumnElement[bool]]]:
    """Where tasks that are due on days go on after a place: a day and an id, or a condition."""
    moment, task_id = place
    day = in_zone(moment, zone).date()
    if _begins(day, zone) == microseconds(moment):
        return (_utc(day), task_id), []
    # Within the day: it begins before that place, and the next one after it.
    return None, [by <= _utc(day) if descending else by > _utc(day)]


def count_tasks(connection: Connection, chosen: TaskFilter) -> int:
    """As `Catalogue.count_tasks`."""
    if chosen.problems:
        return 0
    whose = _whose(connection, chosen)
    return sum(
        connection.execute(
            select(func.count()).select_from(TASKS).where(*part.conditions, *whose)
        ).scalar_one()
        for phase in _phases(chosen)
        for part in phase.parts
    )


def task_lines(connection: Connection, ids: Sequence[str]) -> list[TaskLine]:
    """Tasks with the names of whom they are about, in the order of their ids here."""
    found = tasks_by_id(connection, ids)
    return _lines_of(connection, [found[one] for one in ids if one in found])


def _lines_of(connection: Connection, shown: Sequence[Task]) -> list[TaskLine]:
    named = names_of(connection, [one for t in shown for one in (t.contact_id, t.company_id)])
    return [TaskLine(t, named.get(t.contact_id), named.get(t.company_id)) for t in shown]


def task_line(connection: Connection, task_id: str) -> TaskLine | None:
    """As `Catalogue.task_line`."""
    lines = task_lines(connection, [task_id])
    if lines:
        return lines[0]
    gone = deleted_task(connection, task_id)
    return replace(_lines_of(connection, [gone])[0], deleted=True) if gone else None
