"""Merges in a database from before each id kept its own words."""

import json
from contextlib import closing
from typing import Any

from alembic import command

from customcrm.clock import system_clock
from customcrm.crm.records import Kind
from customcrm.operations.merging.merges import undo_merge
from customcrm.store.backend import Store
from customcrm.store.columns import microseconds
from customcrm.store.schema import _config
from tests.integration.store.sql import connected, run
from tests.integration.store.world import NOW, RULES, origin, properties, update

AT = microseconds(NOW)


def insert_contact(url: str, record_id: str, values: dict[str, Any], into: str | None) -> None:
    run(
        url,
        "INSERT INTO contacts (id, properties, created_at, updated_at, merged_into)"
        " VALUES (:i, :p, 1, 1, :m)",
        i=record_id,
        p=json.dumps(values),
        m=into,
    )


def insert_merge(url: str, number: int, survivor: str, merged: str, payload: Any) -> None:
    run(
        url,
        "INSERT INTO merges (id, kind, survivor_id, merged_id, at, actor, payload)"
        " VALUES (:i, 'contact', :s, :m, :a, 'user:tom', :p)",
        i=f"merge_{number}",
        s=survivor,
        m=merged,
        a=AT + number,
        p=json.dumps({"choices": {}, "given": {}, "before": {}, "brought": [], **payload}),
    )


def test_what_a_merge_gave_goes_back_and_what_came_since_stays(database_url: str) -> None:
    with connected(database_url) as connection:
        command.upgrade(_config(connection), "0009")
    # contact_3 went into contact_2, then contact_2 with it into contact_1, which was edited since.
    insert_contact(
        database_url,
        "contact_1",
        {"title": "C", "city": "Vigo", "size": 3, "level": 9, "note": "new"},
        None,
    )
    insert_contact(
        database_url,
        "contact_2",
        {"title": "C", "size": 3, "level": 2, "city": "Lugo"},
        "contact_1",
    )
    insert_contact(database_url, "contact_3", {"title": "C", "size": 3, "area": None}, "contact_1")
    first = {"given": {"title": "C", "size": 3}, "before": {"title": "B", "size": None}}
    insert_merge(database_url, 1, "contact_2", "contact_3", first)
    second = {
        "given": {"title": "C", "size": 3, "level": 2},
        "before": {"title": "A", "size": None, "level": 1},
        "brought": ["contact_3"],
    }
    insert_merge(database_url, 2, "contact_1", "contact_2", second)

    with closing(Store(database_url, system_clock)) as store:
        assert store.migrated is True
        edited = {"title": "C", "city": "Vigo", "size": 3, "level": 9, "note": "new"}
        assert properties(store, "contact_3") == properties(store, "contact_1") == edited
        update(store, {"crmId": "contact_3", "area": "north"}, {"crmId": "contact_1", "size": 4})

        undo_merge(store.merges, RULES[Kind.CONTACT], "merge_2", origin())
        assert properties(store, "contact_1") == {
            "title": "A",
            "city": "Vigo",
            "size": 4,
            "level": 9,
            "note": "new",
        }
        whole = {"title": "C", "size": 3, "level": 2, "city": "Lugo", "area": "north"}
        assert properties(store, "contact_3") == properties(store, "contact_2") == whole

        undo_merge(store.merges, RULES[Kind.CONTACT], "merge_1", origin())
        assert properties(store, "contact_2") == {"title": "B", "level": 2, "city": "Lugo"}
        assert properties(store, "contact_3") == {"title": "C", "size": 3, "area": "north"}


def test_two_merged_into_one_each_take_their_own_along(database_url: str) -> None:
    with connected(database_url) as connection:
        command.upgrade(_config(connection), "0009")
    # Both were merged into contact_1, which had no email; it was edited since.
    now = {"email": "a@x.example", "title": "T2", "level": 1, "note": " "}
    insert_contact(database_url, "contact_1", {**now, "phone": "1"}, None)
    one, other = {"email": "a@x.example", "title": "T1"}, {"email": "b@x.example", "title": "T2"}
    insert_contact(database_url, "contact_2", one, "contact_1")
    insert_contact(database_url, "contact_3", {**other, "level": True}, "contact_1")
    before = {"email": None, "title": "T0"}
    insert_merge(database_url, 1, "contact_1", "contact_2", {"given": one, "before": before})
    second = {"given": {"title": "T2", "level": True}, "before": {"title": "T1", "level": 1}}
    insert_merge(database_url, 2, "contact_1", "contact_3", second)

    with closing(Store(database_url, system_clock)) as store:
        assert properties(store, "contact_2") == {**now, "phone": "1"}
        undo_merge(store.merges, RULES[Kind.CONTACT], "merge_1", origin())
        rest = {"title": "T2", "level": 1, "note": " ", "phone": "1"}
        # What contact_3 has fills what nobody else says.
        assert properties(store, "contact_1") == {**rest, "email": "b@x.example"}
        assert properties(store, "contact_2") == one
        undo_merge(store.merges, RULES[Kind.CONTACT], "merge_2", origin())
        assert properties(store, "contact_1") == {**rest, "title": "T0"}
        assert repr(properties(store, "contact_3")) == repr({**other, "level": True})
