"""A row of history for every change, and no row of anything where nothing changes."""

import json
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from customcrm.contract.activities import CreateActivity
from customcrm.contract.tasks import CompleteTasks, CreateTask, UpdateTask
from customcrm.crm.records import Kind
from customcrm.operations.activities import create_activity
from customcrm.operations.associations import create_associations
from customcrm.operations.ports import Pair
from customcrm.operations.tasks import complete_tasks, create_task, update_task
from customcrm.store.backend import Store
from customcrm.store.columns import microseconds
from tests.integration.store.driver import Driver
from tests.integration.store.sql import everything, rows, run
from tests.integration.store.world import (
    NOW,
    create,
    creation,
    firms,
    origin,
    people,
    request,
    update,
)

LATER = NOW + timedelta(hours=1)


def _history(url: str) -> list[tuple[Any, ...]]:
    found = rows(
        url, "SELECT record_id, action, old_values, new_values FROM history ORDER BY number"
    )
    return [(who, what, json.loads(old), json.loads(new)) for who, what, old, new in found]


def test_a_record_that_is_made_tells_what_it_came_with(store: Store, database_url: str) -> None:
    (jo,) = create(store, {"externalId": "a", "email": "jo@acme.example", "n": 1, "no": None})

    expected = {"email": "jo@acme.example", "n": 1, "externalId": ["a"]}
    assert _history(database_url) == [(jo, "created", {}, expected)]


def test_a_row_says_when_and_by_whom(store: Store, database_url: str) -> None:
    create(store, {"externalId": "a"}, at=LATER)

    assert rows(database_url, "SELECT at, actor FROM history") == [
        (microseconds(LATER), "key:enginy")
    ]


def test_an_update_tells_what_was_and_what_is(store: Store, database_url: str) -> None:
    (jo,) = create(store, {"externalId": "a", "title": "CEO", "city": "Vigo", "n": 1, "same": 0})

    update(store, {"crmId": jo, "title": "CTO", "city": None, "n": True, "new": [1], "same": 0})

    assert _history(database_url)[1:] == [
        (
            jo,
            "updated",
            {"title": "CEO", "city": "Vigo", "n": 1},
            {"title": "CTO", "city": None, "n": True, "new": [1]},
        )
    ]
    assert _history(database_url)[1][3]["n"] is True


def test_a_link_tells_the_new_name_and_what_was_filled_in(store: Store, database_url: str) -> None:
    (jo,) = create(store, {"externalId": "a", "email": "jo@acme.example", "title": "CEO"})

    create(store, {"externalId": "b", "email": "JO@acme.example", "title": "x", "city": "Vigo"})

    assert _history(database_url)[1:] == [(jo, "linked", {}, {"city": "Vigo", "externalId": ["b"]})]


def test_an_update_that_names_a_record_is_a_link(store: Store, database_url: str) -> None:
    (jo,) = create(store, {"externalId": "a"})

    update(store, {"crmId": jo, "externalId": "b"})

    assert _history(database_url)[1:] == [(jo, "linked", {}, {"externalId": ["b"]})]


def test_a_record_that_is_restored_tells_it(store: Store, database_url: str) -> None:
    (jo,) = create(store, {"externalId": "a", "title": "CEO"})
    run(database_url, "UPDATE contacts SET deleted_at = 1")

    create(store, {"externalId": "a", "title": "CTO"})

    assert _history(database_url)[1:] == [(jo, "restored", {"title": "CEO"}, {"title": "CTO"})]


def test_several_changes_in_one_batch_are_one_row(store: Store, database_url: str) -> None:
    (jo,) = create(store, {"externalId": "a", "title": "1"})

    update(store, {"crmId": jo, "title": "2"}, {"crmId": jo, "title": "3"})

    assert _history(database_url)[1:] == [(jo, "updated", {"title": "1"}, {"title": "3"})]


def test_a_change_that_is_taken_back_in_its_batch_is_no_change(
    store: Store, database_url: str
) -> None:
    (jo,) = create(store, {"externalId": "a", "title": "1"})
    before = everything(database_url)

    update(store, {"crmId": jo, "title": "2"}, {"crmId": jo, "title": "1"}, at=LATER)

    assert everything(database_url) == before


