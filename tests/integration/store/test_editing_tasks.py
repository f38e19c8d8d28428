"""Tasks edited, deleted and restored by hand, in both databases: lists, the API, the history."""

from datetime import timedelta
from typing import Any

import pytest

from customcrm.contract.tasks import CompleteTasks, CreateTask, UpdateTask
from customcrm.crm.records import Kind
from customcrm.errors import Conflict, EditConflict, TaskNotFound
from customcrm.operations.browsing.bin import Gone
from customcrm.operations.browsing.events import Day, TaskFilter, TaskState
from customcrm.operations.browsing.records import TimelineFilter
from customcrm.operations.editing import Edit
from customcrm.operations.nouns import Noun
from customcrm.operations.tasks import (
    complete_tasks,
    create_task,
    delete_tasks,
    edit_task,
    read_task,
    read_tasks,
    restore_tasks,
    update_task,
    values_of,
)
from customcrm.store.backend import Store
from tests.integration.store.world import NOW, create, origin, request

USER = origin(actor="user:user_1")
DAY = Day(NOW.replace(hour=0), NOW.replace(hour=0) + timedelta(days=1))


def made(store: Store, subject: str = "Call", **said: Any) -> str:
    asked = CreateTask(subject, **said)
    return create_task(store, asked, {"room": "1"}, request(subject.encode()), origin()).task.id


def listed(store: Store, **said: Any) -> list[str]:
    chosen = TaskFilter(day=DAY, **said)
    lines = store.catalogue.tasks(chosen, None, 9).items
    assert store.catalogue.count_tasks(chosen) == len(lines)
    return [line.task.id for line in lines]


def test_values_change_where_they_stand_as_they_were_seen(store: Store) -> None:
    task = made(store, due_date=NOW, owner_id="u")
    seen = values_of(read_task(store, task))
    when = "2026-05-06T10:00:00Z"

    now = edit_task(
        store,
        task,
        [
            Edit("subject", "Call", "Write"),
            Edit("dueDate", seen["dueDate"], when),
            Edit("ownerId", "u", None),
            Edit("room", "1", "2"),
        ],
        USER,
    )

    assert now == read_task(store, task)
    assert (now.subject, now.owner_id, now.properties) == ("Write", None, {"room": "2"})
    assert values_of(now)["dueDate"] == when
    change = store.catalogue.history(task, None, 1)[0]
    assert (change.actor, change.action) == ("user:user_1", "updated")
    assert change.new == {"subject": "Write", "dueDate": when, "ownerId": None, "room": "2"}


def test_nothing_is_stored_where_somebody_was_faster(store: Store) -> None:
    task = made(store)
    update_task(store, task, UpdateTask(subject="Theirs"), {}, origin())

    with pytest.raises(EditConflict) as caught:
        edit_task(store, task, [Edit("subject", "Call", "Mine"), Edit("type", None, "x")], USER)

    assert caught.value.conflicts == (Conflict("subject", "Call", "Theirs", "Mine"),)
    assert read_task(store, task).type is None


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"due_date": NOW}, {"state": TaskState.TODAY}),
        ({}, {"state": TaskState.UNDATED}),
        ({"completed": True}, {"state": TaskState.DONE}),
        ({"owner_id": "u", "due_date": NOW}, {"owner": "u"}),
    ],
)
def test_a_deleted_task_leaves_every_list_and_comes_back(
    store: Store, said: dict[str, Any], where: dict[str, Any]
) -> None:
    (contact,) = create(store, {"externalId": "1"})
    task = made(store, contact_id=contact, **said)

    def everywhere() -> list[bool]:
        page = store.catalogue.record_page(Kind.CONTACT, contact)
        assert page is not None
        chosen = TimelineFilter(tasks=True)
        timeline = store.catalogue.timeline(Kind.CONTACT, contact, chosen, None, 9)
        return [
            task in listed(store, **where),
            task in listed(store, contact=contact),
            task in [one.id for one in read_tasks(store, [task])],
            bool(page.done or page.tasks),
            any(entry.task for entry in timeline.entries),
        ]

    assert everywhere() == [True] * 5
    assert delete_tasks(store, [task, task, "task_none"], USER) == [task]
    assert delete_tasks(store, [task], USER) == []
    assert everywhere() == [False] * 5
    assert store.catalogue.home(DAY, [], NOW).totals.open_tasks == 0
    line = store.catalogue.task_line(task)
    assert line is not None
    assert line.deleted
    with pytest.raises(TaskNotFound):
        edit_task(store, task, [Edit("subject", "Call", "x")], USER)
    with pytest.raises(TaskNotFound):
        update_task(store, task, UpdateTask(subject="x"), {}, origin())
    assert complete_tasks(store, CompleteTasks([task]), origin()) == []

    assert restore_tasks(store, [task, "task_none"], USER) == [task]
    assert restore_tasks(store, [task], USER) == []
    assert everywhere() == [True] * 5
    told = [(change.actor, change.action) for change in store.catalogue.history(task, None, 2)]
    assert told == [("user:user_1", "restored"), ("user:user_1", "deleted")]


def test_the_bin_tells_the_latest_first_and_page_by_page(store: Store) -> None:
    tasks = [made(store, f"Call {number}") for number in range(5)]
    for number, task in enumerate(tasks):
        at = NOW + timedelta(minutes=number // 2)
        delete_tasks(store, [task], origin(at, f"user:{number}"))

    first = store.catalogue.bin(Noun.TASK, None, 2)
    second = store.catalogue.bin(Noun.TASK, first.after, 2)
    third = store.catalogue.bin(Noun.TASK, second.after, 2)

    assert first.items[0] == Gone(tasks[4], "Call 4", NOW + timedelta(minutes=2), "user:4")
    found = [gone.name for page in (first, second, third) for gone in page.items]
    assert found == [f"Call {number}" for number in (4, 3, 2, 1, 0)]
    assert (first.before, third.after) == (None, None)
    assert store.catalogue.bin(Noun.TASK, third.before, 2) == second
