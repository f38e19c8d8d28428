"""The table of match keys follows the properties of the records."""

from typing import Any

import pytest

from customcrm.crm.match_keys import MatchKey
from customcrm.crm.records import Kind
from customcrm.store.backend import Store
from tests.integration.store.driver import Driver
from tests.integration.store.sql import rows
from tests.integration.store.world import RULES, create, firms, people, properties, update

JANE = {
    "externalId": "jane",
    "email": "Jane@Acme.example",
    "linkedinUrl": "https://www.linkedin.com/in/Jane/",
    "phone": "+34 600 000 001",
    "mobilePhone": "+34 600 000 002",
    "firstName": "Jane",
    "lastName": "Doe",
    "company": "Acme, Inc.",
}


def _keys(url: str, table: str = "contact_keys") -> set[tuple[str, str]]:
    found = rows(url, f"SELECT kind, value FROM {table}")  # noqa: S608 - a literal
    assert len(set(found)) == len(found)
    return {(kind, value) for kind, value in found}


def _found(store: Store, kind: str, value: str) -> list[str]:
    key = MatchKey(kind, value)
    return list(store.read(lambda reader: reader.ids_by_key(Kind.CONTACT, [key])).values())


def test_an_email_that_changes_is_found_by_the_new_one_only(store: Store) -> None:
    (jane,) = create(store, JANE)
    assert _found(store, "email", "jane@acme.example") == [jane]

    update(store, {"crmId": jane, "email": "jane@new.example"})

    assert _found(store, "email", "jane@acme.example") == []
    assert _found(store, "email", "jane@new.example") == [jane]


@pytest.mark.parametrize(
    ("change", "gone", "new"),
    [
        ({"email": None}, {"email"}, set()),
        ({"email": "no address"}, {"email"}, set()),
        ({"linkedinUrl": "linkedin.com/in/joan"}, {"linkedinUrl"}, {("linkedinUrl", "in/joan")}),
        ({"phone": None, "mobilePhone": None}, {"phone"}, set()),
        ({"lastName": None}, {"name"}, set()),
        ({"email": " JANE@acme.example "}, set(), set()),
        ({"title": "CEO", "engaged": "Yes"}, set(), set()),
    ],
)
def test_the_keys_are_those_of_the_properties(
    store: Store, database_url: str, change: dict[str, Any], gone: set[str], new: set[Any]
) -> None:
    (jane,) = create(store, JANE)
    before = _keys(database_url)
    assert {kind for kind, _ in before} == {"email", "linkedinUrl", "phone", "name"}
    assert len(before) == 5

    update(store, {"crmId": jane, **change})

    after = _keys(database_url)
    assert after == set(RULES[Kind.CONTACT].keys_of(properties(store, jane)))
    assert {kind for kind, _ in before - after} == gone
    assert len(after - before) == len(new)


@pytest.mark.parametrize(("kind", "table"), [(Kind.CONTACT, "contact"), (Kind.COMPANY, "company")])
def test_other_properties_leave_the_keys_alone(
    driver: Driver, store: Store, kind: Kind, table: str
) -> None:
    make = people if kind is Kind.CONTACT else firms
    ids = create(store, *make(3), kind=kind)
    driver.clear()

    update(store, *[{"crmId": i, "title": "CEO", "engaged": None} for i in ids], kind=kind)
    create(store, *[{**one, "notes": "new"} for one in make(3)], kind=kind)

    # Twice: the records, their history, and that their cards are due.
    assert len(driver.changes) == 6
    assert [s.text for s in driver.changes if f"{table}_keys" in s.text] == []


def test_two_phones_that_are_one_number_make_one_key(store: Store, database_url: str) -> None:
    create(store, {"externalId": "a", "phone": "+34600000001", "mobilePhone": "0034 600 000 001"})

    assert _keys(database_url) == {("phone", "+34600000001")}


def test_a_record_that_is_linked_gains_the_keys_it_lacked(store: Store) -> None:
    (jane,) = create(store, {"externalId": "a", "email": "jane@acme.example"})

    (same,) = create(store, {**JANE, "externalId": "b"})

    assert same == jane
    assert _found(store, "linkedinUrl", _linkedin_of(JANE)) == [jane]


def _linkedin_of(values: dict[str, Any]) -> str:
    return next(k.value for k in RULES[Kind.CONTACT].keys_of(values) if k.kind == "linkedinUrl")


def test_an_email_that_moves_from_one_record_to_another_moves_the_key(store: Store) -> None:
    one, two = create(store, *people(2))

    update(
        store,
        {"crmId": one, "email": "p-1@acme.example"},
        {"crmId": two, "email": "p-0@acme.example"},
    )

    assert _found(store, "email", "p-1@acme.example") == [one]
    assert _found(store, "email", "p-0@acme.example") == [two]


def test_a_change_and_its_reversal_leave_one_key(store: Store, database_url: str) -> None:
    (one,) = create(store, *people(1))
    before = _keys(database_url)

    for email in ("a@b.example", "p-0@acme.example", None, "P-0@acme.example"):
        update(store, {"crmId": one, "email": email})

    assert _keys(database_url) == before
