"""Lists of tasks: open ones by when they are due, undated ones, and those that are done."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Connection, and_, cast, func, select

from customcrm.contract.tasks import Task
from customcrm.crm.records import Kind
from customcrm.operations.browsing.cards import Cursor, Page
from customcrm.operations.browsing.events import TaskFilter, TaskLine, TaskState
from customcrm.store.catalogue.naming import names_of
from customcrm.store.catalogue.paging import FAR, Direction, Line, clamped, page_of
from customcrm.store.columns import moment_of
from customcrm.store.tables import RECORDS, TASKS
from customcrm.store.tasks import deleted_task, tasks_by_id


class Phase(NamedTuple):
    """A part of the list that has an order of its own.

    Attributes:
        mark: what begins the places in it; phases come in the order of their marks.
        conditions: which tasks are in it.
        by: what orders it, before the id; None if nothing does.
        descending: whether the largest comes first.
    """

    mark: str
    conditions: tuple[ColumnElement[bool], ...]
    by: ColumnElement[Any] | None
    descending: bool = False


def _phases(chosen: TaskFilter) -> list[Phase]:
    table, day = TASKS.c, chosen.day
    there = table.deleted_at.is_(None)
    still = and_(table.completed_at.is_(None), there)
    dated = {
        TaskState.OVERDUE: (table.due_at < day.start,),
        TaskState.TODAY: (table.due_at >= day.start, table.due_at < day.end),
        TaskState.UPCOMING: (table.due_at >= day.end,),
        None: (table.due_at.is_not(None),),
    }
    phases = []
    if chosen.state in dated:
        phases.append(Phase("0", (still, *dated[chosen.state]), table.due_at))
    if chosen.state in {None, TaskState.UNDATED}:
        phases.append(Phase("1", (still, table.due_at.is_(None)), None))
    if chosen.state in {None, TaskState.DONE}:
        done = (table.completed_at.is_not(None), there)
        phases.append(Phase("2", done, table.completed_at, descending=True))
    return phases


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
    moment = None if phase.by is None else cast(phase.by, BigInteger)
    descending = phase.descending != flip
    query = select(TASKS.c.id).where(*phase.conditions, *whose).limit(most)
    if phase.by is None or moment is None:
        begun = [] if start is None else [start[1]]
        beyond = [TASKS.c.id < one if descending else TASKS.c.id > one for one in begun]
        by_id = TASKS.c.id.desc() if descending else TASKS.c.id.asc()
        found = connection.execute(query.where(*beyond).order_by(by_id)).scalars()
        return [Line(f"{phase.mark}{one}", FAR, one) for one in found]
    begin = None if start is None else (moment_of(start[0]), start[1])
    direction = Direction((phase.by, TASKS.c.id), descending, begin)
    dated = query.add_columns(moment).where(*direction.beyond()).order_by(*direction.order())
    return [Line(f"{phase.mark}{one}", at, one) for one, at in connection.execute(dated)]


def count_tasks(connection: Connection, chosen: TaskFilter) -> int:
    """As `Catalogue.count_tasks`."""
    if chosen.problems:
        return 0
    whose = _whose(connection, chosen)
    return sum(
        connection.execute(
            select(func.count()).select_from(TASKS).where(*phase.conditions, *whose)
        ).scalar_one()
        for phase in _phases(chosen)
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
