"""What holds for any batch, whatever is in it."""

from math import prod
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from customcrm.crm.planning import (
    Effect,
    Outcome,
)
from customcrm.crm.records import COMPANY_RULES, CONTACT_RULES, Kind, Rules
from customcrm.crm.values import is_blank
from customcrm.operations.records import create_records, sync_records, update_records
from tests.unit.fakes import fake_origin
from tests.unit.memory_backend import MemoryBackend

Values = dict[str, Any]

# Small pools, so that everything meets everything.
EXTERNAL_IDS = ["1", "2", "3", "4", "5"]
ODDITIES: list[Any] = [None, "", " ", "x", 0, 1, True, 1.0, [1], [True], {"a": 1}]
CONTACT_POOLS: dict[str, list[Any]] = {
    "email": ["a@acme.com", "B@acme.com", "c@acme.com", "info@acme.com", "none@none.com", None],
    "personalEmails": [["info@acme.com", "a@acme.com"], "c@acme.com"],
    "linkedinUrl": ["linkedin.com/in/a", "https://www.linkedin.com/in/b/", ""],
    "firstName": ["Jane", "Joe", "n/a"],
    "title": ODDITIES,
    "custom": ODDITIES,
}
COMPANY_POOLS: dict[str, list[Any]] = {
    "domain": ["a.com", "https://www.b.com/", "gmail.com", "a.com/shop/x", "etsy.com/x1", None],
    "website": ["etsy.com/x2", "b.com"],
    "linkedinUrl": ["linkedin.com/company/a", "linkedin.com/company/b/", ""],
    "name": ["Acme", "Acme Inc.", "Oak", "unknown"],
    "numberOfEmployees": ODDITIES,
    "employeeCount": ODDITIES,
}


def batches(name: str, ids: list[str], pools: dict[str, list[Any]]) -> st.SearchStrategy[Any]:
    """Batches of records that have one of the ids, and of each pool one value or none.

    A record is one number, taken apart: drawing each value would take ten times as long.
    """
    sizes = [len(ids), *(len(pool) + 1 for pool in pools.values())]

    def record(number: int) -> Values:
        number, which = divmod(number, len(ids))
        values: Values = {name: ids[which]}
        for field, pool in pools.items():
            number, which = divmod(number, len(pool) + 1)
            if which:
                values[field] = pool[which - 1]
        return values

    return st.lists(st.sampled_from(range(prod(sizes))).map(record), max_size=7)


STORED = range(1, 7)
CONTACTS = batches("externalId", EXTERNAL_IDS, CONTACT_POOLS)
COMPANIES = batches("externalId", EXTERNAL_IDS, COMPANY_POOLS)
CONTACT_UPDATES = batches(
    "crmId",
    [f"contact_{number:06}" for number in STORED],
    {**CONTACT_POOLS, "externalId": EXTERNAL_IDS},
)
COMPANY_UPDATES = batches(
    "crmId",
    [f"company_{number:06}" for number in STORED],
    {**COMPANY_POOLS, "externalId": EXTERNAL_IDS},
)
DELETED = st.sets(st.sampled_from(STORED), max_size=2)


