"""What people change by hand is kept, told by the history, and undone, in both databases."""

from datetime import timedelta
from typing import Any

import pytest

from customcrm.crm.planning import possible_duplicate
from customcrm.crm.records import Kind
from customcrm.errors import KeyTaken
from customcrm.operations.associations import create_associations, link_contact, unlink_contact
from customcrm.operations.browsing.cards import CardFilter, Order
from customcrm.operations.browsing.records import ValueOrigin
from customcrm.operations.editing import (
    Edit,
    create_record,
    delete_records,
    edit_record,
    restore_records,
)
from customcrm.operations.merging.merges import merge_records, undo_merge
from customcrm.operations.nouns import Noun
from customcrm.operations.ports import Pair
from customcrm.operations.records import sync_records
from customcrm.store.backend import Store
from customcrm.store.columns import microseconds
from tests.integration.store.sql import rows
from tests.integration.store.world import NOW, RULES, create, origin, properties, request

USER = origin(actor="user:user_1")
KINDS = pytest.mark.parametrize(
    ("kind", "values"),
    [
        (Kind.CONTACT, {"externalId": "1", "email": "jo@acme.example"}),
        (Kind.COMPANY, {"externalId": "1", "domain": "acme.example"}),
    ],
)


def listed(store: Store, kind: Kind) -> list[str]:
    store.project_pending()
    return [card.id for card in store.catalogue.cards(kind, CardFilter(), Order(), None, 9).items]


@KINDS
def test_a_deleted_record_leaves_every_list_and_comes_back(
    store: Store, kind: Kind, values: dict[str, Any]
) -> None:
    (one,) = create(store, values, kind=kind)
    assert listed(store, kind) == [one]

    assert delete_records(store, RULES[kind], [one], USER) == [one]
    assert listed(store, kind) == []
    assert sync_records(store, RULES[kind], [values], USER) == []
    page = store.catalogue.record_page(kind, one)
    assert page is not None
    assert page.record.deleted

    assert restore_records(store, RULES[kind], [one], USER) == [one]
    assert listed(store, kind) == [one]
    assert [found.record_id for found in sync_records(store, RULES[kind], [values], USER)] == [one]


@KINDS
def test_the_history_tells_who_did_what(store: Store, kind: Kind, values: dict[str, Any]) -> None:
    (one,) = create(store, values, kind=kind)
    edit_record(store, RULES[kind], one, [Edit("city", None, "Bilbao")], USER)
    delete_records(store, RULES[kind], [one], USER)
    delete_records(store, RULES[kind], [one], USER)
    restore_records(store, RULES[kind], [one], USER)

    told = [
        (change.actor, change.action, change.old, change.new)
        for change in store.catalogue.history(one, None, 9)
    ]
    assert told[:3] == [
        ("user:user_1", "restored", {}, {}),
        ("user:user_1", "deleted", {}, {}),
        ("user:user_1", "updated", {}, {"city": "Bilbao"}),
    ]
    assert told[3][:2] == ("key:enginy", "created")
    assert len(told) == 4


@KINDS
def test_the_bin_has_what_is_deleted_and_nothing_else(
    store: Store, kind: Kind, values: dict[str, Any]
) -> None:
    one, other = create(store, {"externalId": "1", **values}, {"externalId": "2"}, kind=kind)
    delete_records(store, RULES[kind], [one], USER)

    (gone,) = store.catalogue.bin(Noun(kind), None, 9).items

    name = values["email"] if kind is Kind.CONTACT else values["domain"]
    assert gone == (one, name, NOW, "user:user_1")
    create(store, {**values, "externalId": "1"}, kind=kind)
    assert store.catalogue.bin(Noun(kind), None, 9).items == ()
    assert store.catalogue.history(one, None, 1)[0].action == "restored"
    assert listed(store, kind) == [other, one] or listed(store, kind) == [one, other]


def test_a_value_came_from_the_change_that_set_it_last(store: Store) -> None:
    (one,) = create(store, {"externalId": "1", "title": "CEO", "city": "Oslo", "x": 1})
    later = NOW + timedelta(hours=1)
    edit_record(store, RULES[Kind.CONTACT], one, [Edit("title", "CEO", "CTO")], origin(later, "u"))
    edit_record(store, RULES[Kind.CONTACT], one, [Edit("x", 1, None)], origin(later, "u"))
    (firm,) = create(store, {"externalId": "f", "name": "Acme"}, kind=Kind.COMPANY)
    assert link_contact(store, one, firm, USER)

    found = store.catalogue.origins(one)

    assert found["title"] == ValueOrigin(later, "u", "updated")
    assert found["city"] == ValueOrigin(NOW, "key:enginy", "created")
    assert found["x"] == ValueOrigin(later, "u", "updated")
    assert "company" not in found
    assert store.catalogue.origins("contact_none") == {}


