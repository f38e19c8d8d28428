"""What the operations on records add to the plans and matches of `crm`."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from customcrm.contract.activities import CreateActivity
from customcrm.crm.planning import Effect
from customcrm.crm.records import COMPANY_RULES, CONTACT_RULES, Kind, Rules
from customcrm.operations.activities import create_activity
from customcrm.operations.records import (
    create_records,
    read_records,
    sync_records,
    update_records,
)
from customcrm.operations.repeats import Request
from tests.unit.fakes import START, fake_origin
from tests.unit.memory_backend import MemoryBackend


class Crm:
    """The verbs of contacts, on a CRM in memory."""

    def __init__(self) -> None:
        self.backend = MemoryBackend()
        self.origin = fake_origin()

    def create(self, *records: dict[str, Any], rules: Rules = CONTACT_RULES) -> list[str]:
        outcomes = create_records(self.backend, rules, records, self.origin)
        return [outcome.record_id for outcome in outcomes]

    def sync(self, record: dict[str, Any], rules: Rules = CONTACT_RULES) -> dict[str, Any]:
        """The properties of the one match."""
        (found,) = sync_records(self.backend, rules, [record], self.origin)
        return found.properties

    def log(self, contact_id: str, days: int) -> None:
        activity = CreateActivity(
            type="EMAIL", contact_id=contact_id, occurred_at=START + timedelta(days=days)
        )
        request = Request("create_activity", str(days).encode())
        create_activity(self.backend, activity, {}, request, self.origin)


@pytest.fixture
def crm() -> Crm:
    return Crm()


def test_the_last_activity_date_is_the_latest_of_the_contacts_activities(crm: Crm) -> None:
    (jane,) = crm.create({"externalId": "1"})
    assert crm.sync({"externalId": "1"}) == {}
    for days in (1, 3, 2):
        crm.log(jane, days)
    assert crm.sync({"externalId": "1"}) == {"lastActivityDate": "2026-03-04T09:30:00Z"}


def test_a_derived_date_wins_over_a_stored_one(crm: Crm) -> None:
    (jane,) = crm.create({"externalId": "1", "lastActivityDate": "yesterday"})
    assert crm.sync({"externalId": "1"}) == {"lastActivityDate": "yesterday"}
    crm.log(jane, 1)
    assert crm.sync({"externalId": "1"}) == {"lastActivityDate": "2026-03-02T09:30:00Z"}


def test_a_date_that_does_not_go_back_is_not_looked_up(
    crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    (jane,) = crm.create({"externalId": "1"})
    crm.log(jane, 1)
    rules = replace(CONTACT_RULES, returned=("email",))
    assert crm.sync({"externalId": "1"}, rules) == {}
    crm.create({"externalId": "1"}, rules=COMPANY_RULES)
    monkeypatch.delattr("tests.unit.memory_backend.MemoryTransaction.last_activity_dates")
    rules = replace(COMPANY_RULES, returned=("lastActivityDate",))
    assert crm.sync({"externalId": "1"}, rules) == {}


def test_rivals_are_noted_once_and_a_sync_without_any_writes_nothing(
    crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = crm.create(
        {"externalId": "1", "email": "a@acme.com"},
        {"externalId": "2", "phone": "+34600111222"},
    )
    crm.sync({"externalId": "9", "email": "a@acme.com", "phone": "+34600111222"})
    assert crm.backend.data.duplicates == {(one, other): "phone"}
    monkeypatch.delattr(MemoryBackend, "write")
    crm.sync({"externalId": "9", "email": "a@acme.com"})


def test_without_external_ids_in_the_chain_an_external_id_finds_nothing(crm: Crm) -> None:
    crm.create({"externalId": "1"})
    rules = replace(CONTACT_RULES, chain=("email",))
    assert sync_records(crm.backend, rules, [{"externalId": "1"}], crm.origin) == []


def test_records_are_read_in_the_order_asked_with_their_first_external_id(crm: Crm) -> None:
    one, other = crm.create(
        {"externalId": "1", "email": "a@acme.com"},
        {"externalId": "2"},
    )
    crm.create({"externalId": "3", "email": "a@acme.com"})
    found = read_records(crm.backend, Kind.CONTACT, [other, "nobody", one, other])
    assert [(each.record.id, each.external_id) for each in found] == [(other, "2"), (one, "1")]
    crm.backend.delete(one)
    assert read_records(crm.backend, Kind.CONTACT, [one]) == []
    assert read_records(crm.backend, Kind.COMPANY, [other]) == []


def test_the_failures_of_an_update_can_be_told_apart(crm: Crm) -> None:
    (jane,) = crm.create({"externalId": "1"})
    updates = [{"crmId": "nobody"}, {"crmId": jane, "title": "CEO"}]
    outcomes = update_records(crm.backend, CONTACT_RULES, updates, crm.origin)
    assert [outcome.effect for outcome in outcomes] == [Effect.FAILED, Effect.UPDATED]


def test_what_was_handed_over_is_not_changed(crm: Crm) -> None:
    sent = {"externalId": "1", "tags": ["a"], "none": None}
    copy = {**sent, "tags": ["a"]}
    (jane,) = crm.create(sent)
    crm.sync(sent)
    assert sent == copy
    update = {"crmId": jane, "externalId": "2", "title": None}
    update_records(crm.backend, CONTACT_RULES, [update], crm.origin)
    assert update == {"crmId": jane, "externalId": "2", "title": None}
