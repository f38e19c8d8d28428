"""POST /contacts/batch and POST /companies/batch."""

import pytest

from customcrm.crm.records import Kind
from tests.integration.api.client import Client
from tests.integration.api.rows import Rows

KINDS = {"contacts": Kind.CONTACT, "companies": Kind.COMPANY}
PLURAL = pytest.mark.parametrize("plural", KINDS)


def test_documented_fields_are_flat_and_all_others_apart(client: Client) -> None:
    record = {"externalId": "1", "email": "a@acme.com", "leadScore": 7, "deep": {"er": [None]}}
    (jane,) = client.create("contacts", record)
    assert client.read("contacts", jane) == [
        {
            "id": jane,
            "externalId": "1",
            "email": "a@acme.com",
            "properties": {"leadScore": 7, "deep": {"er": [None]}},
        }
    ]


def test_a_company_is_shown_the_same_way(client: Client) -> None:
    record = {"externalId": "1", "name": "Acme", "employeeCount": 7, "accountTier": "gold"}
    (acme,) = client.create("companies", record)
    assert client.read("companies", acme) == [
        {
            "id": acme,
            "externalId": "1",
            "name": "Acme",
            "numberOfEmployees": 7,
            "properties": {"accountTier": "gold"},
        }
    ]


@PLURAL
def test_custom_properties_of_our_own_names_do_not_take_their_place(
    client: Client, plural: str
) -> None:
    own = {"properties": "text", "crmId": "z", "external_id": "w", "history": [1], "tasks": "none"}
    (crm_id,) = client.create(plural, {"externalId": "1", **own})
    (record,) = client.read(plural, crm_id)
    assert record == {"id": crm_id, "externalId": "1", "properties": own}


@PLURAL
def test_records_come_in_the_order_asked_each_once(client: Client, plural: str) -> None:
    one, other = client.create(plural, {"externalId": "1"}, {"externalId": "2"})
    assert [record["id"] for record in client.read(plural, other, "nobody", one, other)] == [
        other,
        one,
    ]
    assert client.read(plural) == []


@PLURAL
def test_a_deleted_record_is_left_out(client: Client, rows: Rows, plural: str) -> None:
    one, other = client.create(plural, {"externalId": "1"}, {"externalId": "2"})
    rows.delete(KINDS[plural], one)
    assert [record["id"] for record in client.read(plural, one, other)] == [other]


@PLURAL
def test_a_merged_id_gives_its_survivor(client: Client, rows: Rows, plural: str) -> None:
    merged, survivor = client.create(plural, {"externalId": "1"}, {"externalId": "2", "a": 1})
    rows.merge(KINDS[plural], merged, survivor)
    (record,) = client.read(plural, merged)
    assert (record["id"], record["properties"]) == (survivor, {"a": 1})


@PLURAL
def test_a_record_with_several_names_is_shown_with_its_first(client: Client, plural: str) -> None:
    (crm_id,) = client.create(plural, {"externalId": "9"})
    client.update(plural, {"crmId": crm_id, "externalId": "a"})
    (record,) = client.read(plural, crm_id)
    assert record["externalId"] in {"9", "a"}


@PLURAL
def test_an_id_of_the_other_kind_is_left_out(client: Client, plural: str) -> None:
    (other,) = client.create("companies" if plural == "contacts" else "contacts", {"externalId": 1})
    assert client.read(plural, other) == []


@PLURAL
def test_bad_ids_are_named(client: Client, plural: str) -> None:
    assert client.paths("POST", f"/{plural}/batch", {"ids": ["a", None, ""]}) == [
        "ids[1]",
        "ids[2]",
    ]
    assert client.paths("POST", f"/{plural}/batch", {}) == ["ids"]
