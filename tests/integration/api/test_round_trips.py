"""What is read from the API may be sent back to it, and blanks in a create say nothing."""

import json
from typing import Any, Final

import pytest

from customcrm.crm.records import Kind
from tests.integration.api.client import Client
from tests.integration.api.rows import Rows

KINDS: Final = {"contacts": Kind.CONTACT, "companies": Kind.COMPANY}
PLURAL = pytest.mark.parametrize("plural", KINDS)

BLANKS: Final[list[Any]] = [
    None,
    "",
    " ",
    "\t\r\n",
    "\u00a0",
    "\u3000 \u2003",
    "\u200b",
    "\u200e\u200f",
    "\ufeff \u2060",
    [],
]
NOT_BLANK: Final[list[Any]] = [
    0,
    0.0,
    False,
    {},
    [None],
    [""],
    "0",
    "-",
    ".",
    "\u200ba",
    "👍",
    "\u0e01",
]

UNFOLDED: Final[list[tuple[dict[str, Any], dict[str, Any]]]] = [
    ({"properties": {"foo": "baz"}}, {"foo": "baz"}),
    ({"properties": {"foo": "baz"}, "foo": "top"}, {"foo": "top"}),
    ({"id": "someone else's"}, {}),
    ({"id": 7, "properties": {"id": 8}}, {}),
    ({"properties": {}}, {}),
    ({"properties": {"properties": {"a": 1}, "b": 2}}, {"a": 1, "b": 2}),
    ({"properties": {"properties": {"properties": {"id": 1, "c": [3]}}}}, {"c": [3]}),
    ({"properties": {"firstName": "Jane", "name": "Acme"}}, {"firstName": "Jane", "name": "Acme"}),
    ({"properties": "a text"}, {"properties": "a text"}),
    ({"properties": ["a", "list"]}, {"properties": ["a", "list"]}),
    ({"properties": 5}, {"properties": 5}),
    ({"properties": {"properties": "inner text", "x": 1}}, {"properties": "inner text", "x": 1}),
]


@PLURAL
@pytest.mark.parametrize(("sent", "stored"), UNFOLDED)
def test_properties_unfold_and_id_is_no_property(
    client: Client, rows: Rows, plural: str, sent: dict[str, Any], stored: dict[str, Any]
) -> None:
    (created,) = client.create(plural, {"externalId": "1", **sent})
    assert rows.properties(KINDS[plural], created) == stored
    (bare,) = client.create(plural, {"externalId": "2"})
    client.update(plural, {"crmId": bare, **sent})
    assert rows.properties(KINDS[plural], bare) == stored


@PLURAL
@pytest.mark.parametrize("again", [1, 2, 3])
def test_a_record_that_is_read_and_sent_back_stays_as_it_is(
    client: Client, rows: Rows, plural: str, again: int
) -> None:
    values = {
        "linkedinUrl": "linkedin.com/in/jane",
        "ownerId": "u1",
        "leadScore": 7,
        "deep": {"properties": {"id": 1}, "id": 2},
        "list": [{"id": 1}],
        "activities": "Message Sent",
        "crmId": "theirs",
    }
    (crm_id,) = client.create(plural, {"externalId": "1", **values})
    for _ in range(again):
        (record,) = client.read(plural, crm_id)
        client.update(plural, {"crmId": crm_id, **record})
        client.create(plural, {**record, "externalId": "1"})
    assert rows.properties(KINDS[plural], crm_id) == values
    assert len(rows.history(crm_id)) == 1


@PLURAL
def test_what_is_under_properties_is_cleared_and_changed_by_a_put(
    client: Client, rows: Rows, plural: str
) -> None:
    (crm_id,) = client.create(plural, {"externalId": "1", "foo": "bar", "kept": 1, "gone": 2})
    client.update(plural, {"crmId": crm_id, "properties": {"foo": "baz", "gone": None}})
    assert rows.properties(KINDS[plural], crm_id) == {"foo": "baz", "kept": 1}


