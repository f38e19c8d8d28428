from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from customcrm.contract.tasks import CompleteTasks, CreateTask, Task, UpdateTask
from customcrm.errors import TaskNotFound
from customcrm.operations.repeats import Request
from customcrm.operations.tasks import (
    CreatedTask,
    complete_tasks,
    create_task,
    read_task,
    read_tasks,
    update_task,
)
from tests.unit.fakes import START, FakeClock, fake_origin
from tests.unit.memory_backend import MemoryBackend

TASK = Task(
    id="task_000001",
    subject="Call Jane",
    description="Ask for the budget",
    type="call",
    owner_id="user_1",
    due_date=datetime(2026, 3, 2, tzinfo=UTC),
    contact_id="contact_1",
    company_id="company_1",
    properties={"priority": "high"},
)


class Desk:
    """The verbs of tasks, on a CRM in memory."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.backend = MemoryBackend()
        self.origin = fake_origin(self.clock)

    def create(self, key: str | None = None, *, body: bytes = b"1", **custom: Any) -> CreatedTask:
        asked = CreateTask(
            subject=TASK.subject,
            description=TASK.description,
            type=TASK.type,
            owner_id=TASK.owner_id,
            due_date=TASK.due_date,
            contact_id=TASK.contact_id,
            company_id=TASK.company_id,
        )
        request = Request("create_task", body, key)
        properties = custom or {"priority": "high"}
        return create_task(self.backend, asked, properties, request, self.origin)

    def update(self, asked: UpdateTask, **custom: Any) -> Task:
        return update_task(self.backend, TASK.id, asked, custom, self.origin)

    def complete(self, *ids: str, completed: bool = True) -> list[Task]:
        return complete_tasks(self.backend, CompleteTasks(list(ids), completed), self.origin)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_task_is_kept_as_it_came(desk: Desk) -> None:
    assert desk.create() == (TASK, True)
    assert read_task(desk.backend, TASK.id) == TASK


def test_a_task_can_be_born_completed(desk: Desk) -> None:
    asked = CreateTask(subject="Done", completed=True)
    task, _ = create_task(desk.backend, asked, {}, Request("create_task", b""), desk.origin)
    assert (task.completed, task.completed_at) == (True, START)


def test_an_unknown_task_is_not_found(desk: Desk) -> None:
    with pytest.raises(TaskNotFound, match="No task exists with ID: task-xyz"):
        read_task(desk.backend, "task-xyz")
    with pytest.raises(TaskNotFound):
        update_task(desk.backend, "task-xyz", UpdateTask(completed=True), {}, desk.origin)


def test_many_are_read_in_the_order_asked_each_once(desk: Desk) -> None:
    ids = [desk.create(body=bytes([n])).task.id for n in range(3)]
    asked = [ids[2], "nobody", ids[0], ids[2]]
    assert [task.id for task in read_tasks(desk.backend, asked)] == [ids[2], ids[0]]


def test_a_change_is_a_merge_and_null_clears(desk: Desk) -> None:
    desk.create()
    changed = desk.update(UpdateTask(subject="Mail Jane", due_date=None), budget=9)
    assert changed == replace(
        TASK, subject="Mail Jane", due_date=None, properties={"priority": "high", "budget": 9}
    )
    assert read_task(desk.backend, TASK.id) == changed
    assert desk.update(UpdateTask(), priority=None).properties == {"budget": 9}


@pytest.mark.parametrize(("before", "after"), [(1, True), (0, False), (1, 1.0), ([1], [True])])
def test_a_change_between_values_that_are_equal_in_python_alone_is_kept(
    desk: Desk, before: object, after: object
) -> None:
    desk.create(flag=before)
    desk.update(UpdateTask(), flag=after)
    assert repr(read_task(desk.backend, TASK.id).properties["flag"]) == repr(after)


def test_completing_twice_keeps_the_first_moment(desk: Desk) -> None:
    desk.create()
    desk.clock.advance(10)
    first = desk.update(UpdateTask(completed=True))
    desk.clock.advance(10)
    assert desk.update(UpdateTask(completed=True)) == first
    assert desk.complete(TASK.id) == [first]
    assert first.completed_at
    assert (first.completed_at - START).total_seconds() == 10


def test_a_task_can_be_reopened_and_completed_anew(desk: Desk) -> None:
    desk.create()
    desk.update(UpdateTask(completed=True))
    reopened = desk.update(UpdateTask(completed=False))
    assert (reopened.completed, reopened.completed_at) == (False, None)
    desk.clock.advance(10)
    again = desk.update(UpdateTask(completed=True))
    assert again.completed_at == desk.clock.now


def test_a_change_of_something_else_leaves_it_completed(desk: Desk) -> None:
    desk.create()
    desk.update(UpdateTask(completed=True))
    desk.clock.advance(10)
    changed = desk.update(UpdateTask(subject="Other"))
    assert (changed.completed, changed.completed_at) == (True, START)


def test_many_are_completed_in_the_order_asked_and_unknown_ones_left_out(desk: Desk) -> None:
    ids = [desk.create(body=bytes([n])).task.id for n in range(3)]
    done = desk.complete(ids[2], "nobody", ids[0], ids[2])
    assert [(task.id, task.completed) for task in done] == [(ids[2], True), (ids[0], True)]
    assert not read_task(desk.backend, ids[1]).completed
    (reopened,) = desk.complete(ids[2], completed=False)
    assert not reopened.completed


def test_the_same_body_within_60_seconds_is_the_same_task(desk: Desk) -> None:
    first = desk.create().task
    desk.clock.advance(59.9)
    assert desk.create() == (first, False)
    assert len(desk.backend.data.tasks) == 1


def test_the_same_body_after_60_seconds_is_another_task(desk: Desk) -> None:
    first = desk.create().task
    desk.clock.advance(60.1)
    assert desk.create().made
    assert desk.create().task.id != first.id
    assert len(desk.backend.data.tasks) == 2


def test_repeats_do_not_prolong_the_60_seconds(desk: Desk) -> None:
    desk.create()
    desk.clock.advance(40)
    desk.create()
    desk.clock.advance(20.1)
    assert desk.create().made


def test_another_body_is_another_task(desk: Desk) -> None:
    assert desk.create(body=b"1").task.id != desk.create(body=b"2").task.id


def test_a_repeat_hears_the_first_answer_even_if_the_task_has_changed_since(desk: Desk) -> None:
    first = desk.create("key").task
    desk.update(UpdateTask(completed=True))
    assert desk.create("key") == (first, False)
