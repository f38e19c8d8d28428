"""Tasks: create, read, change, complete, delete."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

import msgspec
from msgspec import UNSET

from customcrm.contract.due_dates import day_due
from customcrm.contract.tasks import (
    CompleteTasks,
    CreateTask,
    Task,
    UpdateTask,
    due_of,
    task_values,
)
from customcrm.crm.values import same_value
from customcrm.errors import TaskNotFound
from customcrm.operations.editing import Edit, check_seen
from customcrm.operations.ports import Backend, Origin, Stamp, TaskChange, Writer
from customcrm.operations.repeats import Request, once

_FIELDS: Final = (
    "subject",
    "description",
    "type",
    "owner_id",
    "due_date",
    "contact_id",
    "company_id",
)
_NAMES: Final = tuple(
    field.encode_name for field in msgspec.structs.fields(Task) if field.name in _FIELDS
)
"""The same, as the contract spells them."""


class CreatedTask(NamedTuple):
    """A task, and whether this request made it (or an earlier one that it repeats)."""

    task: Task
    made: bool


def create_task(
    backend: Backend, asked: CreateTask, custom: dict[str, Any], request: Request, origin: Origin
) -> CreatedTask:
    """Create a task, or return the one that this request created before (contract: Tasks).

    Raises:
        IdempotencyKeyReused: the request's key came before with another body.
    """

    def work(writer: Writer) -> CreatedTask:
        stamp = Stamp(origin.clock(), origin.actor)

        def make() -> Task:
            task = Task(
                id=origin.new_id("task"),
                **{name: getattr(asked, name) for name in _FIELDS},
                completed=asked.completed is True,
                completed_at=stamp.at if asked.completed else None,
                properties=_custom_of(custom),
            )
            writer.insert_task(task, stamp)
            return task

        return CreatedTask(*once(writer, request, origin, make, Task))

    return backend.write(work)


def read_tasks(backend: Backend, ids: Sequence[str]) -> list[Task]:
    """Read tasks in the order asked; unknown ones are left out."""
    asked = list(dict.fromkeys(ids))
    tasks = backend.read(lambda reader: reader.tasks(asked))
    return [tasks[task_id] for task_id in asked if task_id in tasks]


def read_task(backend: Backend, task_id: str) -> Task:
    """Read one task.

    Raises:
        TaskNotFound: there is none with this id.
    """
    tasks = read_tasks(backend, [task_id])
    if not tasks:
        raise TaskNotFound(task_id)
    return tasks[0]


def update_task(
    backend: Backend, task_id: str, asked: UpdateTask, custom: dict[str, Any], origin: Origin
) -> Task:
    """Change one task: a merge, in which None clears.

    Raises:
        TaskNotFound: there is none with this id.
    """
    tasks = _change(backend, [task_id], asked, custom, origin, _keep_day)
    if not tasks:
        raise TaskNotFound(task_id)
    return tasks[0]


def values_of(task: Task) -> dict[str, Any]:
    """Return what can be edited of a task, by the contract's names, as `task_values` writes it."""
    values = task_values(task)
    return {**task.properties, **{name: values[name] for name in _NAMES}}


def edit_task(backend: Backend, task_id: str, edits: Sequence[Edit], origin: Origin) -> Task:
    """Change values of a task by hand, all of them or none.

    Args:
        backend: where it is kept.
        task_id: its id.
        edits: what to change, each value once, by the contract's names: `dueDate` in ISO 8601.
        origin: who asks.

    Returns:
        The task as it is now.

    Raises:
        EditConflict: somebody else has changed one of the values since it was seen.
        TaskNotFound: it is deleted, or was never there.
    """
    known = {edit.name: edit.value for edit in edits if edit.name in _NAMES}
    custom = {edit.name: edit.value for edit in edits if edit.name not in _NAMES}
    due = {"due_date": due_of(known.pop("dueDate"))} if "dueDate" in known else {}
    asked = msgspec.structs.replace(msgspec.convert(known, UpdateTask), **due)

    def check(task: Task, asked: UpdateTask) -> UpdateTask:
        check_seen(values_of(task), edits)
        return asked

    tasks = _change(backend, [task_id], asked, custom, origin, check)
    if not tasks:
        raise TaskNotFound(task_id)
    return tasks[0]


