"""Tasks."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from customcrm.contract.due_dates import day_due, due_on
from customcrm.contract.tasks import Task, task_values
from customcrm.crm.moments import start_of_day
from customcrm.crm.revision import Action
from customcrm.operations.ports import Stamp, TaskChange
from customcrm.store.batch import rows, singles, text_batch, update_batch
from customcrm.store.columns import microseconds, to_json
from customcrm.store.history import HistoryRow, keep_history
from customcrm.store.tables import TASKS

_asked = text_batch("id")
_BY_ID: Final = select(TASKS).join_from(_asked, TASKS, TASKS.c.id == _asked.c.id)
_INSERT: Final = insert(TASKS)
_CHANGEABLE: Final = (
    "subject",
    "description",
    "type",
    "owner_id",
    "due_at",
    "due_day",
    "contact_id",
    "company_id",
    "completed_at",
    "properties",
    "updated_at",
)
_UPDATE: Final = update_batch(TASKS, *_CHANGEABLE)
_DELETED: Final = TASKS.c.deleted_at.is_not(None)
_NAMED: Final = TASKS.c.id.in_(select(_asked.c.id))
_DELETE: Final = update(TASKS).where(_NAMED, ~_DELETED).returning(TASKS.c.id)
_RESTORE: Final = update(TASKS).where(_NAMED, _DELETED).returning(TASKS.c.id)


def task_of(row: Row[Any]) -> Task:
    """The task that a row of the table holds."""
    return Task(
        id=row.id,
        subject=row.subject,
        description=row.description,
        type=row.type,
        owner_id=row.owner_id,
        due_date=row.due_at if row.due_day is None else due_on(row.due_day.date()),
        contact_id=row.contact_id,
        company_id=row.company_id,
        completed=row.completed_at is not None,
        completed_at=row.completed_at,
        properties=row.properties,
    )


def tasks_by_id(connection: Connection, ids: Collection[str]) -> dict[str, Task]:
    """As `Reader.tasks`."""
    found = connection.execute(_BY_ID.where(~_DELETED), singles(ids))
    return {row.id: task_of(row) for row in found}


def deleted_task(connection: Connection, task_id: str) -> Task | None:
    """A task that is deleted; None if it is not, or was never there."""
    found = connection.execute(_BY_ID.where(_DELETED), singles([task_id])).first()
    return task_of(found) if found else None


def _values(task: Task) -> dict[str, Any]:
    day = None if task.due_date is None else day_due(task.due_date)
    return {
        "id": task.id,
        "subject": task.subject,
        "description": task.description,
        "type": task.type,
        "owner_id": task.owner_id,
        "due_at": task.due_date if day is None else None,
        "due_day": None if day is None else start_of_day(day, UTC),
        "contact_id": task.contact_id,
        "company_id": task.company_id,
        "completed_at": task.completed_at,
        "properties": task.properties,
    }


def insert_task(connection: Connection, task: Task, stamp: Stamp) -> None:
    """As `Writer.insert_task`."""
    connection.execute(_INSERT, {**_values(task), "created_at": stamp.at, "updated_at": stamp.at})
    values = task_values(task)
    said = {**values.pop("properties"), **values}
    said = {name: value for name, value in said.items() if value is not None}
    keep_history(connection, [HistoryRow(task.id, Action.CREATED, {}, said)], stamp)


def update_tasks(connection: Connection, changes: Sequence[TaskChange], stamp: Stamp) -> None:
    """As `Writer.update_tasks`."""
    connection.execute(_UPDATE, rows(_cells(change.task, stamp) for change in changes))
    keep_history(
        connection,
        (HistoryRow(c.task.id, Action.UPDATED, c.old, c.new) for c in changes),
        stamp,
    )


def _cells(task: Task, stamp: Stamp) -> list[Any]:
    """A task as a row of the batch: its id, then what may change."""
    values = {**_values(task), "updated_at": stamp.at, "properties": to_json(task.properties)}
    cells = (values[name] for name in ("id", *_CHANGEABLE))
    return [microseconds(cell) if isinstance(cell, datetime) else cell for cell in cells]


def delete_tasks(connection: Connection, ids: Collection[str], stamp: Stamp) -> list[str]:
    """As `Writer.delete_tasks`."""
    going = _DELETE.values(deleted_at=stamp.at, updated_at=stamp.at)
    return _moved(connection, going, ids, Action.DELETED, stamp)


def restore_tasks(connection: Connection, ids: Collection[str], stamp: Stamp) -> list[str]:
    """As `Writer.restore_tasks`."""
    coming = _RESTORE.values(deleted_at=None, updated_at=stamp.at)
    return _moved(connection, coming, ids, Action.RESTORED, stamp)


def _moved(
    connection: Connection,
    statement: ReturningUpdate[Any],
    ids: Collection[str],
    action: Action,
    stamp: Stamp,
) -> list[str]:
    found = set(connection.execute(statement, singles(ids)).scalars())
    moved = [one for one in dict.fromkeys(ids) if one in found]
    if moved:
        keep_history(connection, (HistoryRow(one, action, {}, {}) for one in moved), stamp)
    return moved
