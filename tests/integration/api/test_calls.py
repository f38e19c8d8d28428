"""The log of calls: who asked what, and what became of it. On databases of its own, for the log
is written when the application closes."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from customcrm.app import create_app
from customcrm.settings import Settings
from customcrm.store.tables import CALLS
from tests.integration.api.client import KEY, Client, connected
from tests.integration.api.rows import opened_rows
from tests.unit.fakes import START, FakeClock, FakeIds

Logged = Callable[[], list[dict[str, Any]]]
COUNTS = ("received", "created", "updated", "linked", "unchanged", "matched", "failed")


@pytest.fixture
def app_and_log(database_url: str) -> Iterator[tuple[Client, Logged]]:
    """A client, and what the log holds once the application is closed."""
    settings = Settings(api_key=KEY, database_url=database_url)
    app = create_app(settings, clock=FakeClock(), new_id=FakeIds())

    def logged() -> list[dict[str, Any]]:
        app.state.close()
        with opened_rows(database_url) as rows:
            return rows.of(CALLS)

    with connected(app) as client:
        yield client, logged
        app.state.close()


def counts(row: dict[str, Any]) -> dict[str, int]:
    return {name: row[name] for name in COUNTS if row[name]}


def test_every_call_is_logged_with_its_counts(app_and_log: tuple[Client, Logged]) -> None:
    client, logged = app_and_log
    jane = client.create(
        "contacts",
        {"externalId": "1", "email": "a@acme.com"},
        {"externalId": "2", "email": "a@acme.com"},
        {"externalId": "1", "email": "a@acme.com"},
        {"externalId": "1", "title": "CEO"},
    )[0]
    client.sync("contacts", {"externalId": "1"}, {"externalId": "nobody"})
    client.update("contacts", {"crmId": jane, "title": "CTO"}, {"crmId": "nobody"}, {"crmId": jane})
    client.read("contacts", jane, "nobody")
    task = client.call("POST", "/tasks", {"subject": "S"}, status=201)
    client.call("POST", "/tasks", {"subject": "S"}, status=201)
    client.call("PATCH", "/tasks/batch", {"ids": [task["id"], "nobody"]})
    client.call("GET", f"/tasks/{task['id']}")
    client.call("GET", "/health")
    told = [(row["operation"], row["status"], counts(row)) for row in logged()]
    assert told == [
        (
            "create_contacts",
            201,
            {**dict.fromkeys(["created", "updated", "linked", "unchanged"], 1), "received": 4},
        ),
        ("sync_contacts", 200, {"received": 2, "matched": 1}),
        ("update_contacts", 200, {"received": 3, "updated": 1, "failed": 1, "unchanged": 1}),
        ("read_contacts", 200, {"received": 2, "matched": 1}),
        ("create_task", 201, {"received": 1, "created": 1}),
        ("create_task", 201, {"received": 1, "unchanged": 1}),
        ("complete_tasks", 200, {"received": 2, "updated": 1}),
        ("read_task", 200, {}),
        ("check_health", 200, {}),
    ]


def test_a_row_tells_who_when_and_which_items_failed_or_were_linked(
    app_and_log: tuple[Client, Logged],
) -> None:
    client, logged = app_and_log
    response = client.send(
        "POST",
        "/companies",
        {
            "companies": [
                {"externalId": "1", "domain": "acme.com"},
                {"externalId": "2", "domain": "www.acme.com"},
            ]
        },
    )
    acme = response.json()["results"][0]["crmId"]
    client.update("companies", {"crmId": acme}, {"crmId": "nobody"})
    created, updated = logged()
    assert created["request_id"] == response.headers["X-Request-Id"]
    assert (created["at"], created["actor"], created["error"]) == (START, "key:configured", "")
    assert created["duration_us"] > 0
    assert created["items"] == [
        {"index": 1, "id": "2", "recordId": acme, "effect": "linked", "reason": "domain"}
    ]
    assert updated["items"] == [
        {
            "index": 1,
            "id": "nobody",
            "recordId": "",
            "effect": "failed",
            "reason": "Company not found",
        }
    ]


def test_a_failing_association_is_told(app_and_log: tuple[Client, Logged]) -> None:
    client, logged = app_and_log
    pair = {"contactCRMId": "nobody", "companyCRMId": "nothing"}
    client.call("POST", "/associations", {"associations": [pair]})
    (row,) = logged()
    assert counts(row) == {"received": 1, "failed": 1}
    assert row["items"][0]["reason"] == "Contact not found"


def test_a_refused_call_is_logged_with_its_error_but_nothing_of_its_body(
    app_and_log: tuple[Client, Logged],
) -> None:
    client, logged = app_and_log
    private = {"contacts": [{"email": "jane@acme.com"}]}
    client.call("POST", "/contacts", private, status=400)
    client.with_key("wrong-key").call("POST", "/contacts", private, status=401)
    client.call("GET", "/tasks/jane@acme.com", status=404)
    rows = logged()
    assert [(row["status"], row["error"], row["actor"], counts(row)) for row in rows] == [
        (400, "invalid_request", "key:configured", {}),
        (401, "unauthorized", "", {}),
        (404, "task_not_found", "key:configured", {}),
    ]
    (wrong,) = rows[0]["items"]
    assert (wrong["id"], wrong["effect"]) == ("contacts[0].externalId", "refused")
    assert wrong["reason"]
    assert rows[1]["items"] == rows[2]["items"] == []
    told = json.dumps(rows, default=str)
    assert "jane" not in told
    assert "wrong-key" not in told
    assert KEY not in told


def test_what_is_no_operation_is_not_logged(app_and_log: tuple[Client, Logged]) -> None:
    client, logged = app_and_log
    client.call("POST", "/deals", {}, status=404)
    client.call("DELETE", "/contacts", status=405)
    client.fetch("GET", "/livez")
    client.fetch("GET", "/docs")
    assert logged() == []


def test_strangers_cannot_flood_the_log(app_and_log: tuple[Client, Logged]) -> None:
    client, logged = app_and_log
    stranger = client.with_key(None)
    for _ in range(100):
        stranger.call("GET", "/health", status=401)
    client.call("GET", "/health")
    rows = logged()
    assert len(rows) < 60
    assert [row["status"] for row in rows].count(200) == 1


@pytest.mark.parametrize(
    ("sent", "remarks"),
    [
        ({"type": "EMAIL", "direction": "INBOUND"}, []),
        ({"type": " e-mail ", "direction": "inbound"}, []),
        ({"type": "EMAIL"}, []),
        ({"type": "WHATSAPP"}, ["unknown activity type WHATSAPP"]),
        ({"type": "EMAIL", "direction": "UP"}, ["unknown activity direction UP"]),
        ({"type": "SMS", "direction": "UP"},
         ["unknown activity type SMS", "unknown activity direction UP"]),
    ],
)  # fmt: skip
def test_the_log_names_an_unknown_type_or_direction(
    app_and_log: tuple[Client, Logged], sent: dict[str, Any], remarks: list[str]
) -> None:
    client, logged = app_and_log
    activity = client.call("POST", "/activities", sent, status=201)
    (row,) = logged()
    assert (row["status"], counts(row)) == (201, {"received": 1, "created": 1})
    assert row["items"] == [
        {"index": 0, "id": "", "recordId": activity["id"], "effect": "noted", "reason": remark}
        for remark in remarks
    ]