def delete_tasks(backend: Backend, ids: Collection[str], origin: Origin) -> list[str]:
    """Delete tasks, so that nothing finds them until they are restored.

    Returns:
        The ids of those deleted now; one deleted before, or never there, is no error.
    """
    stamp = Stamp(origin.clock(), origin.actor)
    return list(backend.write(lambda writer: writer.delete_tasks(ids, stamp)))


def restore_tasks(backend: Backend, ids: Collection[str], origin: Origin) -> list[str]:
    """Bring deleted tasks back.

    Returns:
        The ids of those restored now; one that is not deleted is no error.
    """
    stamp = Stamp(origin.clock(), origin.actor)
    return list(backend.write(lambda writer: writer.restore_tasks(ids, stamp)))


def complete_tasks(backend: Backend, asked: CompleteTasks, origin: Origin) -> list[Task]:
    """Complete or reopen tasks; returns them in the order asked, unknown ones left out."""
    return _change(
        backend, asked.ids, UpdateTask(completed=asked.completed is not False), {}, origin
    )


def _keep_day(task: Task, asked: UpdateTask) -> UpdateTask:
    """Leave a due date that is a day as it is, where it comes back as it went out."""
    stored = task.due_date
    if stored is None or day_due(stored) is None or asked.due_date != stored:
        return asked
    return msgspec.structs.replace(asked, due_date=stored)


def _as_asked(task: Task, asked: UpdateTask) -> UpdateTask:
    del task
    return asked


def _change(
    backend: Backend,
    ids: Sequence[str],
    asked: UpdateTask,
    custom: dict[str, Any],
    origin: Origin,
    prepare: Callable[[Task, UpdateTask], UpdateTask] = _as_asked,
) -> list[Task]:
    wanted = list(dict.fromkeys(ids))

    def work(writer: Writer) -> list[Task]:
        writer.hold("task")
        stamp = Stamp(origin.clock(), origin.actor)
        stored = writer.tasks(wanted)
        before = [stored[task_id] for task_id in wanted if task_id in stored]
        after = [_changed(task, prepare(task, asked), custom, stamp.at) for task in before]
        compared = (change_of(old, new) for old, new in zip(before, after, strict=True))
        changes = [change for change in compared if change.new]
        if changes:
            writer.update_tasks(changes, stamp)
        return after

    return backend.write(work)


def _changed(task: Task, asked: UpdateTask, custom: dict[str, Any], at: datetime) -> Task:
    """The task as asked; completing it twice keeps the first `completedAt`."""
    values = {name: getattr(asked, name) for name in _FIELDS}
    changed = msgspec.structs.replace(
        task, **{name: value for name, value in values.items() if value is not UNSET}
    )
    properties = {**task.properties, **_custom_of(custom)}
    changed.properties = {name: value for name, value in properties.items() if value is not None}
    if isinstance(asked.completed, bool) and asked.completed != task.completed:
        changed.completed = asked.completed
        changed.completed_at = at if asked.completed else None
    return changed


def _custom_of(custom: dict[str, Any]) -> dict[str, Any]:
    """Return the custom properties, also where a task is sent back as it was read."""
    return {name: value for name, value in custom.items() if name != "completedAt"}


def change_of(old: Task, new: Task) -> TaskChange:
    """The change from one to the other, by the contract's names."""
    before, after = task_values(old), task_values(new)
    before = {**before.pop("properties"), **before}
    after = {**after.pop("properties"), **after}
    names = [n for n in {**before, **after} if not same_value(before.get(n), after.get(n))]
    return TaskChange(
        new,
        {name: before[name] for name in names if before.get(name) is not None},
        {name: after.get(name) for name in names},
    )