def test_a_task_tells_its_changes(store: Store, database_url: str) -> None:
    asked = CreateTask("Call Jo", type="call", due_date=NOW)
    task = create_task(store, asked, {"n": 1}, request(), origin()).task
    update_task(
        store,
        task.id,
        UpdateTask(subject="Call Jane", type=None, due_date=LATER),
        {"n": None, "m": 2},
        origin(LATER),
    )
    complete_tasks(store, CompleteTasks([task.id]), origin(LATER))
    complete_tasks(store, CompleteTasks([task.id], completed=False), origin(LATER))

    now, later = (msgspec.to_builtins(at) for at in (NOW, LATER))
    created, changed, completed, reopened = _history(database_url)
    assert created[:3] == (task.id, "created", {})
    assert created[3].items() >= {"subject": "Call Jo", "type": "call", "dueDate": now}.items()
    assert changed == (
        task.id,
        "updated",
        {"subject": "Call Jo", "type": "call", "dueDate": now, "n": 1},
        {"subject": "Call Jane", "type": None, "dueDate": later, "n": None, "m": 2},
    )
    assert completed[1:] == (
        "updated",
        {"completed": False},
        {"completed": True, "completedAt": later},
    )
    assert reopened[1:] == (
        "updated",
        {"completed": True, "completedAt": later},
        {"completed": False, "completedAt": None},
    )


def test_a_custom_property_of_a_task_has_one_place_in_its_history(
    store: Store, database_url: str
) -> None:
    task = create_task(store, CreateTask("s"), {"n": 1}, request(), origin()).task
    update_task(store, task.id, UpdateTask(), {"n": 2}, origin())

    assert [row[3].get("n") for row in _history(database_url)] == [1, 2]


@pytest.mark.parametrize(("old", "new"), [(1, True), (False, 0), (2, 2.0)])
def test_a_task_tells_a_number_from_a_truth(
    store: Store, database_url: str, old: Any, new: Any
) -> None:
    task = create_task(store, CreateTask("s"), {"n": old}, request(), origin()).task
    update_task(store, task.id, UpdateTask(), {"n": new}, origin())

    assert rows(database_url, "SELECT properties FROM tasks") == [
        (json.dumps({"n": new}, separators=(",", ":")),)
    ]


def test_a_full_retry_writes_nothing(driver: Driver, store: Store, database_url: str) -> None:
    contacts, companies = people(5), firms(5)
    sent = CreateActivity("EMAIL", metadata={"messageId": "m"})

    def run_through(contacts: list[dict[str, Any]], hours: int) -> None:
        who = origin(NOW + timedelta(hours=hours))
        at = who.clock()
        ids = [one.record_id for one in creation(store, contacts, at=at)]
        others = create(store, *companies, kind=Kind.COMPANY, at=at)
        ends = zip(ids, others, strict=True)
        create_associations(store, [Pair(*pair, {"role": "CEO"}) for pair in ends], who)
        update(store, *[{"crmId": i, "engaged": "Yes", "no": None} for i in ids], at=at)
        asked = CreateTask("Call", contact_id=ids[0])
        task = create_task(store, asked, {}, request(b"{}", "key"), who).task
        update_task(store, task.id, UpdateTask(type="call"), {"n": 1}, who)
        complete_tasks(store, CompleteTasks([task.id, "unknown"]), who)
        create_activity(store, sent, {}, request(), who)

    run_through(contacts, 0)
    before = everything(database_url)
    driver.clear()

    run_through(contacts, 1)

    assert driver.changes == []
    assert everything(database_url) == before


def test_a_linked_batch_that_comes_again_writes_nothing(
    driver: Driver, store: Store, database_url: str
) -> None:
    batch = [
        {"externalId": "a", "email": "jo@acme.example"},
        {"externalId": "b", "email": "jo@acme.example"},
        {"externalId": "c", "email": "jo@acme.example"},
    ]
    ids = create(store, *batch)
    before = everything(database_url)
    driver.clear()

    assert create(store, *batch, at=LATER) == ids

    assert driver.changes == []
    assert everything(database_url) == before
