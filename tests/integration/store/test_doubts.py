"""Records that earlier rules joined are listed for a look, and nothing is changed."""

from typing import Any

from customcrm.crm.records import Kind
from customcrm.operations.editing import delete_records
from customcrm.operations.merging.merges import merge_records
from customcrm.operations.ports import Stamp
from customcrm.store.backend import Store
from tests.integration.store.sql import rows, run
from tests.integration.store.world import NOW, RULES, create, origin, update


def joined(store: Store, url: str, values: dict[str, Any], kind: Kind = Kind.CONTACT) -> str:
    """A record that has two external ids, as an earlier version joined them."""
    first = f"{kind} {sorted(values.items())}"
    (record_id,) = create(store, {"externalId": first, **values}, kind=kind)
    run(
        url,
        f"INSERT INTO {kind}_external_ids (external_id, record_id, added_at) VALUES (:e, :r, 9)",  # noqa: S608
        e=f"{first} again",
        r=record_id,
    )
    return record_id


def derived(store: Store, url: str) -> dict[Kind, dict[str, str]]:
    run(url, "DELETE FROM derivations")
    store.project_pending()
    store.derive_pending()
    return {
        kind: {one.card.id: one.reason for one in store.merges.doubtful_records(kind)}
        for kind in Kind
    }


def test_older_records_that_may_be_two_are_listed(store: Store, database_url: str) -> None:
    shared = joined(store, database_url, {"firstName": "Ann", "email": "info@acme.example"})
    joined(store, database_url, {"firstName": "Eve", "email": "eve@acme.example"})
    create(store, {"externalId": "alone", "firstName": "Al", "email": "info@solo.example"})
    twice = joined(
        store, database_url, {"firstName": "Bob", "lastName": "Moss", "email": "b@x.example"}
    )
    update(store, {"crmId": twice, "firstName": "Zoe", "lastName": "Ray"})
    page = joined(store, database_url, {"name": "Oak", "domain": "etsy.com/shop/oak"}, Kind.COMPANY)
    joined(store, database_url, {"name": "Acme", "domain": "acme.example"}, Kind.COMPANY)
    before = rows(database_url, "SELECT id, properties, updated_at FROM contacts ORDER BY id")

    assert derived(store, database_url) == {
        Kind.CONTACT: {shared: "sharedKey", twice: "changedName"},
        Kind.COMPANY: {page: "sharedKey"},
    }

    after = rows(database_url, "SELECT id, properties, updated_at FROM contacts ORDER BY id")
    assert after == before
    listed = {one.card.id: one.external_ids for one in store.merges.doubtful_records(Kind.COMPANY)}
    assert [len(names) for names in listed.values()] == [2]


def test_merged_and_deleted_records_are_not_listed(store: Store, database_url: str) -> None:
    ids = [
        joined(store, database_url, {"firstName": name, "email": f"info@{name}.example"})
        for name in ("ann", "bob", "cid", "dan")
    ]
    merge_records(store.merges, RULES[Kind.CONTACT], ids[0], ids[1], {}, origin())
    delete_records(store, RULES[Kind.CONTACT], [ids[2]], origin())
    assert set(derived(store, database_url)[Kind.CONTACT]) == {ids[0], ids[3]}
    delete_records(store, RULES[Kind.CONTACT], [ids[3]], origin())
    store.project_pending()
    assert [one.card.id for one in store.merges.doubtful_records(Kind.CONTACT)] == [ids[0]]


def test_two_records_merged_by_hand_are_no_doubt(store: Store, database_url: str) -> None:
    one, other = create(
        store,
        {"externalId": "1", "email": "info@a.example", "firstName": "Ann"},
        {"externalId": "2", "email": "info@b.example", "firstName": "Bob"},
    )
    merge_records(store.merges, RULES[Kind.CONTACT], one, other, {}, origin())
    assert derived(store, database_url)[Kind.CONTACT] == {}


def test_a_dismissed_record_is_not_listed_again(store: Store, database_url: str) -> None:
    record = joined(store, database_url, {"firstName": "Ann", "email": "info@acme.example"})
    assert set(derived(store, database_url)[Kind.CONTACT]) == {record}
    stamp = Stamp(NOW, "user:tom")
    assert store.merges.dismiss_doubt(Kind.CONTACT, record, stamp)
    assert not store.merges.dismiss_doubt(Kind.CONTACT, record, stamp)
    assert not store.merges.dismiss_doubt(Kind.COMPANY, record, stamp)
    assert derived(store, database_url)[Kind.CONTACT] == {}
    assert store.merges.doubt_again(Kind.CONTACT, record)
    assert not store.merges.doubt_again(Kind.CONTACT, "contact_none")
    assert set(derived(store, database_url)[Kind.CONTACT]) == {record}
