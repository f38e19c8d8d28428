"""POST /associations."""

from typing import Any

import pytest

from customcrm.crm.records import Kind
from customcrm.store.tables import ASSOCIATIONS
from tests.integration.api.client import Client
from tests.integration.api.rows import Rows
from tests.unit.fakes import START, FakeClock


def pair(contact: str, company: str, **more: Any) -> dict[str, Any]:
    return {"contactCRMId": contact, "companyCRMId": company, **more}


def associate(client: Client, *pairs: dict[str, Any]) -> Any:
    return client.call("POST", "/associations", {"associations": pairs})


@pytest.fixture
def jane(client: Client) -> str:
    return client.create("contacts", {"externalId": "1"})[0]


@pytest.fixture
def acme(client: Client) -> str:
    return client.create("companies", {"externalId": "1"})[0]


def test_a_pair_is_linked(client: Client, rows: Rows, jane: str, acme: str) -> None:
    assert associate(client, pair(jane, acme)) == {"success": True, "created": 1}
    assert rows.one(ASSOCIATIONS) == {
        "contact_id": jane,
        "company_id": acme,
        "properties": {},
        "created_at": START,
    }


def test_a_pair_that_is_linked_already_counts_and_is_left_alone(
    client: Client, rows: Rows, clock: FakeClock, jane: str, acme: str
) -> None:
    associate(client, pair(jane, acme))
    before = rows.one(ASSOCIATIONS)
    clock.advance(60)
    assert associate(client, pair(jane, acme)) == {"success": True, "created": 1}
    assert rows.one(ASSOCIATIONS) == before


def test_the_same_pair_twice_in_one_request_counts_twice_and_is_one_link(
    client: Client, rows: Rows, jane: str, acme: str
) -> None:
    assert associate(client, pair(jane, acme), pair(jane, acme))["created"] == 2
    assert len(rows.of(ASSOCIATIONS)) == 1


def test_further_keys_are_kept_and_never_lost(
    client: Client, rows: Rows, jane: str, acme: str
) -> None:
    associate(client, pair(jane, acme, role="CEO", tags=["a"]))
    associate(client, pair(jane, acme, since=2020))
    assert rows.one(ASSOCIATIONS)["properties"] == {"role": "CEO", "tags": ["a"], "since": 2020}


def test_a_further_key_can_become_true_where_it_was_one(
    client: Client, rows: Rows, jane: str, acme: str
) -> None:
    associate(client, pair(jane, acme, primary=1))
    associate(client, pair(jane, acme, primary=True))
    assert rows.one(ASSOCIATIONS)["properties"]["primary"] is True


def test_a_contact_may_have_several_companies(
    client: Client, rows: Rows, jane: str, acme: str
) -> None:
    (other,) = client.create("companies", {"externalId": "2"})
    assert associate(client, pair(jane, acme), pair(jane, other))["created"] == 2
    assert {row["company_id"] for row in rows.of(ASSOCIATIONS)} == {acme, other}


def test_each_failure_is_told_and_does_not_disturb_the_others(
    client: Client, rows: Rows, jane: str, acme: str
) -> None:
    answer = associate(
        client, pair("no", acme), pair(jane, "no"), pair(acme, jane), pair(jane, acme)
    )
    assert answer == {
        "success": True,
        "created": 1,
        "errors": [
            pair("no", acme, error="Contact not found"),
            pair(jane, "no", error="Company not found"),
            pair(acme, jane, error="Contact not found"),
        ],
    }
    assert len(rows.of(ASSOCIATIONS)) == 1


@pytest.mark.parametrize(
    ("kind", "reason"), [(Kind.CONTACT, "Contact not found"), (Kind.COMPANY, "Company not found")]
)
def test_a_deleted_end_is_an_error(
    client: Client, rows: Rows, jane: str, acme: str, kind: Kind, reason: str
) -> None:
    rows.delete(kind, jane if kind is Kind.CONTACT else acme)
    answer = associate(client, pair(jane, acme))
    assert answer == {"success": True, "created": 0, "errors": [pair(jane, acme, error=reason)]}
    assert rows.of(ASSOCIATIONS) == []


def test_a_merged_end_keeps_its_link(client: Client, rows: Rows, jane: str, acme: str) -> None:
    (survivor,) = client.create("contacts", {"externalId": "2"})
    rows.merge(Kind.CONTACT, jane, survivor)
    assert associate(client, pair(jane, acme))["created"] == 1
    assert rows.one(ASSOCIATIONS)["contact_id"] == jane


def test_no_pairs_are_none_linked(client: Client) -> None:
    assert associate(client) == {"success": True, "created": 0}


def test_malformed_pairs_are_named_and_nothing_is_linked(
    client: Client, rows: Rows, jane: str, acme: str
) -> None:
    pairs = [pair(jane, acme), {"contactCrmId": jane, "companyCrmId": acme}, 7]
    assert client.paths("POST", "/associations", {"associations": pairs}) == [
        "associations[1].contactCRMId",
        "associations[1].companyCRMId",
        "associations[2]",
    ]
    assert rows.of(ASSOCIATIONS) == []
