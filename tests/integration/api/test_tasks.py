"""The operations on tasks."""

from typing import Any

import pytest

from customcrm.crm.records import Kind
from customcrm.store.tables import TASKS
from tests.integration.api.client import Client
from tests.integration.api.rows import Rows
from tests.unit.fakes import START, FakeClock

FULL = {
    "subject": "Call Jane",
    "description": "<b>Ask</b> for the budget",
    "type": "call",
    "ownerId": "user_1",
    "dueDate": "2026-03-02T10:00:00+02:00",
    "contactId": "contact-of-somebody-else",
    "companyId": 7,
    "priority": {"level": 1.0},
}
AT_START = "2026-03-01T09:30:00Z"


def create(client: Client, body: dict[str, Any] | None = None, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.call("POST", "/tasks", body or FULL, status=201, headers=named)


def test_a_task_is_stored_as_it_came(client: Client, rows: Rows) -> None:
    task = create(client)
    assert task == {
        "id": task["id"],
        "subject": "Call Jane",
        "description": "<b>Ask</b> for the budget",
        "type": "call",
        "ownerId": "user_1",
        "dueDate": "2026-03-02T08:00:00Z",
        "contactId": "contact-of-somebody-else",
        "companyId": "7",
        "completed": False,
        "completedAt": None,
        "properties": {"priority": {"level": 1.0}},
    }
    row = rows.one(TASKS)
    assert (row["id"], row["subject"], row["company_id"]) == (task["id"], "Call Jane", "7")
    assert row["due_at"].isoformat() == "2026-03-02T08:00:00+00:00"
    assert repr(row["properties"]) == "{'priority': {'level': 1.0}}"
    assert (row["created_at"], row["updated_at"], row["completed_at"]) == (START, START, None)
    assert client.call("GET", f"/tasks/{task['id']}") == task


def test_a_subject_is_enough(client: Client) -> None:
    task = create(client, {"subject": 7})
    assert task == {
        "id": task["id"],
        "subject": "7",
        "description": None,
        "type": None,
        "ownerId": None,
        "dueDate": None,
        "contactId": None,
        "companyId": None,
        "completed": False,
        "completedAt": None,
        "properties": {},
    }


@pytest.mark.parametrize("body", [{}, {"subject": ""}, {"subject": " \n"}, {"subject": None}])
def test_without_a_subject_there_is_no_task(client: Client, rows: Rows, body: Any) -> None:
    assert client.paths("POST", "/tasks", body) == ["subject"]
    assert rows.of(TASKS) == []


def test_a_date_that_is_none_is_named(client: Client) -> None:
    assert client.paths("POST", "/tasks", {"subject": "S", "dueDate": "soon"}) == ["dueDate"]


def test_a_task_is_changed_by_a_merge(client: Client, rows: Rows, clock: FakeClock) -> None:
    task = create(client)
    clock.advance(60)
    change = {"subject": "Mail", "dueDate": None, "ownerId": "", "new": 1}
    changed = client.call("PATCH", f"/tasks/{task['id']}", change)
    assert changed == {
        **task,
        "subject": "Mail",
        "dueDate": None,
        "ownerId": None,
        "properties": {"priority": {"level": 1.0}, "new": 1},
    }
    row = rows.one(TASKS)
    assert (row["subject"], row["due_at"], row["owner_id"]) == ("Mail", None, None)
    assert (row["created_at"], row["updated_at"]) == (START, clock.now)
    assert client.call("PATCH", f"/tasks/{task['id']}", {"priority": None})["properties"] == {
        "new": 1
    }


def test_a_task_sent_back_as_it_was_read_changes_nothing(client: Client, rows: Rows) -> None:
    task = create(client)
    before = rows.one(TASKS)
    assert client.call("PATCH", f"/tasks/{task['id']}", task) == task
    assert rows.one(TASKS) == before
    assert len(rows.history(task["id"])) == 1


def test_completing_twice_keeps_the_first_moment_and_false_reopens(
    client: Client, rows: Rows, clock: FakeClock
) -> None:
    task = create(client)
    path = f"/tasks/{task['id']}"
    done = client.call("PATCH", path, {"completed": True})
    assert (done["completed"], done["completedAt"]) == (True, AT_START)
    clock.advance(60)
    assert client.call("PATCH", path, {"completed": True}) == done
    assert client.call("PATCH", "/tasks/batch", {"ids": [task["id"]]}) == [done]
    assert rows.one(TASKS)["completed_at"] == START
    assert client.call("PATCH", path, {"completed": False}) == task
    assert rows.one(TASKS)["completed_at"] is None


@pytest.mark.parametrize(
    "body",
    [{"completed": "yes"}, {"completed": 1}, {"subject": ""}, {"dueDate": "soon"}, {"type": []}],
)
def test_a_bad_change_is_named_and_changes_nothing(
    client: Client, rows: Rows, body: dict[str, Any]
) -> None:
    task = create(client)
    before = rows.one(TASKS)
    assert client.paths("PATCH", f"/tasks/{task['id']}", body) == list(body)
    assert rows.one(TASKS) == before


def test_an_unknown_task_is_a_404_that_says_which(client: Client) -> None:
    failure = client.call("GET", "/tasks/task-xyz", status=404)
    assert failure == {
        "error": "Task not found",
        "message": "No task exists with ID: task-xyz",
        "code": "task_not_found",
    }
    assert client.call("PATCH", "/tasks/task-xyz", {"completed": True}, status=404) == failure


def test_a_task_cannot_be_named_batch_away(client: Client) -> None:
    assert client.call("PATCH", "/tasks/batch", {"ids": []}) == []
    assert client.call("POST", "/tasks/batch", {"ids": []}) == []
    client.call("GET", "/tasks/batch", status=405)


def test_many_are_read_in_the_order_asked_each_once(client: Client) -> None:
    one, other = create(client), create(client, {"subject": "Other"})
    asked = [other["id"], "nobody", one["id"], other["id"]]
    assert client.call("POST", "/tasks/batch", {"ids": asked}) == [other, one]


def test_many_are_completed_and_unknown_ones_left_out(client: Client, rows: Rows) -> None:
    one, other = create(client), create(client, {"subject": "Other"})
    third = create(client, {"subject": "Third"})
    body = {"ids": [other["id"], "nobody", one["id"]], "completed": True}
    done = client.call("PATCH", "/tasks/batch", body)
    assert [(task["id"], task["completedAt"]) for task in done] == [
        (other["id"], AT_START),
        (one["id"], AT_START),
    ]
    assert rows.one(TASKS, id=third["id"])["completed_at"] is None
    (reopened,) = client.call("PATCH", "/tasks/batch", {"ids": [one["id"]], "completed": False})
    assert reopened == one


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_bad_ids_are_named(client: Client, method: str) -> None:
    assert client.paths(method, "/tasks/batch", {}) == ["ids"]
    assert client.paths(method, "/tasks/batch", {"ids": [1, None, "", {}]}) == [
        "ids[1]",
        "ids[2]",
        "ids[3]",
    ]


def test_the_same_body_within_60_seconds_is_the_same_task(
    client: Client, rows: Rows, clock: FakeClock
) -> None:
    task = create(client)
    clock.advance(59.9)
    assert create(client) == task
    clock.advance(0.2)
    assert create(client)["id"] != task["id"]
    assert len(rows.of(TASKS)) == 2


def test_a_key_is_remembered_for_24_hours(client: Client, rows: Rows, clock: FakeClock) -> None:
    task = create(client, Idempotency_Key="k")
    clock.advance(24 * 3600 - 0.1)
    assert create(client, Idempotency_Key="k") == task
    clock.advance(0.2)
    assert create(client, Idempotency_Key="k")["id"] != task["id"]
    assert len(rows.of(TASKS)) == 2


def test_a_key_reused_with_another_body_is_a_422(client: Client, rows: Rows) -> None:
    create(client, Idempotency_Key="k")
    other = {"subject": "Other"}
    failure = client.call("POST", "/tasks", other, status=422, headers={"Idempotency-Key": "k"})
    assert failure["code"] == "idempotency_key_reused"
    assert len(rows.of(TASKS)) == 1


@pytest.mark.parametrize("key", ["", "x" * 256, "a\tb", "ñ"])
def test_a_key_that_is_none_is_named(client: Client, rows: Rows, key: str) -> None:
    response = client.send("POST", "/tasks", FULL, headers={"Idempotency-Key": key})
    assert response.status_code == 400
    assert [detail["path"] for detail in response.json()["details"]] == ["Idempotency-Key"]
    assert rows.of(TASKS) == []


def test_a_refused_task_leaves_no_answer_behind(client: Client) -> None:
    headers = {"Idempotency-Key": "k"}
    client.call("POST", "/tasks", {"subject": ""}, status=400, headers=headers)
    create(client, Idempotency_Key="k")


def test_the_history_of_a_task_is_told_by_the_contracts_names(client: Client, rows: Rows) -> None:
    task = create(client, {"subject": "Call", "priority": 1})
    change = {"subject": "Mail", "completed": True, "priority": None}
    client.call("PATCH", f"/tasks/{task['id']}", change)
    created, updated = rows.history(task["id"])
    assert created[0] == "created"
    assert created[1] == {}
    assert created[2]["subject"] == "Call"
    assert updated == (
        "updated",
        {"subject": "Call", "completed": False, "priority": 1},
        {"subject": "Mail", "completed": True, "completedAt": AT_START, "priority": None},
    )


def test_tasks_are_no_records(client: Client) -> None:
    task = create(client)
    assert client.update("contacts", {"crmId": task["id"]})[0]["success"] is False
    assert client.read("companies", task["id"]) == []
    assert Kind.CONTACT not in task["id"]


def test_a_deleted_task_is_not_there_until_it_is_restored(client: Client, rows: Rows) -> None:
    task = create(client)
    rows.change(TASKS, deleted_at=START)
    for method, body in (("GET", None), ("PATCH", {"completed": True})):
        client.call(method, f"/tasks/{task['id']}", body, status=404)
    assert client.call("POST", "/tasks/batch", {"ids": [task["id"]]}) == []
    assert client.call("PATCH", "/tasks/batch", {"ids": [task["id"]]}) == []
    rows.change(TASKS, deleted_at=None)
    assert client.call("GET", f"/tasks/{task['id']}") == task


DAYS = [
    ("2030-03-15", "2030-03-15T00:00:00Z"),
    ("20300315", "2030-03-15T00:00:00Z"),
    ("2030-W11-5", "2030-03-15T00:00:00Z"),
    ("2030-074", "2030-03-15T00:00:00Z"),
    ("0001-01-01", "0001-01-01T00:00:00Z"),
    ("9999-12-31", "9999-12-31T00:00:00Z"),
]


@pytest.mark.parametrize(("day", "moment"), DAYS)
def test_a_due_date_without_an_hour_goes_out_as_its_first_moment(
    client: Client, rows: Rows, day: str, moment: str
) -> None:
    task = create(client, {"subject": "S", "dueDate": day})
    path = f"/tasks/{task['id']}"
    assert task["dueDate"] == moment
    assert create(client, {"subject": "S", "dueDate": day}) == task
    assert client.call("GET", path) == task
    # Sent back as it was read, it is still a day.
    assert client.call("PATCH", path, task) == task
    row = rows.one(TASKS)
    assert (row["due_at"], row["due_day"].isoformat()) == (None, moment.replace("Z", "+00:00"))


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("2030-03-14T24:00:00Z", "2030-03-15T00:00:00Z"),
        ("2030-03-14T23:59:60Z", "2030-03-15T00:00:00Z"),
        ("20300315T101500Z", "2030-03-15T10:15:00Z"),
        ("2030-03-15T10:15:00+01", "2030-03-15T09:15:00Z"),
        ("2030-03-15t10:15:00,5z", "2030-03-15T10:15:00.500000Z"),
        ("2030-W11-5T10:15Z", "2030-03-15T10:15:00Z"),
    ],
)
def test_a_due_date_in_any_format_is_a_moment_in_utc(
    client: Client, rows: Rows, sent: str, stored: str
) -> None:
    task = create(client, {"subject": "S", "dueDate": "2030-01-01"})
    changed = client.call("PATCH", f"/tasks/{task['id']}", {"dueDate": sent})
    assert changed["dueDate"] == stored
    row = rows.one(TASKS)
    assert row["due_day"] is None
    assert row["due_at"].isoformat().replace("+00:00", "Z") == stored