def test_a_link_made_by_hand_is_told_on_both_sides_and_taken_back(store: Store) -> None:
    (one,) = create(store, {"externalId": "1", "firstName": "Ann"})
    (firm,) = create(store, {"externalId": "f", "name": "Acme"}, kind=Kind.COMPANY)

    def linked() -> list[str]:
        page = store.catalogue.record_page(Kind.CONTACT, one)
        assert page is not None
        return [card.id for card in page.linked]

    link = link_contact(store, one, firm, USER)
    assert link == (one, firm, "Ann", "Acme")
    assert link_contact(store, one, firm, USER) is None
    store.project_pending()
    assert linked() == [firm]
    assert unlink_contact(store, one, firm, USER) == link
    assert unlink_contact(store, one, firm, USER) is None
    assert linked() == []

    told = [change[3:7] for change in store.catalogue.history(one, None, 2)]
    acme = {"companyCRMId": firm, "company": "Acme"}
    taken = {"links": [[one, firm, {}, microseconds(NOW)]]}
    assert told == [
        ("user:user_1", "dissociated", {**acme, **taken}, {}),
        ("user:user_1", "associated", {}, acme),
    ]
    ann = {"contactCRMId": one, "contact": "Ann", **taken}
    assert store.catalogue.history(firm, None, 1)[0].old == ann


def _links(url: str) -> list[Any]:
    return rows(url, "SELECT * FROM associations ORDER BY contact_id, company_id")


def test_unlinking_is_taken_back_with_what_was_said_of_the_link(
    store: Store, database_url: str
) -> None:
    one, other = create(store, {"externalId": "1"}, {"externalId": "2"})
    firm, bolt = create(store, {"externalId": "f"}, {"externalId": "b"}, kind=Kind.COMPANY)
    said = {"role": "CEO", "since": [2020]}
    create_associations(store, [Pair(one, firm, said), Pair(other, firm, {"x": 1})], origin())
    link_contact(store, one, bolt, USER)
    was = _links(database_url)
    later = origin(NOW + timedelta(hours=1), USER.actor)

    assert unlink_contact(store, one, firm, later)
    assert unlink_contact(store, one, bolt, later)
    assert link_contact(store, one, firm, later, again=True)
    assert link_contact(store, one, firm, later, again=True) is None
    assert link_contact(store, one, bolt, later, again=True)
    assert _links(database_url) == was

    # To link them by hand, some day later, is to say it anew.
    unlink_contact(store, one, firm, later)
    link_contact(store, one, firm, later)
    assert [row[2] for row in _links(database_url) if row[:2] == (one, firm)] == ["{}"]
    # What was unlinked before that is not what is taken back now.
    unlink_contact(store, one, firm, later)
    link_contact(store, one, firm, later, again=True)
    assert [row[2] for row in _links(database_url) if row[:2] == (one, firm)] == ["{}"]


@pytest.mark.parametrize("kind", Kind)
def test_unlinking_taken_back_leaves_merged_records_their_links(
    store: Store, database_url: str, kind: Kind
) -> None:
    one, other = create(store, {"externalId": "1"}, {"externalId": "2"})
    firm, bolt = create(store, {"externalId": "f"}, {"externalId": "b"}, kind=Kind.COMPANY)
    create_associations(store, [Pair(other, bolt, {"role": "CFO"})], origin())
    was = _links(database_url)
    pair = (one, other) if kind is Kind.CONTACT else (firm, bolt)
    contact, company = (one, bolt) if kind is Kind.CONTACT else (other, firm)
    done = merge_records(store.merges, RULES[kind], *pair, {}, USER)

    assert unlink_contact(store, contact, company, USER)
    assert _links(database_url) == []
    assert link_contact(store, contact, company, USER, again=True)
    undo_merge(store.merges, RULES[kind], done.id, USER)
    assert _links(database_url) == was

    # What was taken as theirs is not put back as another's.
    done = merge_records(store.merges, RULES[kind], *pair, {}, USER)
    unlink_contact(store, contact, company, USER)
    undo_merge(store.merges, RULES[kind], done.id, USER)
    assert link_contact(store, contact, company, USER, again=True)
    assert [tuple(row[:3]) for row in _links(database_url)] == [(contact, company, "{}")]


def test_a_record_made_by_hand_is_made_once_and_found_by_enginy(store: Store) -> None:
    (firm,) = create(store, {"externalId": "f", "name": "Acme"}, kind=Kind.COMPANY)
    values = {"firstName": "Ann", "email": "ann@acme.example", "title": " "}
    form = request(b"values", "form_1", "create_record")
    ids = {
        create_record(store, RULES[Kind.CONTACT], values, form, USER, company_id=firm)
        for _ in range(2)
    }

    (one,) = ids
    assert properties(store, one) == {"firstName": "Ann", "email": "ann@acme.example"}
    assert create(store, {"externalId": "7", "email": "ANN@acme.example"}) == [one]
    store.project_pending()
    page = store.catalogue.record_page(Kind.CONTACT, one)
    assert page is not None
    assert [card.id for card in page.linked] == [firm]


def test_who_has_the_same_email_is_told_before_a_second_one_is_made(store: Store) -> None:
    (one,) = create(store, {"externalId": "1", "email": "ann@acme.example"})
    values = {"email": "Ann@acme.example"}
    form = request(b"values", "form_1", "create_record")
    with pytest.raises(KeyTaken) as caught:
        create_record(store, RULES[Kind.CONTACT], values, form, USER)
    assert caught.value.holders == {"email": one}
    store.project_pending()
    assert len(listed(store, Kind.CONTACT)) == 1

    other = create_record(store, RULES[Kind.CONTACT], values, form, USER, despite=True)

    assert other != one
    noted = store.read(
        lambda reader: reader.noted_duplicates(
            Kind.CONTACT, [possible_duplicate(one, other, "email")]
        )
    )
    assert len(list(noted)) == 1
