"""Tasks, one by one and in batches, and what a repeated one does."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.acceptance.records import Record, fresh
from tests.acceptance.refusals import assert_is_an_error, paths
from tests.acceptance.server import Client


def new(client: Client, **fields: Any) -> Any:
    return client.call("POST", "/tasks", {"subject": fresh("task")} | fields, status=201)


def get(client: Client, task: Record) -> Any:
    return client.call("GET", f"/tasks/{task['id']}", status=200)


def patch(client: Client, task: Record, body: Record) -> Any:
    return client.call("PATCH", f"/tasks/{task['id']}", body, status=200)


def test_a_task_is_read_as_it_was_answered(client: Client) -> None:
    task = new(client, type="meeting", dueDate="2026-02-15T10:00:00Z")
    assert get(client, task) == task


def test_unknown_contacts_companies_and_owners_are_kept_as_sent(client: Client) -> None:
    task = new(client, contactId="hub-1", companyId="hub-2", ownerId="hub-3")
    names = ("contactId", "companyId", "ownerId")
    assert [get(client, task)[name] for name in names] == ["hub-1", "hub-2", "hub-3"]


def test_a_number_is_taken_for_an_id(client: Client) -> None:
    task = new(client, contactId=123, companyId=456, ownerId=789)
    names = ("contactId", "companyId", "ownerId")
    assert [get(client, task)[name] for name in names] == ["123", "456", "789"]


def test_keys_that_no_task_has_are_no_error(client: Client) -> None:
    task = new(client, priority="high", nested={"a": [1]})
    patch(client, task, {"completed": True, "outcome": "left a message"})


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-02-15T10:00:00Z", datetime(2026, 2, 15, 10, tzinfo=UTC)),
        ("2026-02-15T10:00:00+02:00", datetime(2026, 2, 15, 8, tzinfo=UTC)),
        ("2026-02-15T10:00:00.250-05:30", datetime(2026, 2, 15, 15, 30, 0, 250_000, tzinfo=UTC)),
        ("2026-02-15T10:00:00", datetime(2026, 2, 15, 10, tzinfo=UTC)),
        ("2026-02-15", datetime(2026, 2, 15, tzinfo=UTC)),
    ],
)
def test_dates_go_out_in_utc(client: Client, written: str, meant: datetime) -> None:
    due = new(client, dueDate=written)["dueDate"]
    assert due.endswith("Z")
    assert datetime.fromisoformat(due) == meant


@pytest.mark.parametrize("body", [{}, {"subject": ""}, {"subject": None}])
def test_a_task_needs_a_subject(client: Client, body: Record) -> None:
    assert paths(client.send("POST", "/tasks", body | {"type": "call"})) == {"subject"}


@pytest.mark.parametrize("date", ["tomorrow", "2026-13-01", "15/02/2026", "2026-02-30T10:00:00Z"])
def test_a_date_that_is_none_is_refused(client: Client, date: str) -> None:
    body = {"subject": fresh(), "dueDate": date}
    assert paths(client.send("POST", "/tasks", body)) == {"dueDate"}
    task = new(client)
    assert paths(client.send("PATCH", f"/tasks/{task['id']}", {"dueDate": date})) == {"dueDate"}
    assert get(client, task) == task


def test_completing_a_task_says_when(client: Client) -> None:
    before = datetime.now(UTC) - timedelta(seconds=5)
    task = patch(client, new(client), {"completed": True})
    assert task["completed"] is True
    assert task["completedAt"].endswith("Z")
    assert before < datetime.fromisoformat(task["completedAt"]) < before + timedelta(seconds=60)
    assert get(client, task) == task


def test_completing_a_task_twice_keeps_the_first_time(client: Client) -> None:
    task = new(client)
    first = patch(client, task, {"completed": True})
    assert patch(client, task, {"completed": True})["completedAt"] == first["completedAt"]
    body = {"ids": [task["id"]], "completed": True}
    (third,) = client.call("PATCH", "/tasks/batch", body, status=200)
    assert third["completedAt"] == first["completedAt"]


def test_false_reopens_a_task(client: Client) -> None:
    task = new(client)
    patch(client, task, {"completed": True})
    reopened = patch(client, task, {"completed": False})
    assert reopened["completed"] is False
    assert reopened["completedAt"] is None
    assert get(client, task) == reopened


def test_any_other_field_of_a_task_can_be_changed(client: Client) -> None:
    task = new(client, description="old", type="call", ownerId="user-1")
    changes = {"subject": fresh(), "description": "new", "dueDate": "2026-05-01T00:00:00Z"}
    changed = patch(client, task, changes)
    assert changed["subject"] == changes["subject"]
    assert changed["description"] == "new"
    assert datetime.fromisoformat(changed["dueDate"]) == datetime(2026, 5, 1, tzinfo=UTC)
    kept = ("id", "type", "ownerId", "completed", "completedAt")
    assert {name: changed[name] for name in kept} == {name: task[name] for name in kept}
    assert get(client, task) == changed


def test_the_task_of_the_url_is_changed_and_no_other(client: Client) -> None:
    task, other = new(client), new(client)
    patch(client, task, {"completed": True, "id": other["id"]})
    assert get(client, task)["completed"] is True
    assert get(client, other) == other


def test_a_missing_completed_in_a_batch_means_true(client: Client) -> None:
    task = new(client)
    (updated,) = client.call("PATCH", "/tasks/batch", {"ids": [task["id"]]}, status=200)
    assert updated["completed"] is True
    assert updated["completedAt"] is not None


def test_a_batch_reopens_tasks_too(client: Client) -> None:
    tasks = [new(client), new(client)]
    ids = [task["id"] for task in tasks]
    client.call("PATCH", "/tasks/batch", {"ids": ids, "completed": True}, status=200)
    client.call("PATCH", "/tasks/batch", {"ids": ids, "completed": False}, status=200)
    assert [get(client, task)["completedAt"] for task in tasks] == [None, None]


@pytest.mark.parametrize("ids", [[], ["unknown", "task-xyz"]])
def test_a_batch_of_no_known_task_is_an_empty_array(client: Client, ids: list[str]) -> None:
    assert client.call("POST", "/tasks/batch", {"ids": ids}, status=200) == []
    assert client.call("PATCH", "/tasks/batch", {"ids": ids, "completed": True}, status=200) == []


def test_the_same_bytes_within_a_minute_are_the_same_task(client: Client) -> None:
    body = {"subject": fresh(), "type": "call"}
    first = client.call("POST", "/tasks", body, status=201)
    assert client.call("POST", "/tasks", body, status=201) == first
    other = client.call("POST", "/tasks", body | {"type": "email"}, status=201)
    assert other["id"] != first["id"]


def test_the_same_idempotency_key_and_body_get_the_first_answer_again(client: Client) -> None:
    headers = {"Idempotency-Key": fresh()}
    body = {"subject": fresh()}
    first = client.call("POST", "/tasks", body, status=201, headers=headers)
    patch(client, first, {"completed": True})
    assert client.call("POST", "/tasks", body, status=201, headers=headers) == first


def test_the_same_idempotency_key_with_another_body_is_a_422(client: Client) -> None:
    headers = {"Idempotency-Key": fresh()}
    first = client.call("POST", "/tasks", {"subject": fresh()}, status=201, headers=headers)
    assert_is_an_error(client.send("POST", "/tasks", {"subject": "x"}, headers=headers), 422)
    assert get(client, first) == first


def test_two_idempotency_keys_make_two_tasks_of_one_body(client: Client) -> None:
    body = {"subject": fresh()}
    first, second = (
        client.call("POST", "/tasks", body, status=201, headers={"Idempotency-Key": fresh()})
        for _ in range(2)
    )
    assert first["id"] != second["id"]


def test_a_refused_task_does_not_use_up_its_idempotency_key(client: Client) -> None:
    headers = {"Idempotency-Key": fresh()}
    assert_is_an_error(client.send("POST", "/tasks", {"subject": ""}, headers=headers), 400)
    assert client.call("POST", "/tasks", {"subject": fresh()}, status=201, headers=headers)["id"]
