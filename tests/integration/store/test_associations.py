"""Links between contacts and companies."""

import json
from typing import Any

import pytest

from customcrm.crm.planning import Effect
from customcrm.crm.records import Kind
from customcrm.operations.associations import create_associations
from customcrm.operations.ports import Pair
from customcrm.store.backend import Store
from tests.integration.store.driver import Driver
from tests.integration.store.sql import everything, rows, run
from tests.integration.store.world import create, firms, origin, people


@pytest.fixture
def ends(store: Store) -> list[tuple[str, str]]:
    """Three contacts, each with a company to be linked to."""
    companies = create(store, *firms(3), kind=Kind.COMPANY)
    return list(zip(create(store, *people(3)), companies, strict=True))


def _link(store: Store, *pairs: tuple[str, str, dict[str, Any]]) -> list[Effect]:
    return [o.effect for o in create_associations(store, [Pair(*p) for p in pairs], origin())]


def _kept(url: str) -> dict[tuple[str, str], Any]:
    found = rows(url, "SELECT contact_id, company_id, properties FROM associations")
    return {(contact, company): json.loads(said) for contact, company, said in found}


def test_new_links_are_kept(store: Store, database_url: str, ends: list[tuple[str, str]]) -> None:
    told = _link(store, *[(*pair, {"role": "CEO"}) for pair in ends])

    assert told == [Effect.LINKED] * 3
    assert _kept(database_url) == {pair: {"role": "CEO"} for pair in ends}


def test_a_contact_may_have_several_companies(
    store: Store, database_url: str, ends: list[tuple[str, str]]
) -> None:
    contact = ends[0][0]

    _link(store, *[(contact, company, {}) for _, company in ends])

    assert set(_kept(database_url)) == {(contact, company) for _, company in ends}


def test_a_link_that_comes_again_counts_and_writes_nothing(
    driver: Driver, store: Store, database_url: str, ends: list[tuple[str, str]]
) -> None:
    _link(store, *[(*pair, {"role": "CEO"}) for pair in ends])
    before = everything(database_url)
    driver.clear()

    for said in ({"role": "CEO"}, {}):
        assert _link(store, *[(*pair, said) for pair in ends]) == [Effect.LINKED] * 3

    assert driver.changes == []
    assert everything(database_url) == before


def test_a_link_gains_what_is_said_later_and_keeps_what_was_said(
    store: Store, database_url: str, ends: list[tuple[str, str]]
) -> None:
    first, second, _ = ends
    _link(store, (*first, {"role": "CEO", "since": 2020}), (*second, {"role": "CTO"}))

    _link(store, (*first, {"role": "CFO", "deep": {"a": [1]}}), (*second, {}))

    assert _kept(database_url) == {
        first: {"role": "CFO", "since": 2020, "deep": {"a": [1]}},
        second: {"role": "CTO"},
    }


def test_a_link_tells_a_number_from_a_truth(
    store: Store, database_url: str, ends: list[tuple[str, str]]
) -> None:
    _link(store, (*ends[0], {"primary": 1}))

    _link(store, (*ends[0], {"primary": True}))

    assert _kept(database_url)[ends[0]]["primary"] is True


def test_a_pair_that_comes_twice_in_a_batch_is_one_link(
    store: Store, database_url: str, ends: list[tuple[str, str]]
) -> None:
    told = _link(store, (*ends[0], {"a": 1}), (*ends[0], {"b": 2}))

    assert told == [Effect.LINKED] * 2
    assert _kept(database_url) == {ends[0]: {"a": 1, "b": 2}}


def test_what_cannot_be_linked_disturbs_no_other(
    store: Store, database_url: str, ends: list[tuple[str, str]]
) -> None:
    (contact, company), (deleted, _), (_, gone) = ends
    run(database_url, "UPDATE contacts SET deleted_at = 1 WHERE id = :id", id=deleted)
    run(database_url, "UPDATE companies SET deleted_at = 1 WHERE id = :id", id=gone)

    told = create_associations(
        store,
        [
            Pair("unknown", company, {}),
            Pair(contact, "unknown", {}),
            Pair(deleted, company, {}),
            Pair(contact, gone, {}),
            Pair(company, contact, {}),
            Pair(contact, company, {}),
        ],
        origin(),
    )

    assert [(one.effect, one.reason) for one in told] == [
        (Effect.FAILED, "Contact not found"),
        (Effect.FAILED, "Company not found"),
        (Effect.FAILED, "Contact not found"),
        (Effect.FAILED, "Company not found"),
        (Effect.FAILED, "Contact not found"),
        (Effect.LINKED, None),
    ]
    assert set(_kept(database_url)) == {(contact, company)}
