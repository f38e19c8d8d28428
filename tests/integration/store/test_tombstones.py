"""Records that are merged or deleted keep their rows and their names."""

from typing import Any

import pytest

from customcrm.crm.match_keys import MatchKey
from customcrm.crm.planning import Effect
from customcrm.crm.records import Kind, Record
from customcrm.operations.associations import create_associations
from customcrm.operations.ports import Pair
from customcrm.operations.records import read_records, sync_records
from customcrm.store.backend import Store
from tests.integration.store.sql import count, rows, run
from tests.integration.store.world import RULES, create, creation, firms, origin, people, update

CASES = [
    (Kind.CONTACT, "contacts", "email", "email", "jo@acme.example"),
    (Kind.COMPANY, "companies", "domain", "domain", "acme.example"),
]
KEYS = {"contacts": "contact_keys", "companies": "company_keys"}
KINDS = pytest.mark.parametrize(("kind", "table", "field", "rule", "value"), CASES)


def _merge(url: str, table: str, gone: str, survivor: str) -> None:
    run(url, f"UPDATE {table} SET merged_into = :to WHERE id = :id", to=survivor, id=gone)  # noqa: S608
    run(url, f"DELETE FROM {KEYS[table]} WHERE record_id = :id", id=gone)  # noqa: S608


def _delete(url: str, table: str, gone: str) -> None:
    run(url, f"UPDATE {table} SET deleted_at = 1 WHERE id = :id", id=gone)  # noqa: S608
    run(url, f"DELETE FROM {KEYS[table]} WHERE record_id = :id", id=gone)  # noqa: S608


def _by_id(store: Store, kind: Kind, *ids: str) -> dict[str, Record]:
    return dict(store.read(lambda reader: reader.records_by_id(kind, ids)))


def _by_external_id(store: Store, kind: Kind, *ids: str) -> dict[str, Record]:
    """The record that each external id leads to."""
    named = store.read(lambda reader: reader.ids_by_external_id(kind, ids))
    records = _by_id(store, kind, *named.values())
    return {name: records[record_id] for name, record_id in named.items()}


def _by_key(store: Store, kind: Kind, rule: str, value: str) -> list[str]:
    key = MatchKey(rule, value)
    return list(store.read(lambda reader: reader.ids_by_key(kind, [key])).values())


@KINDS
def test_a_merged_record_leads_to_its_survivor(  # noqa: PLR0913, PLR0917 - a case has five parts
    store: Store, database_url: str, kind: Kind, table: str, field: str, rule: str, value: str
) -> None:
    gone, survivor = create(
        store, {"externalId": "gone", field: value}, {"externalId": "survivor"}, kind=kind
    )
    assert _by_key(store, kind, rule, value) == [gone]

    _merge(database_url, table, gone, survivor)

    expected = Record(survivor, {})
    assert _by_id(store, kind, gone, survivor) == {gone: expected, survivor: expected}
    assert _by_external_id(store, kind, "gone", "survivor") == {
        "gone": expected,
        "survivor": expected,
    }
    assert _by_key(store, kind, rule, value) == []


@KINDS
def test_a_deleted_record_is_flagged_and_matches_nothing(  # noqa: PLR0913, PLR0917 - as above
    store: Store, database_url: str, kind: Kind, table: str, field: str, rule: str, value: str
) -> None:
    (gone,) = create(store, {"externalId": "gone", field: value}, kind=kind)

    _delete(database_url, table, gone)

    expected = Record(gone, {field: value}, deleted=True)
    assert _by_external_id(store, kind, "gone") == {"gone": expected}
    assert _by_id(store, kind, gone) == {gone: expected}
    assert _by_key(store, kind, rule, value) == []
    assert read_records(store, kind, [gone]) == []
    synced = sync_records(store, RULES[kind], [{"externalId": "gone", field: value}], origin())
    assert synced == []
    (outcome,) = update(store, {"crmId": gone, "title": "CEO"}, kind=kind)
    assert outcome.effect is Effect.FAILED


@KINDS
def test_several_records_for_a_key_give_the_oldest_that_lives(  # noqa: PLR0913, PLR0917 - as above
    store: Store, database_url: str, kind: Kind, table: str, field: str, rule: str, value: str
) -> None:
    ids = create(store, *[{"externalId": f"e{i}"} for i in range(4)], kind=kind)
    # From the youngest to the oldest, so that the oldest is not the first to have the key.
    for record in reversed(ids):
        update(store, {"crmId": record, field: value}, kind=kind)

    assert _by_key(store, kind, rule, value) == [ids[0]]
    _delete(database_url, table, ids[0])
    assert _by_key(store, kind, rule, value) == [ids[1]]
    _merge(database_url, table, ids[1], ids[3])
    assert _by_key(store, kind, rule, value) == [ids[2]]


def test_what_comes_for_a_merged_record_goes_to_its_survivor(
    store: Store, database_url: str
) -> None:
    gone, survivor = create(store, *people(2))
    _merge(database_url, "contacts", gone, survivor)

    update(store, {"crmId": gone, "title": "CEO"}, {"crmId": survivor, "level": 3})
    creation(store, [{"externalId": "p-0", "city": "Vigo"}])

    expected = {**people(2)[1], "title": "CEO", "level": 3, "city": "Vigo"}
    del expected["externalId"]
    assert _by_id(store, Kind.CONTACT, survivor)[survivor].properties == expected
    changed = rows(database_url, "SELECT DISTINCT record_id FROM history WHERE action = 'updated'")
    assert changed == [(survivor,)]


def test_a_merged_record_keeps_the_links_that_come_for_it(store: Store, database_url: str) -> None:
    gone, survivor = create(store, *people(2))
    (company,) = create(store, *firms(1), kind=Kind.COMPANY)
    _merge(database_url, "contacts", gone, survivor)

    pairs = [Pair(gone, company, {"a": 1}), Pair(survivor, company, {"b": 2})]
    create_associations(store, pairs, origin())

    kept = rows(database_url, "SELECT contact_id, company_id, properties FROM associations")
    assert set(kept) == {(gone, company, '{"a":1}'), (survivor, company, '{"b":2}')}


def test_creating_a_deleted_record_again_restores_it(store: Store, database_url: str) -> None:
    (gone,) = create(store, *people(1))
    _delete(database_url, "contacts", gone)

    (outcome,) = creation(store, people(1))

    assert outcome.record_id == gone
    assert not _by_id(store, Kind.CONTACT, gone)[gone].deleted
    assert _by_key(store, Kind.CONTACT, "email", "p-0@acme.example") == [gone]
    assert count(database_url, "contact_keys") == 2


def test_a_deleted_record_is_no_reason_to_lose_its_namesake(
    store: Store, database_url: str
) -> None:
    (gone,) = create(store, {"externalId": "old", "email": "jo@acme.example"})
    _delete(database_url, "contacts", gone)

    (new,) = create(store, {"externalId": "new", "email": "jo@acme.example"})

    assert new != gone
    assert _by_key(store, Kind.CONTACT, "email", "jo@acme.example") == [new]


def test_an_id_of_the_other_kind_finds_nothing(store: Store) -> None:
    (contact,) = create(store, *people(1))
    found: dict[str, Any] = _by_id(store, Kind.COMPANY, contact, "contact_unknown")

    assert found == {}
    assert _by_external_id(store, Kind.COMPANY, "p-0") == {}
