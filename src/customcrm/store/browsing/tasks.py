"""Lists of tasks, by when they are due."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Row,
    Select,
    func,
    literal,
    select,
    type_coerce,
)

from customcrm.operations.browsing.cards import Cursor, Page
from customcrm.operations.browsing.events import TaskFilter, TaskLine, TaskState
from customcrm.store.browsing.names import all_names
from customcrm.store.browsing.walking import Place, walk
from customcrm.store.tables import TASKS
from customcrm.store.tasks import task_of, tasks_by_id

_DUE: Final = type_coerce(TASKS.c.due_at, BigInteger)
_DONE: Final = type_coerce(TASKS.c.completed_at, BigInteger)
_OPEN: Final = TASKS.c.completed_at.is_(None)


def _where(chosen: TaskFilter) -> list[ColumnElement[bool]]:
    """What holds for the tasks of a list."""
    day = chosen.day
    by_state: dict[TaskState | None, list[ColumnElement[bool]]] = {
        None: [],
        TaskState.OVERDUE: [_OPEN, TASKS.c.due_at < day.start],
        TaskState.TODAY: [_OPEN, TASKS.c.due_at >= day.start, TASKS.c.due_at < day.end],
        TaskState.UPCOMING: [_OPEN, TASKS.c.due_at >= day.end],
        TaskState.UNDATED: [_OPEN, TASKS.c.due_at.is_(None)],
        TaskState.DONE: [TASKS.c.completed_at.is_not(None)],
    }
    where: list[ColumnElement[bool]] = [*by_state[chosen.state]]
    for column, wanted in (
        (TASKS.c.owner_id, chosen.owner),
        (TASKS.c.contact_id, chosen.contact),
        (TASKS.c.company_id, chosen.company),
    ):
        if wanted is not None:
            where.append(column == wanted)
    return where


def _place(chosen: TaskFilter) -> Place:
    match chosen.state:
        case TaskState.DONE:
            return Place(_DONE, TASKS.c.id, descending=True)
        case TaskState.UNDATED | None:
            return Place(literal(0, BigInteger()), TASKS.c.id, descending=True)
    return Place(_DUE, TASKS.c.id, descending=False)


def tasks(
    connection: Connection, chosen: TaskFilter, at: Cursor | None, size: int
) -> Page[TaskLine]:
    """As `Catalogue.tasks`."""
    place = _place(chosen)
    query: Select[Any] = select(place.first.label("first"), place.second.label("second"), TASKS)

    def make(rows: Sequence[Row[Any]]) -> Sequence[TaskLine]:
        return lines_of(connection, rows)

    return walk(connection, query.where(*_where(chosen)), place, at, size, make)


def lines_of(connection: Connection, rows: Sequence[Row[Any]]) -> list[TaskLine]:
    """The lines of rows of the table."""
    found = [task_of(row) for row in rows]
    contacts, companies = all_names(connection, found)
    return [
        TaskLine(one, contacts.get(one.contact_id or ""), companies.get(one.company_id or ""))
        for one in found
    ]


def count_tasks(connection: Connection, chosen: TaskFilter) -> int:
    """As `Catalogue.count_tasks`."""
    query = select(func.count()).select_from(TASKS).where(*_where(chosen))
    count: int = connection.execute(query).scalar_one()
    return count


def task_line(connection: Connection, task_id: str) -> TaskLine | None:
    """As `Catalogue.task_line`."""
    one = tasks_by_id(connection, [task_id]).get(task_id)
    if one is None:
        return None
    contacts, companies = all_names(connection, [one])
    return TaskLine(one, contacts.get(one.contact_id or ""), companies.get(one.company_id or ""))
