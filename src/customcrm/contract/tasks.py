"""Tasks: things that somebody must do."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType, field

from customcrm.contract.due_dates import parse_due, written_due
from customcrm.contract.values import Due, Flag, Identifiers, Label, Reference, Subject, Text


class CreateTask(Struct, rename="camel"):
    """A task to create. Any further key is kept as a custom property."""

    subject: Subject
    description: Text | None = None
    type: Annotated[Label | None, Meta(description="Free text: call, email, meeting, ...")] = None
    owner_id: Reference | None = None
    due_date: Due | None = None
    contact_id: Reference | None = None
    company_id: Reference | None = None
    completed: Flag | None = None


class UpdateTask(Struct, rename="camel"):
    """What to change of a task: absent keys are left alone, `null` clears."""

    subject: Subject | UnsetType = UNSET
    description: Text | UnsetType | None = UNSET
    type: Label | UnsetType | None = UNSET
    owner_id: Reference | UnsetType | None = UNSET
    due_date: Due | UnsetType | None = UNSET
    contact_id: Reference | UnsetType | None = UNSET
    company_id: Reference | UnsetType | None = UNSET
    completed: Annotated[
        Flag | UnsetType | None, Meta(description="true completes the task, false reopens it")
    ] = UNSET


class Task(Struct, rename="camel", kw_only=True):
    """A task as it stands."""

    id: str
    subject: str
    description: str | None = None
    type: str | None = None
    owner_id: str | None = None
    due_date: Annotated[
        datetime | None, Meta(description="In UTC; of a day without an hour its first moment.")
    ] = None
    contact_id: str | None = None
    company_id: str | None = None
    completed: bool = False
    completed_at: datetime | None = None
    properties: Annotated[
        dict[str, Any], Meta(description="Every key sent that is not one of the others.")
    ] = field(default_factory=dict)


def task_values(task: Task) -> dict[str, Any]:
    """Return the values of a task by the contract's names; its due date as `written_due`."""
    values: dict[str, Any] = msgspec.to_builtins(task)
    if task.due_date is not None:
        values["dueDate"] = written_due(task.due_date)
    return values


def task_with(task: Task, values: Mapping[str, Any]) -> Task:
    """Return a task with other values, as `task_values` returns them.

    Raises:
        msgspec.ValidationError: a task cannot have such a value.
    """
    changed = {**task_values(task), **values}
    due = due_of(changed.pop("dueDate"))
    return msgspec.structs.replace(msgspec.convert(changed, Task), due_date=due)


def due_of(value: Any) -> datetime | None:
    """Parse a due date that may be absent.

    Raises:
        msgspec.ValidationError: it is none.
    """
    try:
        return None if value is None else parse_due(msgspec.convert(value, str))
    except ValueError as error:
        raise msgspec.ValidationError(str(error)) from error


class ReadTasks(Struct):
    """Tasks to read."""

    ids: Identifiers


class CompleteTasks(Struct):
    """Tasks to complete; with `completed: false`, to reopen."""

    ids: Identifiers
    completed: Flag | None = None
