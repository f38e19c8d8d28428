"""The operations on activities."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from customcrm.store.tables import ACTIVITIES, ACTIVITY_KINDS
from tests.integration.api.client import Client
from tests.integration.api.rows import Rows
from tests.unit.fakes import START, FakeClock

FULL: dict[str, Any] = {
    "type": "EMAIL",
    "direction": "OUTBOUND",
    "subject": "[1/3] [FROM Acme Corp] John Smith",
    "body": "<p>Hello <script>alert(1)</script></p>",
    "ownerId": "user_1",
    "occurredAt": "2026-02-28T23:00:00-05:00",
    "contactId": "contact_1",
    "companyId": "company_1",
    "metadata": {"messageId": "m1", "sequenceIndex": 1, "sequenceMessageCount": 3, "x": [1.0]},
    "campaign": "A",
}
EVENTS = [
    (kind, direction)
    for kind in ("EMAIL", "LINKEDIN", "LINKEDIN_INMAIL", "LINKEDIN_CONNECTION")
    for direction in ("INBOUND", "OUTBOUND")
]


def create(client: Client, body: dict[str, Any] | None = None, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.call("POST", "/activities", body or FULL, status=201, headers=named)


def test_an_activity_is_stored_as_it_came(client: Client, rows: Rows) -> None:
    activity = create(client)
    assert activity == {
        **{name: value for name, value in FULL.items() if name != "campaign"},
        "id": activity["id"],
        "occurredAt": "2026-03-01T04:00:00Z",
        "properties": {"campaign": "A"},
    }
    row = rows.one(ACTIVITIES)
    assert (row["id"], row["type"], row["direction"]) == (activity["id"], "EMAIL", "OUTBOUND")
    assert repr(row["metadata"]) == repr(FULL["metadata"])
    assert row["occurred_at"].isoformat() == "2026-03-01T04:00:00+00:00"
    assert row["created_at"] == START
    assert client.call("GET", f"/activities/{activity['id']}") == activity


@pytest.mark.parametrize(("kind", "direction"), EVENTS)
def test_every_event_of_the_contract_is_taken(client: Client, kind: str, direction: str) -> None:
    activity = create(client, {"type": kind, "direction": direction})
    assert (activity["type"], activity["direction"]) == (kind, direction)


def test_a_type_is_enough(client: Client) -> None:
    activity = create(client, {"type": "LINKEDIN"})
    assert activity == {
        "id": activity["id"],
        "type": "LINKEDIN",
        "direction": None,
        "subject": None,
        "body": None,
        "ownerId": None,
        "occurredAt": None,
        "contactId": None,
        "companyId": None,
        "metadata": None,
        "properties": {},
    }


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        ({}, ["type"]),
        ({"type": " "}, ["type"]),
        ({"type": None}, ["type"]),
        ({"type": "EMAIL", "direction": 1}, ["direction"]),
        ({"type": "EMAIL", "occurredAt": "now"}, ["occurredAt"]),
        ({"type": "EMAIL", "metadata": '{"messageId":"1"}'}, ["metadata"]),
        ({"type": 1, "direction": [], "metadata": []}, ["type", "direction", "metadata"]),
    ],
)
def test_what_makes_no_sense_is_named(
    client: Client, rows: Rows, body: dict[str, Any], paths: list[str]
) -> None:
    assert client.paths("POST", "/activities", body) == paths
    assert rows.of(ACTIVITIES) == []


def test_each_unknown_kind_is_stored_once(client: Client, rows: Rows) -> None:
    for number, (type_, direction) in enumerate(
        [("SMS", "INBOUND"), ("SMS", "INBOUND"), ("SMS", None), ("EMAIL", "UP"), ("EMAIL", None)]
    ):
        body = {"type": type_, "direction": direction, "metadata": {"messageId": number}}
        assert create(client, body)["type"] == type_
    kinds = {(row["type"], row["direction"]) for row in rows.of(ACTIVITY_KINDS)}
    assert kinds == {("SMS", "INBOUND"), ("SMS", ""), ("EMAIL", "UP")}
    assert len(rows.of(ACTIVITIES)) == 5


def test_one_message_in_two_spellings_of_its_type_is_one_activity(client: Client) -> None:
    first, *others = (
        create(client, FULL | {"type": type_, "direction": direction})["id"]
        for type_, direction in [
            ("EMAIL", "OUTBOUND"),
            ("e-mail", " outbound"),
            ("Email", "Outbound"),
        ]
    )
    assert set(others) == {first}


REPEATED = [
    {"type": "EMAIL", "body": "hello"},
    {"type": "WHATSAPP", "direction": "INBOUND", "contactId": "contact_1"},
    {"type": "LINKEDIN", "metadata": {"sequenceIndex": 1, "sequenceMessageCount": 3}},
    {"type": "EMAIL", "metadata": {"messageId": ""}},
    {"type": "EMAIL", "metadata": {"messageId": None}},
    {"type": "EMAIL", "metadata": {}},
    {"type": "VISIT", "occurredAt": "2026-03-01T09:30:00Z"},
    {"type": "VOICE", "direction": "SIDEWAYS", "subject": "[2/3] [FROM Acme] Jo"},
    {"type": "EMAIL", "metadata": {"messageId": {"odd": 1}}},
    {"type": "EMAIL", "campaign": "A", "metadata": {"messageId": [1]}},
]


@pytest.mark.parametrize("body", REPEATED)
def test_a_repeat_without_a_message_id_is_known_for_a_minute(
    client: Client, rows: Rows, clock: FakeClock, body: dict[str, Any]
) -> None:
    first = create(client, body)
    clock.advance(59)
    assert create(client, body) == first
    turned = dict(reversed(body.items())) if len(body) > 1 else {**body, "extra": 1}
    assert create(client, turned)["id"] != first["id"]
    clock.advance(2)
    assert create(client, body)["id"] != first["id"]
    assert len(rows.of(ACTIVITIES)) == 3


def test_repeats_at_the_same_instant_are_one_activity(client: Client, rows: Rows) -> None:
    body = {"type": "WHATSAPP", "direction": "OUTBOUND", "metadata": {"sequenceIndex": 2}}
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: create(client, body)["id"], range(8)))
    assert len(set(made)) == len(rows.of(ACTIVITIES)) == 1


def test_an_unknown_activity_is_a_404_that_says_which(client: Client) -> None:
    assert client.call("GET", "/activities/activity-xyz", status=404) == {
        "error": "Activity not found",
        "message": "No activity exists with ID: activity-xyz",
        "code": "activity_not_found",
    }


def test_the_same_message_is_logged_once_for_ever(
    client: Client, rows: Rows, clock: FakeClock
) -> None:
    activity = create(client)
    clock.advance(400 * 24 * 3600)
    assert create(client, {**FULL, "subject": "Changed", "ownerId": None}) == activity
    assert create(client, Idempotency_Key="k") == activity
    assert len(rows.of(ACTIVITIES)) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"type": "LINKEDIN"},
        {"direction": "INBOUND"},
        {"contactId": "contact_2"},
        {"metadata": {"messageId": "m2"}},
    ],
)
def test_another_message_is_another_activity(
    client: Client, rows: Rows, other: dict[str, Any]
) -> None:
    create(client)
    create(client, {**FULL, **other})
    assert len(rows.of(ACTIVITIES)) == 2


def test_without_a_message_id_the_same_body_is_the_same_activity_for_60_seconds(
    client: Client, rows: Rows, clock: FakeClock
) -> None:
    body = {**FULL, "metadata": {"sequenceIndex": 1}}
    activity = create(client, body)
    clock.advance(59.9)
    assert create(client, body) == activity
    clock.advance(0.2)
    assert create(client, body)["id"] != activity["id"]
    assert len(rows.of(ACTIVITIES)) == 2


def test_a_key_reused_with_another_body_is_a_422(client: Client, rows: Rows) -> None:
    create(client, Idempotency_Key="k")
    other = {**FULL, "metadata": {"messageId": "m2"}}
    failure = client.call(
        "POST", "/activities", other, status=422, headers={"Idempotency-Key": "k"}
    )
    assert failure["code"] == "idempotency_key_reused"
    assert len(rows.of(ACTIVITIES)) == 1


def test_the_same_key_on_a_task_is_another_key(client: Client) -> None:
    create(client, Idempotency_Key="k")
    headers = {"Idempotency-Key": "k"}
    client.call("POST", "/tasks", {"subject": "S"}, status=201, headers=headers)


IMAGE = "data:image/png;base64," + "A" * 1_200_000


@pytest.mark.parametrize(
    ("body", "stored"),
    [
        ("x" * 1_000_000, "x" * 1_000_000),
        (f'<p>Yes</p><img src="{IMAGE}"><p>No</p>', '<p>Yes</p><img src=""><p>No</p>'),
        (f"Yes {IMAGE} no", "Yes  no"),
        (f'<img src="{IMAGE}">' * 3 + "<p>Yes</p>", '<img src="">' * 3 + "<p>Yes</p>"),
    ],
)
def test_a_long_body_is_stored_without_its_embedded_files(
    client: Client, body: str, stored: str
) -> None:
    assert create(client, {"type": "EMAIL", "body": body})["body"] == stored


@pytest.mark.parametrize(
    "body",
    [
        "x" * 1_000_001,
        "word " * 500_000,
        "<p>x</p>" * 200_000,
        "Yes" + "<b " * 500_000,
        "é" * 2_000_000,
    ],
)
def test_a_body_that_is_still_too_long_is_cut_and_says_so(client: Client, body: str) -> None:
    stored = create(client, {"type": "EMAIL", "body": body})["body"]
    assert 900_000 < len(stored) <= 1_000_000
    assert stored.endswith(f"[… This message was cut: it had {len(body):,} characters.]")
    kept = stored[: stored.rindex("\n\n[…")]
    assert body.startswith(kept)
    assert kept.rfind("<") <= kept.rfind(">") or len(kept) > 995_000
