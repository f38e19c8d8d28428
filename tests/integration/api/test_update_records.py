"""PUT /contacts and PUT /companies."""

import pytest

from customcrm.crm.records import Kind
from customcrm.store.tables import RECORDS
from tests.integration.api.client import Client
from tests.integration.api.rows import Rows
from tests.unit.fakes import START, FakeClock

KINDS = {"contacts": Kind.CONTACT, "companies": Kind.COMPANY}
NOT_FOUND = {"contacts": "Contact not found", "companies": "Company not found"}
PLURAL = pytest.mark.parametrize("plural", KINDS)


@PLURAL
def test_an_update_is_a_merge_and_null_clears(
    client: Client, rows: Rows, clock: FakeClock, plural: str
) -> None:
    (crm_id,) = client.create(plural, {"externalId": "1", "a": 1, "b": 1, "engaged": "Yes"})
    clock.advance(60)
    assert client.update(plural, {"crmId": crm_id, "a": 2, "b": None, "new": {"c": [3]}}) == [
        {"crmId": crm_id, "success": True}
    ]
    row = rows.one(RECORDS[KINDS[plural]].records)
    assert row["properties"] == {"a": 2, "engaged": "Yes", "new": {"c": [3]}}
    assert (row["created_at"], row["updated_at"]) == (START, clock.now)


@PLURAL
def test_engagement_fields_of_any_name_are_stored(client: Client, rows: Rows, plural: str) -> None:
    (crm_id,) = client.create(plural, {"externalId": "1", "custom": 1})
    engagement = {"engaged_by_genesy": "Yes", "Última campaña": "A, B", "score": 1.5, "hot": True}
    client.update(plural, {"crmId": crm_id, **engagement})
    assert rows.properties(KINDS[plural], crm_id) == {"custom": 1, **engagement}


@PLURAL
def test_true_is_not_one(client: Client, rows: Rows, plural: str) -> None:
    (crm_id,) = client.create(plural, {"externalId": "1", "engaged": 1})
    client.update(plural, {"crmId": crm_id, "engaged": True})
    assert rows.properties(KINDS[plural], crm_id)["engaged"] is True


@PLURAL
def test_a_failing_record_does_not_disturb_the_others(
    client: Client, rows: Rows, plural: str
) -> None:
    one, other = client.create(plural, {"externalId": "1"}, {"externalId": "2"})
    results = client.update(
        plural, {"crmId": other, "a": 1}, {"crmId": "nobody", "a": 2}, {"crmId": one, "a": 3}
    )
    assert results == [
        {"crmId": other, "success": True},
        {"crmId": "nobody", "success": False, "error": NOT_FOUND[plural]},
        {"crmId": one, "success": True},
    ]
    assert rows.properties(KINDS[plural], one) == {"a": 3}
    assert rows.properties(KINDS[plural], other) == {"a": 1}


@PLURAL
def test_an_id_of_the_other_kind_is_not_found(client: Client, plural: str) -> None:
    (other,) = client.create("companies" if plural == "contacts" else "contacts", {"externalId": 1})
    assert client.update(plural, {"crmId": other, "a": 1}) == [
        {"crmId": other, "success": False, "error": NOT_FOUND[plural]}
    ]


@PLURAL
def test_a_deleted_record_is_not_found_and_stays_as_it_was(
    client: Client, rows: Rows, plural: str
) -> None:
    (crm_id,) = client.create(plural, {"externalId": "1", "a": 1})
    rows.delete(KINDS[plural], crm_id)
    before = rows.one(RECORDS[KINDS[plural]].records)
    (result,) = client.update(plural, {"crmId": crm_id, "a": 2})
    assert result == {"crmId": crm_id, "success": False, "error": NOT_FOUND[plural]}
    assert rows.one(RECORDS[KINDS[plural]].records) == before


@PLURAL
def test_a_merged_id_leads_to_its_survivor_and_comes_back_as_it_was_sent(
    client: Client, rows: Rows, plural: str
) -> None:
    merged, survivor = client.create(plural, {"externalId": "1", "a": 1}, {"externalId": "2"})
    rows.merge(KINDS[plural], merged, survivor)
    assert client.update(plural, {"crmId": merged, "b": 2}) == [{"crmId": merged, "success": True}]
    assert rows.properties(KINDS[plural], survivor) == {"b": 2}
    assert rows.properties(KINDS[plural], merged) == {"a": 1}


