"""What the history tells of a contact or a company: who, when, from what, to what."""

import pytest

from customcrm.crm.records import Kind
from customcrm.operations.keys import create_key
from customcrm.store.tables import HISTORY
from tests.integration.api.client import Client
from tests.integration.api.conftest import SharedStore
from tests.integration.api.rows import Rows
from tests.unit.fakes import START, FakeClock, fake_origin

KINDS = {"contacts": Kind.CONTACT, "companies": Kind.COMPANY}
STRONG = {"contacts": {"email": "a@acme.com"}, "companies": {"domain": "acme.com"}}
PLURAL = pytest.mark.parametrize("plural", KINDS)


@PLURAL
def test_a_row_tells_who_and_when(
    client: Client, rows: Rows, shared_store: SharedStore, clock: FakeClock, plural: str
) -> None:
    made = create_key(shared_store, "Enginy", fake_origin())
    (crm_id,) = client.create(plural, {"externalId": "1", "a": 1})
    clock.advance(60)
    client.with_key(made.secret).update(plural, {"crmId": crm_id, "a": 2})
    assert [
        (row["action"], row["actor"], row["at"]) for row in rows.of(HISTORY, record_id=crm_id)
    ] == [("created", "key:configured", START), ("updated", f"key:{made.id}", clock.now)]


@PLURAL
def test_each_kind_of_change_is_told_with_old_and_new_values(
    client: Client, rows: Rows, plural: str
) -> None:
    strong = STRONG[plural]
    (crm_id,) = client.create(plural, {"externalId": "1", "a": 1, "b": 1, **strong})
    client.create(plural, {"externalId": "1", "a": 2})
    client.update(plural, {"crmId": crm_id, "a": 3, "b": None, "new": [1]})
    client.create(plural, {"externalId": "2", "a": 9, "b": 9, **strong})
    client.update(plural, {"crmId": crm_id, "externalId": "3"})
    rows.delete(KINDS[plural], crm_id)
    client.create(plural, {"externalId": "1", "a": 4})
    assert rows.history(crm_id) == [
        ("created", {}, {"a": 1, "b": 1, **strong, "externalId": ["1"]}),
        ("updated", {"a": 1}, {"a": 2}),
        ("updated", {"a": 2, "b": 1}, {"a": 3, "b": None, "new": [1]}),
        ("linked", {}, {"b": 9, "externalId": ["2"]}),
        ("linked", {}, {"externalId": ["3"]}),
        ("restored", {"a": 3}, {"a": 4}),
    ]


@PLURAL
def test_a_restored_record_that_is_otherwise_the_same_is_told_too(
    client: Client, rows: Rows, plural: str
) -> None:
    (crm_id,) = client.create(plural, {"externalId": "1", "a": 1})
    rows.delete(KINDS[plural], crm_id)
    client.create(plural, {"externalId": "1", "a": 1})
    assert rows.history(crm_id)[1:] == [("restored", {}, {})]


@PLURAL
def test_what_one_batch_does_to_a_record_is_one_row(
    client: Client, rows: Rows, plural: str
) -> None:
    crm_id, *_ = client.create(
        plural,
        {"externalId": "1", "a": 1, **STRONG[plural]},
        {"externalId": "2", "b": 2, **STRONG[plural]},
        {"externalId": "1", "a": 3},
    )
    client.update(plural, {"crmId": crm_id, "a": 4}, {"crmId": crm_id, "a": 5})
    assert rows.history(crm_id) == [
        ("created", {}, {"a": 3, "b": 2, **STRONG[plural], "externalId": ["1", "2"]}),
        ("updated", {"a": 3}, {"a": 5}),
    ]


@PLURAL
def test_what_changes_nothing_leaves_no_row(client: Client, rows: Rows, plural: str) -> None:
    (crm_id,) = client.create(plural, {"externalId": "1", "a": 1})
    client.create(plural, {"externalId": "1", "a": 1})
    client.update(plural, {"crmId": crm_id, "a": 1, "never": None})
    client.update(plural, {"crmId": crm_id})
    client.sync(plural, {"externalId": "1", "a": 2})
    assert len(rows.history(crm_id)) == 1


@PLURAL
def test_a_change_from_one_to_true_is_told(client: Client, rows: Rows, plural: str) -> None:
    (crm_id,) = client.create(plural, {"externalId": "1", "a": 1})
    client.update(plural, {"crmId": crm_id, "a": True})
    assert repr(rows.history(crm_id)[1]) == "('updated', {'a': 1}, {'a': True})"
