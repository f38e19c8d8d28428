"""Conversation events, and what a repeated one does."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.acceptance.records import Record, create, fresh
from tests.acceptance.refusals import assert_is_an_error, paths
from tests.acceptance.server import Client

TYPES = ("EMAIL", "LINKEDIN", "LINKEDIN_INMAIL", "LINKEDIN_CONNECTION")
DIRECTIONS = ("INBOUND", "OUTBOUND")


def event(**fields: Any) -> Record:
    return {
        "type": "EMAIL",
        "direction": "INBOUND",
        "subject": "[TechStartup Inc] Jane Doe",
        "occurredAt": "2026-01-20T09:15:00Z",
        "metadata": {"messageId": fresh("message")},
    } | fields


def log(client: Client, body: Record) -> Any:
    return client.call("POST", "/activities", body, status=201)["id"]


def get(client: Client, activity_id: str) -> Any:
    return client.call("GET", f"/activities/{activity_id}", status=200)


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("direction", DIRECTIONS)
def test_every_event_is_kept_as_it_came(client: Client, kind: str, direction: str) -> None:
    (contact,) = create(client, "contacts", {"externalId": fresh()})
    (company,) = create(client, "companies", {"externalId": fresh()})
    sent = event(
        type=kind,
        direction=direction,
        body='<p onclick="x()">Hola 🚀</p><script>alert(1)</script>',
        ownerId="user-1",
        contactId=contact,
        companyId=company,
        metadata={
            "messageId": fresh(),
            "sequenceIndex": 1,
            "sequenceMessageCount": 3,
            "deep": {"er": [None, 1.5, True, "é"]},
        },
    )
    activity_id = log(client, sent)
    there = get(client, activity_id)
    assert there["id"] == activity_id
    exact = {name: given for name, given in sent.items() if name != "occurredAt"}
    assert {name: there[name] for name in exact} == exact
    assert there["occurredAt"].endswith("Z")
    assert datetime.fromisoformat(there["occurredAt"]) == datetime(2026, 1, 20, 9, 15, tzinfo=UTC)


def test_unknown_contacts_companies_and_owners_are_kept_as_sent(client: Client) -> None:
    there = get(client, log(client, event(contactId="hub-1", companyId=2, ownerId="hub-3")))
    names = ("contactId", "companyId", "ownerId")
    assert [there[name] for name in names] == ["hub-1", "2", "hub-3"]


def test_keys_that_no_activity_has_are_no_error(client: Client) -> None:
    assert log(client, event(campaign="Q1", thread={"id": 7}))


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"type": None}, "type"),
        ({"type": 7}, "type"),
        ({"type": ""}, "type"),
        ({"type": "  "}, "type"),
        ({"type": ["EMAIL"]}, "type"),
        ({"type": "X" * 101}, "type"),
        ({"direction": 7}, "direction"),
        ({"direction": "X" * 101}, "direction"),
        ({"occurredAt": "yesterday"}, "occurredAt"),
        ({"occurredAt": "2026-02-30T10:00:00Z"}, "occurredAt"),
        ({"metadata": "{}"}, "metadata"),
        ({"metadata": ["a"]}, "metadata"),
    ],
)
def test_a_wrong_value_is_refused(client: Client, wrong: Record, path: str) -> None:
    assert paths(client.send("POST", "/activities", event() | wrong)) == {path}


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ({"type": "WHATSAPP"}, {"type": "WHATSAPP"}),
        ({"type": "Voice note"}, {"type": "Voice note"}),
        ({"type": "VISIT", "direction": None}, {"type": "VISIT", "direction": None}),
        ({"type": "LINKEDIN_LIKE", "direction": ""}, {"type": "LINKEDIN_LIKE", "direction": None}),
        ({"type": "X" * 100}, {"type": "X" * 100}),
        ({"type": "<b>SMS</b>"}, {"type": "<b>SMS</b>"}),
        ({"type": "电话", "direction": "收到"}, {"type": "电话", "direction": "收到"}),
        ({"type": "email"}, {"type": "EMAIL"}),
        ({"type": " LinkedIn InMail "}, {"type": "LINKEDIN_INMAIL"}),
        ({"direction": "inbound"}, {"direction": "INBOUND"}),
        ({"direction": "INTERNAL"}, {"direction": "INTERNAL"}),
        ({"direction": "Out-bound "}, {"direction": "OUTBOUND"}),
    ],
)
def test_an_unknown_type_or_direction_is_stored(
    client: Client, sent: Record, stored: Record
) -> None:
    there = get(client, log(client, event() | sent))
    assert {name: there.get(name) for name in stored} == stored


def test_an_activity_needs_a_type(client: Client) -> None:
    body = event()
    del body["type"]
    assert paths(client.send("POST", "/activities", body)) == {"type"}


def test_everything_that_is_wrong_is_named_at_once(client: Client) -> None:
    wrong = {"type": " ", "direction": [], "occurredAt": "never", "metadata": 1}
    assert paths(client.send("POST", "/activities", wrong)) == set(wrong)


def test_the_same_message_again_is_the_same_activity(client: Client) -> None:
    sent = event(contactId=fresh(), body="first")
    first = log(client, sent)
    assert log(client, sent) == first
    assert log(client, sent | {"body": "second", "occurredAt": "2026-01-21T00:00:00Z"}) == first
    assert get(client, first)["body"] == "first"


def test_another_direction_type_contact_or_message_is_another_activity(client: Client) -> None:
    sent = event(contactId=fresh())
    different: list[Record] = [
        {},
        {"direction": "OUTBOUND"},
        {"type": "LINKEDIN"},
        {"contactId": fresh()},
        {"metadata": {"messageId": fresh()}},
    ]
    assert len({log(client, sent | change) for change in different}) == 5


def test_the_same_idempotency_key_and_body_get_the_first_answer_again(client: Client) -> None:
    headers = {"Idempotency-Key": fresh()}
    body = {"type": "LINKEDIN", "direction": "OUTBOUND", "body": fresh()}
    first = client.call("POST", "/activities", body, status=201, headers=headers)
    assert client.call("POST", "/activities", body, status=201, headers=headers) == first


def test_the_same_idempotency_key_with_another_body_is_a_422(client: Client) -> None:
    headers = {"Idempotency-Key": fresh()}
    client.call("POST", "/activities", event(), status=201, headers=headers)
    assert_is_an_error(client.send("POST", "/activities", event(), headers=headers), 422)