@PLURAL
def test_an_id_merged_into_a_deleted_record_is_not_found(
    client: Client, rows: Rows, plural: str
) -> None:
    merged, survivor = client.create(plural, {"externalId": "1"}, {"externalId": "2"})
    rows.merge(KINDS[plural], merged, survivor)
    rows.delete(KINDS[plural], survivor)
    assert client.update(plural, {"crmId": merged})[0]["error"] == NOT_FOUND[plural]


@PLURAL
def test_the_same_record_twice_is_changed_in_order(client: Client, rows: Rows, plural: str) -> None:
    (crm_id,) = client.create(plural, {"externalId": "1"})
    results = client.update(
        plural, {"crmId": crm_id, "a": 1, "b": 1}, {"crmId": crm_id, "a": 2, "b": None}
    )
    assert results == [{"crmId": crm_id, "success": True}] * 2
    assert rows.properties(KINDS[plural], crm_id) == {"a": 2}


def test_the_keys_follow(client: Client, rows: Rows) -> None:
    (jane,) = client.create("contacts", {"externalId": "1", "email": "old@acme.com", "phone": "x"})
    client.update("contacts", {"crmId": jane, "email": "new@acme.com", "phone": "+34600111222"})
    assert {(row["kind"], row["value"]) for row in rows.of(RECORDS[Kind.CONTACT].keys)} == {
        ("email", "new@acme.com"),
        ("phone", "+34600111222"),
    }
    assert client.sync("contacts", {"externalId": "x", "email": "old@acme.com"}) == {}
    assert client.sync("contacts", {"externalId": "x", "email": "new@acme.com"})["x"][0] == jane
    client.update("contacts", {"crmId": jane, "email": None, "phone": None})
    assert rows.of(RECORDS[Kind.CONTACT].keys) == []


@PLURAL
def test_an_external_id_of_an_update_becomes_another_name(
    client: Client, rows: Rows, plural: str
) -> None:
    (crm_id,) = client.create(plural, {"externalId": "1"})
    client.update(plural, {"crmId": crm_id, "externalId": "2", "a": 1})
    assert rows.names(KINDS[plural]) == {"1": crm_id, "2": crm_id}
    assert rows.properties(KINDS[plural], crm_id) == {"a": 1}
    assert client.create(plural, {"externalId": "2"}) == [crm_id]


@PLURAL
def test_an_external_id_is_not_taken_from_another_record(
    client: Client, rows: Rows, plural: str
) -> None:
    one, other = client.create(plural, {"externalId": "1"}, {"externalId": "2"})
    client.update(plural, {"crmId": other, "externalId": "1", "a": 1})
    assert rows.names(KINDS[plural]) == {"1": one, "2": other}
    assert rows.duplicates(KINDS[plural]) == {(one, other): "externalId"}
    assert rows.properties(KINDS[plural], other) == {"a": 1}


@PLURAL
def test_the_external_id_of_a_deleted_record_in_an_update_does_not_revive_it(
    client: Client, rows: Rows, plural: str
) -> None:
    gone, other = client.create(plural, {"externalId": "1"}, {"externalId": "2"})
    rows.delete(KINDS[plural], gone)
    client.update(plural, {"crmId": other, "externalId": "1", "a": 1})
    assert rows.one(RECORDS[KINDS[plural]].records, id=gone)["deleted_at"] == START
    assert len(rows.history(gone)) == 1


@PLURAL
def test_a_malformed_update_names_every_bad_path_and_changes_nothing(
    client: Client, rows: Rows, plural: str
) -> None:
    (crm_id,) = client.create(plural, {"externalId": "1", "a": 1})
    records = [{"crmId": crm_id, "a": 2}, {"a": 2}, None, {"crmId": ""}]
    assert client.paths("PUT", f"/{plural}", {plural: records}) == [
        f"{plural}[1].crmId",
        f"{plural}[2]",
        f"{plural}[3].crmId",
    ]
    assert rows.properties(KINDS[plural], crm_id) == {"a": 1}


@PLURAL
def test_no_updates_are_no_results(client: Client, plural: str) -> None:
    assert client.update(plural) == []
