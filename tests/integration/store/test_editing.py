"""What people change by hand is kept, told by the history, and undone, in both databases."""

from typing import Any

import pytest

from customcrm.crm.records import Kind
from customcrm.operations.browsing.cards import CardFilter, Order
from customcrm.operations.editing import Edit, delete_records, edit_record, restore_records
from customcrm.operations.records import sync_records
from customcrm.store.backend import Store
from tests.integration.store.world import RULES, create, origin

USER = origin(actor="user:user_1")
KINDS = pytest.mark.parametrize(
    ("kind", "values"),
    [
        (Kind.CONTACT, {"externalId": "1", "email": "jo@acme.example"}),
        (Kind.COMPANY, {"externalId": "1", "domain": "acme.example"}),
    ],
)


def listed(store: Store, kind: Kind) -> list[str]:
    store.project_pending()
    return [card.id for card in store.catalogue.cards(kind, CardFilter(), Order(), None, 9).items]


@KINDS
def test_a_deleted_record_leaves_every_list_and_comes_back(
    store: Store, kind: Kind, values: dict[str, Any]
) -> None:
    (one,) = create(store, values, kind=kind)
    assert listed(store, kind) == [one]

    assert delete_records(store, RULES[kind], [one], USER) == [one]
    assert listed(store, kind) == []
    assert sync_records(store, RULES[kind], [values], USER) == []
    page = store.catalogue.record_page(kind, one)
    assert page is not None
    assert page.record.deleted

    assert restore_records(store, RULES[kind], [one], USER) == [one]
    assert listed(store, kind) == [one]
    assert [found.record_id for found in sync_records(store, RULES[kind], [values], USER)] == [one]


@KINDS
def test_the_history_tells_who_did_what(store: Store, kind: Kind, values: dict[str, Any]) -> None:
    (one,) = create(store, values, kind=kind)
    edit_record(store, RULES[kind], one, [Edit("city", None, "Bilbao")], USER)
    delete_records(store, RULES[kind], [one], USER)
    delete_records(store, RULES[kind], [one], USER)
    restore_records(store, RULES[kind], [one], USER)

    told = [
        (change.actor, change.action, change.old, change.new)
        for change in store.catalogue.history(one, None, 9)
    ]
    assert told[:3] == [
        ("user:user_1", "restored", {}, {}),
        ("user:user_1", "deleted", {}, {}),
        ("user:user_1", "updated", {}, {"city": "Bilbao"}),
    ]
    assert told[3][:2] == ("key:enginy", "created")
    assert len(told) == 4
