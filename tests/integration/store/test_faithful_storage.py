"""What came is what is kept: value for value, byte for byte, key for key."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from customcrm.contract.activities import CreateActivity
from customcrm.contract.tasks import CreateTask
from customcrm.crm.records import Kind
from customcrm.operations.activities import create_activity, read_activity
from customcrm.operations.tasks import create_task, read_task
from customcrm.store.backend import Store
from tests.integration.store.sql import rows
from tests.integration.store.world import create, logged, origin, properties, request, update

VALUES = {
    "huge number": 2**63 - 1,
    "huge negative number": -(2**63),
    "number beyond a double": 9_007_199_254_740_993,
    "number beyond 64 bits": 2**64 - 1,
    "zero": 0,
    "float": 0.1,
    "whole float": 1.0,
    "tiny": 5e-324,
    "large": 1.7976931348623157e308,
    "negative zero": -0.0,
    "true": True,
    "false": False,
    "one": 1,
    "empty": "",
    "blank": "  \t\r\n ",
    "emoji": "👩🏽‍🚀🇪🇸",
    "right to left": "שלום \u202bعليكم\u202c",
    "line separators": "a\u2028b\u2029c\u0085d",
    "combining": "e\u0301 \u0065\u0301 \u00e9",
    "control": "\x01\x1f\x7f",
    "noncharacters": "\ufffe\uffff\U0010ffff",
    "quotes": """'"`\\/ -- ; % %s :name ? $1 {} \\u0041""",
    "NUL": "a\x00b",
    "megabyte": "ñ" * 500_000,
    "list": [1, True, 1.0, None, "1", [], {}],
    "object": {"b": {"z": [{"y": None}], "a": ""}, "a": 1, "": 0, "ключ": "🗝"},
    "deep": json.loads("[" * 50 + "]" * 50),
}


UNSENT_BY_CREATE = {"empty", "blank", "control"}
"""Values that a create does not store: they have no visible character."""

CLEARED_BY_UPDATE = {"empty"}
"""Values by which an update clears."""


def _same(one: Any, other: Any) -> bool:
    """Whether two values are written alike: 1, 1.0 and True are not, nor is another order."""
    return json.dumps(one) == json.dumps(other)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_property_comes_back_as_it_came(store: Store, kind: Kind) -> None:
    sent = {name: {"p": value, f"key {name}": 1} for name, value in VALUES.items()}
    names = list(sent)

    made = create(store, *[{"externalId": n, **sent[n]} for n in names], kind=kind)
    bare = create(store, *[{"externalId": f"bare {n}"} for n in names], kind=kind)
    changes = [{"crmId": i, **sent[n]} for i, n in zip(bare, names, strict=True)]
    update(store, *changes, kind=kind)

    for ids, dropped in ((made, UNSENT_BY_CREATE), (bare, CLEARED_BY_UPDATE)):
        stored = {n: properties(store, i, kind) for i, n in zip(ids, names, strict=True)}
        expected = {n: {f"key {n}": 1} if n in dropped else sent[n] for n in names}
        assert [n for n in names if not _same(stored[n], expected[n])] == []


def test_the_properties_keep_their_order(store: Store) -> None:
    names = ["z", "a", "10", "9", "é", "A", "_"]

    (made,) = create(store, {"externalId": "a", **dict.fromkeys(names, 1)})
    update(store, {"crmId": made, "b": 2, "a": 2})

    assert list(properties(store, made)) == [*names, "b"]


@pytest.mark.parametrize(("old", "new"), [(1, True), (True, 1), (0, False), (1, 1.0), (1.0, 1)])
def test_a_number_that_becomes_a_truth_is_a_change(store: Store, old: Any, new: Any) -> None:
    (made,) = create(store, {"externalId": "a", "p": old, "deep": [{"p": old}]})

    update(store, {"crmId": made, "p": new, "deep": [{"p": new}]})

    assert _same(properties(store, made), {"p": new, "deep": [{"p": new}]})


@pytest.mark.parametrize(
    "external_id", ["1", "Ñandú 🚀", "a\u2028b", " a ", "A", "'; --", "%", "x" * 2_000]
)
def test_an_external_id_is_found_by_itself_alone(store: Store, external_id: str) -> None:
    (made,) = create(store, {"externalId": external_id})

    others = [external_id.strip(), external_id.lower(), f"{external_id} ", external_id[:-1]]
    asked = [external_id, *(o for o in others if o != external_id)]
    found = store.read(lambda reader: reader.ids_by_external_id(Kind.CONTACT, asked))
    assert found == {external_id: made}


def test_the_first_external_id_is_the_first_that_came(store: Store) -> None:
    create(store, {"externalId": "z", "email": "jo@acme.example"})
    (made,) = create(
        store,
        {"externalId": "a", "email": "jo@acme.example"},
        at=datetime(2026, 1, 3, tzinfo=UTC),
    )

    assert store.read(lambda reader: reader.external_ids(Kind.CONTACT, [made])) == {made: "z"}


MOMENTS = [
    datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC),
    datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
]


@pytest.mark.parametrize("moment", MOMENTS, ids=[moment.isoformat() for moment in MOMENTS])
def test_a_moment_is_kept_to_the_microsecond(store: Store, moment: datetime) -> None:
    asked = CreateTask("s", due_date=moment)
    task = create_task(store, asked, {}, request(), origin()).task
    sent = CreateActivity("EMAIL", contact_id="c", occurred_at=moment)
    event = request(operation="createActivity")
    activity = create_activity(store, sent, {}, event, origin()).activity

    assert read_task(store, task.id).due_date == moment
    assert read_activity(store, activity.id).occurred_at == moment


def test_the_last_activity_is_the_latest_and_not_the_last_to_come(store: Store) -> None:
    for number, moment in enumerate([MOMENTS[0], datetime(2025, 5, 5, tzinfo=UTC), None]):
        event = CreateActivity("EMAIL", contact_id="c", occurred_at=moment)
        logged(store, event, {}, b"%d" % number)

    dates = store.read(lambda reader: reader.last_activity_dates(["c", "d"]))
    assert dates == {"c": MOMENTS[0]}


def test_an_activity_and_a_task_come_back_as_they_came(store: Store) -> None:
    event = CreateActivity(
        "LINKEDIN",
        direction="INBOUND",
        subject="[1/3] 🚀",
        body="<script>alert('1')</script>\u2028" * 1_000,
        owner_id="o",
        occurred_at=MOMENTS[0],
        contact_id="c",
        company_id="f",
        metadata={"z": 1, "a": [True, 1.0, None], "messageId": "m"},
    )
    activity = logged(store, event, {"b": 1, "a": VALUES})
    asked = CreateTask("s", "d", "call", "o", MOMENTS[0], "c", "f", completed=True)
    task = create_task(store, asked, {"b": 1, "a": VALUES}, request(), origin()).task

    found, other = read_activity(store, activity.id), read_task(store, task.id)

    assert found == activity
    assert other == task
    assert _same(found.properties, {"b": 1, "a": VALUES})
    assert _same(other.properties, {"b": 1, "a": VALUES})
    assert _same(found.metadata, event.metadata)


def test_both_databases_hold_the_same_text(store: Store, database_url: str) -> None:
    create(store, {"externalId": "a", "é": "🚀\u2028\x00", "n": [1.0, True]})

    kept = rows(database_url, "SELECT properties FROM contacts")
    assert kept == [('{"é":"🚀\u2028\\u0000","n":[1.0,true]}',)]