class Crm:
    """A CRM in memory, with the operations under test."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.backend = MemoryBackend()
        self.origin = fake_origin()

    @classmethod
    def with_past(
        cls, rules: Rules, created: list[Values], updated: list[Values], deleted: set[int]
    ) -> "Crm":
        """One in which this happened before, record by record."""
        crm = cls(rules)
        for record in created:
            crm.create([record])
        for record in updated:
            crm.update([record])
        for record_id in {f"{rules.kind}_{number:06}" for number in deleted}:
            if record_id in crm.backend.data.records:
                crm.backend.delete(record_id)
        return crm

    def create(self, batch: list[Values]) -> list[Outcome]:
        return create_records(self.backend, self.rules, batch, self.origin)

    def update(self, batch: list[Values]) -> list[Outcome]:
        return update_records(self.backend, self.rules, batch, self.origin)

    @property
    def kept(self) -> Any:
        """Records, their keys and their names, so that `1`, `1.0` and `True` are different."""
        data = self.backend.data
        return {
            record.id: (repr(sorted(record.properties.items())), record.deleted)
            for record in data.records.values()
        }, ({i: set(keys) for i, keys in data.keys.items()}, data.names)


def test_a_key_that_a_batch_has_taken_away_finds_nothing() -> None:
    crm = Crm(CONTACT_RULES)
    crm.create([{"externalId": "1", "email": "a@acme.com"}])
    outcomes = crm.create(
        [{"externalId": "1", "email": "b@acme.com"}, {"externalId": "2", "email": "a@acme.com"}]
    )
    assert [outcome.effect for outcome in outcomes] == [Effect.UPDATED, Effect.CREATED]


PAST = st.tuples(CONTACTS, CONTACT_UPDATES, DELETED)
COMPANY_PAST = st.tuples(COMPANIES, COMPANY_UPDATES, DELETED)
Past = tuple[list[Values], list[Values], set[int]]


def told(outcomes: list[Outcome]) -> list[tuple[str, ...]]:
    return [(one.id, one.record_id, one.effect, one.reason or "") for one in outcomes]


def assert_a_batch_means_its_records(rules: Rules, past: Past, batch: list[Values]) -> None:
    together, singly = Crm.with_past(rules, *past), Crm.with_past(rules, *past)
    outcomes = together.create(batch)
    assert told(outcomes) == told([singly.create([record])[0] for record in batch])
    assert together.kept == singly.kept
    assert together.backend.data.duplicates.keys() == singly.backend.data.duplicates.keys()


@given(PAST, CONTACTS)
# The oldest holder of a key loses it in the batch, and a younger one has it still.
@example(
    (
        [{"externalId": "1", "email": "a@acme.com"}, {"externalId": "2"}],
        [{"crmId": "contact_000002", "email": "a@acme.com"}],
        set(),
    ),
    [{"externalId": "1", "email": "c@acme.com"}, {"externalId": "3", "email": "a@acme.com"}],
)
# An older record gains a key in the batch that a younger one has.
@example(
    ([{"externalId": "1"}, {"externalId": "2", "email": "a@acme.com"}], [], set()),
    [{"externalId": "1", "email": "a@acme.com"}, {"externalId": "3", "email": "a@acme.com"}],
)
# A deleted record comes back once.
@example(([{"externalId": "1"}], [], {1}), [{"externalId": "1"}, {"externalId": "1"}])
@settings(max_examples=300, deadline=None)
def test_a_batch_of_contacts_means_what_its_records_mean_one_by_one(
    past: Past, batch: list[Values]
) -> None:
    assert_a_batch_means_its_records(CONTACT_RULES, past, batch)


@given(COMPANY_PAST, COMPANIES)
@settings(max_examples=150, deadline=None)
def test_a_batch_of_companies_means_what_its_records_mean_one_by_one(
    past: Past, batch: list[Values]
) -> None:
    assert_a_batch_means_its_records(COMPANY_RULES, past, batch)


@given(PAST, CONTACT_UPDATES)
@settings(max_examples=150, deadline=None)
def test_a_batch_of_updates_means_what_its_updates_mean_one_by_one(
    past: Past, batch: list[Values]
) -> None:
    together, singly = Crm.with_past(CONTACT_RULES, *past), Crm.with_past(CONTACT_RULES, *past)
    outcomes = together.update(batch)
    assert told(outcomes) == told([singly.update([record])[0] for record in batch])
    assert together.kept == singly.kept
    assert together.backend.data.duplicates.keys() == singly.backend.data.duplicates.keys()


@pytest.mark.parametrize("split", [1, 3])
@given(past=PAST, batch=CONTACTS)
@settings(max_examples=60, deadline=None)
def test_a_batch_sent_twice_returns_the_same_ids_and_creates_nothing(
    split: int, past: Past, batch: list[Values]
) -> None:
    crm = Crm.with_past(CONTACT_RULES, *past)
    first = crm.create(batch)
    ids = set(crm.backend.data.records)
    names = dict(crm.backend.data.names)
    again = [
        outcome
        for start in range(0, len(batch), split)
        for outcome in crm.create(batch[start : start + split])
    ]
    assert [one.record_id for one in again] == [one.record_id for one in first]
    assert {one.effect for one in again} <= {Effect.UPDATED, Effect.UNCHANGED}
    assert set(crm.backend.data.records) == ids
    assert crm.backend.data.names == names


@given(CONTACTS)
@settings(max_examples=60, deadline=None)
def test_a_repeat_at_once_changes_nothing_when_no_external_id_came_twice(
    batch: list[Values],
) -> None:
    alone = list({record["externalId"]: record for record in batch}.values())
    crm = Crm(CONTACT_RULES)
    for record in alone:
        crm.create([record])
        before = crm.kept
        outcomes = crm.create([record])
        if outcomes[0].effect is Effect.UNCHANGED:
            assert crm.kept == before


@given(PAST, CONTACTS)
@settings(max_examples=100, deadline=None)
def test_no_two_people_at_a_role_mailbox_are_made_one(past: Past, batch: list[Values]) -> None:
    """Whose given names differ is linked by no role mailbox, whatever happened before."""
    crm = Crm.with_past(CONTACT_RULES, *past)
    for record in batch:
        before = crm.backend.data.records
        (outcome,) = crm.create([record])
        if outcome.effect is Effect.LINKED:
            own = before[outcome.record_id].properties
            names = {own.get("firstName"), record.get("firstName")} - {None, "n/a"}
            shared = set(CONTACT_RULES.keys_of(own)) & set(CONTACT_RULES.keys_of(record))
            assert len(names) < 2 or shared != {("email", "info@acme.com")}


@given(PAST, CONTACTS)
@settings(max_examples=100, deadline=None)
def test_a_link_never_overwrites_a_value(past: Past, batch: list[Values]) -> None:
    crm = Crm.with_past(CONTACT_RULES, *past)
    for record in batch:
        before = crm.backend.data.records
        (outcome,) = crm.create([record])
        if outcome.effect is Effect.LINKED:
            own = before[outcome.record_id].properties
            after = crm.backend.data.records[outcome.record_id].properties
            kept = {name: repr(value) for name, value in own.items() if not is_blank(value)}
            assert kept.items() <= {name: repr(value) for name, value in after.items()}.items()


@given(PAST, st.lists(CONTACTS | CONTACT_UPDATES, max_size=5))
@settings(max_examples=100, deadline=None)
def test_no_property_is_ever_lost_but_by_a_null_or_an_empty_text(
    past: Past, batches: list[list[Values]]
) -> None:
    crm = Crm.with_past(CONTACT_RULES, *past)
    for batch in batches:
        before = crm.backend.data.records
        updates = bool(batch) and "crmId" in batch[0]
        crm.update(batch) if updates else crm.create(batch)
        cleared = {
            (record["crmId"], name)
            for record in batch
            if updates
            for name, value in record.items()
            if value is None or value == ""
        }
        for record_id, record in before.items():
            after = crm.backend.data.records[record_id].properties
            lost = record.properties.keys() - after.keys()
            assert {(record_id, name) for name in lost} <= cleared


@given(PAST, CONTACTS)
@settings(max_examples=60, deadline=None)
def test_what_was_created_is_found_at_sync_and_sync_changes_no_record(
    past: Past, batch: list[Values]
) -> None:
    crm = Crm.with_past(CONTACT_RULES, *past)
    created = {outcome.id: outcome.record_id for outcome in crm.create(batch)}
    before = crm.kept
    found = sync_records(crm.backend, CONTACT_RULES, batch, crm.origin)
    assert [(one.external_id, one.record_id) for one in found] == [
        (record["externalId"], created[record["externalId"]]) for record in batch
    ]
    assert crm.kept == before


@given(PAST)
@settings(max_examples=60, deadline=None)
def test_every_external_id_leads_to_one_record_of_its_kind(past: Past) -> None:
    crm = Crm.with_past(CONTACT_RULES, *past)
    names = crm.backend.data.names
    assert {kind for kind, _ in names} <= {Kind.CONTACT}
    assert set(names.values()) == set(crm.backend.data.records)