def test_a_task_that_is_read_and_sent_back_stays_as_it_is(client: Client) -> None:
    sent = {"subject": "Call", "type": "call", "priority": {"a": [1]}, "properties": {"foo": 1}}
    task = client.call("POST", "/tasks", sent, status=201)
    assert task["properties"] == {"priority": {"a": [1]}, "foo": 1}
    done = client.call("PATCH", f"/tasks/{task['id']}", {**task, "completed": True})
    assert client.call("PATCH", f"/tasks/{task['id']}", done) == done
    changed = client.call("PATCH", f"/tasks/{task['id']}", {"properties": {"foo": 2, "id": 9}})
    assert changed["properties"] == {"priority": {"a": [1]}, "foo": 2}
    copy = client.call("POST", "/tasks", {**done, "subject": "Copy"}, status=201)
    assert copy["properties"] == {"priority": {"a": [1]}, "foo": 1}


def test_an_activity_that_is_read_and_sent_again_has_the_same_properties(client: Client) -> None:
    sent = {"type": "EMAIL", "subject": "Hi", "thread": 7, "properties": {"foo": {"id": 1}}}
    activity = client.call("POST", "/activities", sent, status=201)
    assert activity["properties"] == {"thread": 7, "foo": {"id": 1}}
    again = client.call("POST", "/activities", {**activity, "subject": "Copy"}, status=201)
    assert again["properties"] == activity["properties"]
    assert again["id"] != activity["id"]


@PLURAL
@pytest.mark.parametrize("blank", BLANKS)
def test_a_blank_in_a_create_says_nothing(
    client: Client, rows: Rows, plural: str, blank: Any
) -> None:
    values = {"phone": "+34600111222", "name": "Acme", "tags": ["a"], "score": 7}
    (crm_id,) = client.create(plural, {"externalId": "1", **values})
    again: dict[str, Any] = dict.fromkeys([*values, "new"], blank)
    assert client.create(plural, {"externalId": "1", **again}) == [crm_id]
    assert client.create(plural, {"externalId": "1", "properties": again}) == [crm_id]
    assert rows.properties(KINDS[plural], crm_id) == values
    assert len(rows.history(crm_id)) == 1
    (empty,) = client.create(plural, {"externalId": "2", **again})
    assert rows.properties(KINDS[plural], empty) == {}


@PLURAL
@pytest.mark.parametrize("value", NOT_BLANK, ids=json.dumps)
def test_what_is_not_blank_says_something(
    client: Client, rows: Rows, plural: str, value: Any
) -> None:
    (crm_id,) = client.create(plural, {"externalId": "1", "custom": "before"})
    client.create(plural, {"externalId": "1", "custom": value})
    assert repr(rows.properties(KINDS[plural], crm_id)) == repr({"custom": value})


@PLURAL
def test_null_and_the_empty_text_clear_in_an_update(
    client: Client, rows: Rows, plural: str
) -> None:
    (crm_id,) = client.create(plural, {"externalId": "1", "a": 1, "b": 2, "c": 3, "phone": "+1"})
    client.update(plural, {"crmId": crm_id, "a": None, "b": "", "phone": "", "never": ""})
    assert rows.properties(KINDS[plural], crm_id) == {"c": 3}


@PLURAL
def test_limits_hold_for_what_unfolds(client: Client, plural: str) -> None:
    many = {f"p{n}": n for n in range(600)}
    record = {"externalId": "1", "properties": {f"q{n}": n for n in range(600)}, **many}
    assert client.paths("POST", f"/{plural}", {plural: [record]}) == [f"{plural}[0]"]
    long = {"externalId": "1", "properties": {"n" * 256: 1}}
    assert client.paths("POST", f"/{plural}", {plural: [long]}) == [f"{plural}[0]"]
    deep: Any = 1
    for _ in range(33):
        deep = [deep]
    record = {"externalId": "1", "properties": {"deep": deep}}
    assert client.paths("POST", f"/{plural}", {plural: [record]}) == [f"{plural}[0].deep"]
