"""Records that may be one are found, listed, dismissed and left out, in both databases."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from customcrm.crm.duplicates import Reason
from customcrm.crm.records import Kind
from customcrm.operations.browsing.cards import Cursor
from customcrm.operations.editing import delete_records, restore_records
from customcrm.operations.merging.merges import merge_records, undo_merge
from customcrm.operations.merging.ports import Suggestion
from customcrm.operations.merging.suggestions import dismiss, suggest_again
from customcrm.operations.records import sync_records
from customcrm.store.backend import Store
from customcrm.store.duplicates import finder, listing, walks
from tests.integration.store.world import RULES, create, origin, update

TOM = origin(actor="user:tom")


@pytest.fixture(autouse=True)
def _settled(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has changed counts as settled at once, in PostgreSQL too."""
    monkeypatch.setattr(store._finder, "_settle", timedelta(0))  # noqa: SLF001 - no other way


def found(store: Store, kind: Kind = Kind.CONTACT) -> dict[tuple[str, str], str]:
    """Every suggestion, after all has been looked at."""
    store.project_pending()
    store.find_pending()
    return {(one.first.id, one.second.id): one.reason for one in listed(store, kind)}


def listed(store: Store, kind: Kind, reason: Reason | None = None) -> tuple[Suggestion, ...]:
    return store.merges.suggestions(kind, reason, None, 100).items


def person(
    number: int, first: str, last: str, company: str = "Acme", **more: Any
) -> dict[str, Any]:
    return {
        "externalId": f"e{number}",
        "firstName": first,
        "lastName": last,
        "company": company,
        **more,
    }


