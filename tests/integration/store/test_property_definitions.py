"""What people say of properties is kept, and the history tells who has said what."""

from contextlib import closing
from functools import partial

import pytest

from customcrm.clock import system_clock
from customcrm.crm.property_types import PropertyType
from customcrm.crm.records import Kind
from customcrm.errors import InvalidRequest
from customcrm.operations.properties import Definition, PropertyBook, Shape
from customcrm.store.backend import Store
from tests.integration.store.world import at_once, origin

ADMIN = origin(actor="user:user_1")
MOOD = Shape("Mood", PropertyType.CHOICE, ("warm", "cold"))


def told(store: Store, record_id: str) -> list[tuple[str, dict[str, object], dict[str, object]]]:
    changes = store.catalogue.history(record_id, None, 9)
    assert {change.actor for change in changes} <= {"user:user_1"}
    return [(change.action, change.old, change.new) for change in changes]


def test_definitions_outlive_the_process(store: Store, database_url: str) -> None:
    book = PropertyBook(store)
    assert book.add_property(Kind.CONTACT, " mood ", MOOD, (), ADMIN) == "mood"
    book.define_property(Kind.COMPANY, "züge", Shape(hidden=True), ADMIN)
    book.order_properties(Kind.CONTACT, ["phone", "mood"], ADMIN)

    with closing(Store(database_url, system_clock)) as other:
        assert PropertyBook(other).definitions(Kind.CONTACT) == {
            "mood": Definition("mood", MOOD, 1, by_hand=True),
            "phone": Definition("phone", position=0),
        }
        company = other.property_definitions()[Kind.COMPANY]
    assert company == {"züge": Definition("züge", Shape(hidden=True))}


def test_the_history_tells_what_was_changed_and_by_whom(store: Store) -> None:
    book = PropertyBook(store)
    book.add_property(Kind.CONTACT, "mood", Shape("Mood"), (), ADMIN)
    book.define_property(Kind.CONTACT, "mood", Shape("Temper"), ADMIN)
    book.define_property(Kind.CONTACT, "mood", Shape("Temper"), ADMIN)
    book.order_properties(Kind.CONTACT, ["mood"], ADMIN)
    book.forget_property(Kind.CONTACT, "mood", ADMIN)

    assert told(store, "property_contact_mood") == [
        ("deleted", {"label": "Temper", "by_hand": True}, {"label": "", "by_hand": False}),
        ("updated", {"label": "Mood"}, {"label": "Temper"}),
        ("created", {"label": "", "by_hand": False}, {"label": "Mood", "by_hand": True}),
    ]
    assert told(store, "properties_contact") == [
        ("updated", {"order": ["mood"]}, {"order": []}),
        ("updated", {"order": []}, {"order": ["mood"]}),
    ]
    assert store.property_definitions() == {}


def test_of_many_who_make_one_property_at_once_one_does(store: Store) -> None:
    books = [PropertyBook(store) for _ in range(4)]
    refused: list[InvalidRequest] = []

    def add(book: PropertyBook, label: str) -> None:
        try:
            book.add_property(Kind.CONTACT, "mood", Shape(label), (), ADMIN)
        except InvalidRequest as error:
            refused.append(error)

    at_once([partial(add, book, str(n)) for n, book in enumerate(books)])
    assert len(refused) == len(books) - 1
    assert len(told(store, "property_contact_mood")) == 1


def test_what_is_changed_at_once_is_all_kept(store: Store) -> None:
    books = [PropertyBook(store) for _ in range(4)]
    shape = Shape("Mood")
    at_once(
        [
            partial(book.define_property, Kind.CONTACT, f"p{n}", shape, ADMIN)
            for n, book in enumerate(books)
        ]
    )
    assert set(store.property_definitions()[Kind.CONTACT]) == {"p0", "p1", "p2", "p3"}


def test_what_is_refused_changes_nothing(store: Store) -> None:
    book = PropertyBook(store)
    book.add_property(Kind.CONTACT, "mood", MOOD, (), ADMIN)
    with pytest.raises(InvalidRequest, match="already"):
        book.add_property(Kind.CONTACT, "mood", Shape(), (), ADMIN)
    assert book.definitions(Kind.CONTACT)["mood"].shape == MOOD
    assert len(told(store, "property_contact_mood")) == 1


def test_a_new_order_of_many_takes_few_statements(store: Store) -> None:
    names = [f"property {n}" for n in range(1_500)]
    book = PropertyBook(store)
    book.order_properties(Kind.CONTACT, names, ADMIN)
    book.order_properties(Kind.CONTACT, names[::-1], ADMIN)
    placed = store.property_definitions()[Kind.CONTACT]
    assert sorted(placed, key=lambda name: placed[name].position or 0) == names[::-1]