def test_contacts_that_may_be_one_are_found_with_the_reason(store: Store) -> None:
    ids = create(
        store,
        person(0, "Jane", "Smith", "Acme Inc"),
        person(1, "Smith", "Jane", "ACME"),
        person(2, "Jone", "Smith", "Bolt"),
        person(3, "Jane", "Smith", "Acme, Inc.", email="jane@acme.example"),
        person(4, "Tom", "Wu", email="tom@acme.example"),
        person(5, "Anna", "Li", "Zeta", linkedinUrl="https://linkedin.com/in/anna-li"),
    )
    update(store, {"crmId": ids[5], "email": "tom@acme.example"})
    assert found(store) == {
        (ids[0], ids[1]): "similarName",
        (ids[1], ids[3]): "similarName",
        (ids[0], ids[3]): "name",
        (ids[4], ids[5]): "email",
    }
    scores = [one.score for one in listed(store, Kind.CONTACT)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 100


def test_two_profiles_are_not_suggested_for_a_similar_name(store: Store) -> None:
    create(
        store,
        person(0, "Katherine", "Smith", linkedinUrl="https://linkedin.com/in/kat"),
        person(1, "Catherine", "Smith", linkedinUrl="https://linkedin.com/in/cat"),
    )
    assert found(store) == {}


def test_companies_that_may_be_one_are_found_with_the_reason(store: Store) -> None:
    ids = create(
        store,
        {"externalId": "0", "name": "Acme GmbH", "domain": "acme.de"},
        {"externalId": "1", "name": "Acme Iberia", "domain": "acme.es"},
        {"externalId": "2", "name": "ACME, Inc.", "domain": "acme-corp.com"},
        {"externalId": "3", "name": "Bolt", "domain": "acme.io"},
        kind=Kind.COMPANY,
    )
    assert found(store, Kind.COMPANY) == {
        (ids[0], ids[1]): "similarName",
        (ids[0], ids[2]): "name",
    }


def test_what_changes_later_is_found_too(store: Store) -> None:
    ids = create(store, person(0, "Jane", "Smith"), person(1, "Tom", "Wu", "Bolt"))
    assert found(store) == {}
    assert store.merges.search(Kind.CONTACT).complete_at is not None
    more = create(store, person(2, "Jane", "Smyth"))
    update(store, {"crmId": ids[1], "company": "Acme", "firstName": "Smith", "lastName": "Jane"})
    firms = create(
        store,
        {"externalId": "0", "name": "Acme GmbH", "domain": "acme.de"},
        {"externalId": "1", "name": "Acme Iberia", "domain": "acme.es"},
        kind=Kind.COMPANY,
    )
    assert found(store) == {
        (ids[0], more[0]): "similarName",
        (ids[0], ids[1]): "similarName",
        (ids[1], more[0]): "similarName",
    }
    assert found(store, Kind.COMPANY) == {(firms[0], firms[1]): "similarName"}


def test_a_dismissed_pair_stays_dismissed(store: Store) -> None:
    ids = create(
        store,
        person(0, "Jane", "Smith", email="jane@acme.example"),
        person(1, "Jane", "Smith", linkedinUrl="https://linkedin.com/in/jane"),
    )
    pair = (ids[0], ids[1])
    assert found(store) == {pair: "name"}
    assert dismiss(store.merges, Kind.CONTACT, pair[::-1], TOM)
    assert not dismiss(store.merges, Kind.CONTACT, pair, TOM)
    # A sync meets both, and all is looked at again: neither brings it back.
    sent = {
        "externalId": "x",
        "email": "jane@acme.example",
        "linkedinUrl": "https://linkedin.com/in/jane",
    }
    sync_records(store, RULES[Kind.CONTACT], [sent], origin())
    store.merges.look_again()
    assert found(store) == {}
    assert suggest_again(store.merges, Kind.CONTACT, pair)
    assert list(found(store)) == [pair]


def test_pairs_vanish_with_one_of_both_and_come_back(store: Store) -> None:
    ids = create(store, *[person(n, "Jane", "Smith") for n in range(3)])
    pairs = {(ids[0], ids[1]), (ids[0], ids[2]), (ids[1], ids[2])}
    assert set(found(store)) == pairs
    rules = RULES[Kind.CONTACT]

    delete_records(store, rules, [ids[2]], TOM)
    assert set(found(store)) == {(ids[0], ids[1])}
    done = merge_records(store.merges, rules, ids[0], ids[1], {}, TOM)
    assert set(found(store)) == set()
    assert store.merges.count_suggestions(Kind.CONTACT, None, 100) == 0

    restore_records(store, rules, [ids[2]], TOM)
    undo_merge(store.merges, rules, done.id, TOM)
    assert set(found(store)) == pairs
    assert store.merges.count_suggestions(Kind.CONTACT, None, 100) == 3
    assert store.merges.count_suggestions(Kind.CONTACT, None, 2) is None


def test_a_merged_key_suggests_the_survivor(store: Store) -> None:
    ids = create(
        store,
        person(0, "Jane", "Smith"),
        person(1, "Zoe", "Wu", "Bolt"),
        person(2, "Zoe", "Wu", "Bolt"),
    )
    merge_records(store.merges, RULES[Kind.CONTACT], ids[0], ids[1], {}, TOM)
    assert found(store) == {(ids[0], ids[2]): "name"}


def test_what_was_suggested_of_one_is_suggested_of_whom_it_was_merged_into(store: Store) -> None:
    ids = create(
        store,
        person(0, "Jane", "Smith", "Acme", email="jane@acme.example"),
        person(1, "Zoe", "Wu", "Bolt", email="zoe@bolt.example"),
        person(2, "Tom", "Li", "Cube", linkedinUrl="https://linkedin.com/in/tom"),
    )
    update(store, {"crmId": ids[2], "email": "zoe@bolt.example"})
    assert found(store) == {(ids[1], ids[2]): "email"}

    done = merge_records(store.merges, RULES[Kind.CONTACT], ids[0], ids[1], {}, TOM)
    assert found(store) == {(ids[0], ids[2]): "email"}

    undo_merge(store.merges, RULES[Kind.CONTACT], done.id, TOM)
    assert found(store)[ids[1], ids[2]] == "email"


def test_roots_of_merged_domains_are_looked_at_too(store: Store) -> None:
    ids = create(
        store,
        {"externalId": "0", "name": "Acme Works", "domain": "works.com"},
        {"externalId": "1", "name": "Bolt", "domain": "acme.de"},
        {"externalId": "2", "name": "Acme Iberia", "domain": "acme.es"},
        kind=Kind.COMPANY,
    )
    assert found(store, Kind.COMPANY) == {}
    merge_records(store.merges, RULES[Kind.COMPANY], ids[0], ids[1], {}, TOM)
    assert found(store, Kind.COMPANY) == {(ids[0], ids[2]): "similarName"}


@pytest.mark.parametrize("reason", [None, Reason.NAME])
def test_pages_go_both_ways_past_pairs_that_are_gone(
    store: Store, monkeypatch: pytest.MonkeyPatch, reason: Reason | None
) -> None:
    monkeypatch.setattr(listing, "WINDOW", 4)
    ids = create(store, *[person(n, f"Name{n // 2}", f"Last{n // 2}") for n in range(24)])
    gone = [ids[n] for n in (0, 2, 4, 6, 8, 10, 16)]
    assert len(found(store)) <= 4
    delete_records(store, RULES[Kind.CONTACT], gone, TOM)
    expected = [
        (one, other)
        for n, (one, other) in enumerate(pairwise(ids))
        if n % 2 == 0 and one not in gone
    ][::-1]

    def pages(at: Cursor | None, *, back: bool) -> list[list[tuple[str, str]]]:
        told = []
        while True:
            page = store.merges.suggestions(Kind.CONTACT, reason, at, 2)
            told.append([(one.first.id, one.second.id) for one in page.items])
            following = page.before if back else page.after
            if following is None:
                return told
            at = following

    forwards = pages(None, back=False)
    assert [one for page in forwards for one in page] == expected
    end = Cursor("", -1, backwards=True)
    backwards = pages(end, back=True)[::-1]
    assert [one for page in backwards for one in page] == expected


def test_stretches_cut_anywhere_find_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, (module, name) in enumerate(
        [(walks, "STRETCH"), (walks, "OVERLAP"), (finder, "MAX_PAIRS")]
    ):
        monkeypatch.setattr(module, name, (3, 2, 2)[number])
    people = [person(n, f"Jane{n % 5}", "Smith", f"Acme {n % 3}") for n in range(30)]
    ids = create(store, *people)
    expected = {(ids[a], ids[b]) for a in range(30) for b in range(a + 1, 30) if (b - a) % 15 == 0}
    told = found(store)
    assert {pair for pair, reason in told.items() if reason == "name"} == expected


def test_the_search_goes_on_where_it_was_stopped(store: Store) -> None:
    create(store, person(0, "Jane", "Smith"), person(1, "Jane", "Smith"))
    store.project_pending()
    assert store.merges.search(Kind.CONTACT).running
    store.find_duplicates()
    store.find_pending()
    assert not store.merges.search(Kind.CONTACT).running
    store.merges.look_again()
    store.find_pending()
    assert len(listed(store, Kind.CONTACT)) == 1
