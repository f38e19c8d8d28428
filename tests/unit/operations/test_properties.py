"""What can be said of properties, and what is refused."""

from typing import Any

import pytest

from customcrm.crm.property_types import MAX_CHOICES, PropertyType
from customcrm.crm.records import Kind
from customcrm.errors import InvalidRequest, StoreUnavailable
from customcrm.operations.ports import Stamp
from customcrm.operations.properties import (
    MAX_BY_HAND,
    MAX_CHOICE,
    MAX_DEFINITIONS,
    MAX_LABEL,
    MAX_NAME,
    AllDefined,
    Change,
    Definition,
    PropertyBook,
    Shape,
)
from tests.unit.fakes import fake_origin

KIND = Kind.CONTACT
CHOICE = PropertyType.CHOICE


class Shelf:
    """Keeps definitions in a dictionary, and can be away."""

    def __init__(self) -> None:
        self.all: AllDefined = {}
        self.away = False

    def property_definitions(self) -> AllDefined:
        if self.away:
            raise StoreUnavailable
        return self.all

    def change_definitions(self, kind: Kind, change: Change, stamp: Stamp) -> AllDefined:
        assert stamp.actor
        self.all = {**self.all, kind: change(self.all.get(kind, {}))}
        return self.all


class World:
    """A property book, its shelf, and a clock that stands still."""

    def __init__(self) -> None:
        self.now = 100.0
        self.shelf = Shelf()
        self.book = PropertyBook(self.shelf, lambda: self.now)
        self.origin = fake_origin()

    def define(self, name: str, **shape: Any) -> Definition | None:
        self.book.define_property(KIND, name, Shape(**shape), self.origin)
        return self.book.definitions(KIND).get(name)

    def add(self, name: str, shape: Shape | None = None, taken: tuple[str, ...] = ()) -> str:
        return self.book.add_property(KIND, name, shape or Shape(), taken, self.origin)


@pytest.fixture
def world() -> World:
    return World()


def test_what_is_said_holds_at_once_and_for_one_kind(world: World) -> None:
    defined = world.define(
        "mood", label="  The \n mood ", type=CHOICE, choices=("b", " a", "b", "")
    )
    assert defined == Definition("mood", Shape("The mood", CHOICE, ("b", "a")))
    assert world.book.definitions(Kind.COMPANY) == {}


def test_what_says_nothing_is_not_kept(world: World) -> None:
    world.define("mood", label="Mood")
    assert world.define("mood") is None


def test_choices_are_for_the_type_choice_only(world: World) -> None:
    assert world.define("n", type=PropertyType.NUMBER, choices=("1", "2")) == Definition(
        "n", Shape(type=PropertyType.NUMBER)
    )


@pytest.mark.parametrize(
    "shape",
    [
        {"label": "x" * (MAX_LABEL + 1)},
        {"type": CHOICE},
        {"type": CHOICE, "choices": (" ", "")},
        {"type": CHOICE, "choices": tuple(map(str, range(MAX_CHOICES + 1)))},
        {"type": CHOICE, "choices": ("x" * (MAX_CHOICE + 1),)},
    ],
)
def test_a_shape_has_limits(world: World, shape: dict[str, Any]) -> None:
    with pytest.raises(InvalidRequest):
        world.define("mood", **shape)
    with pytest.raises(InvalidRequest):
        world.add("mood", Shape(**shape))
    assert world.shelf.all == {}


def test_to_hide_a_property_leaves_the_rest(world: World) -> None:
    world.define("mood", label="Mood")
    world.book.hide_property(KIND, "mood", world.origin, hidden=True)
    assert world.book.definitions(KIND)["mood"].shape == Shape("Mood", hidden=True)
    world.book.hide_property(KIND, "mood", world.origin, hidden=False)
    assert world.book.definitions(KIND)["mood"].shape == Shape("Mood")


def test_an_order_places_what_it_names_and_nothing_else(world: World) -> None:
    world.define("a", label="A")
    world.book.order_properties(KIND, ["b", "a", "b"], world.origin)
    assert {n: one.position for n, one in world.book.definitions(KIND).items()} == {"a": 1, "b": 0}
    world.book.order_properties(KIND, ["c"], world.origin)
    known = world.book.definitions(KIND)
    assert known == {"a": Definition("a", Shape("A")), "c": Definition("c", position=0)}
    # To define one anew leaves it where it stands.
    assert world.define("c", label="C") == Definition("c", Shape("C"), 0)


def test_a_property_is_made_by_hand_and_forgotten(world: World) -> None:
    assert world.add(" birthday ", Shape(type=PropertyType.DATE)) == "birthday"
    made = world.book.definitions(KIND)["birthday"]
    assert made == Definition("birthday", Shape(type=PropertyType.DATE), by_hand=True)
    # With nothing said of it, it is there all the same.
    world.define("birthday")
    assert world.book.definitions(KIND)["birthday"].by_hand
    world.book.forget_property(KIND, "birthday", world.origin)
    assert world.book.definitions(KIND) == {}


@pytest.mark.parametrize(
    "name",
    ["", "  ", "x" * (MAX_NAME + 1), "a\nb", "a\u202eb", "externalId", "CRMID", "id",
     "lastActivityDate", "taken"],
)  # fmt: skip
def test_names_that_cannot_be_had(world: World, name: str) -> None:
    with pytest.raises(InvalidRequest, match="name"):
        world.add(name, taken=("taken",))
    assert world.shelf.all == {}


@pytest.mark.parametrize("name", ["Züge", "a b", "<b>", "x" * MAX_NAME, "日本"])
def test_names_are_free_otherwise(world: World, name: str) -> None:
    assert world.add(name) == name


def test_a_synonym_of_a_companys_property_is_no_name(world: World) -> None:
    with pytest.raises(InvalidRequest):
        world.book.add_property(Kind.COMPANY, "employeeCount", Shape(), (), world.origin)


def test_a_property_is_made_once(world: World) -> None:
    world.add("mood")
    with pytest.raises(InvalidRequest, match="already"):
        world.add("mood")


def test_there_is_an_end_to_what_can_be_made_and_said(world: World) -> None:
    for number in range(MAX_BY_HAND):
        world.add(f"p{number}")
    with pytest.raises(InvalidRequest, match="by hand"):
        world.add("one more")
    with pytest.raises(InvalidRequest, match="too many"):
        world.book.order_properties(KIND, [str(n) for n in range(MAX_DEFINITIONS)], world.origin)


def test_what_another_process_said_holds_a_second_later(world: World) -> None:
    world.define("mood", label="Mood")
    assert world.book.definitions(KIND)["mood"].shape.label == "Mood"
    world.shelf.all = {KIND: {"mood": Definition("mood", Shape("Temper"))}}
    world.now += 0.9
    assert world.book.definitions(KIND)["mood"].shape.label == "Mood"
    world.now += 0.2
    assert world.book.definitions(KIND)["mood"].shape.label == "Temper"


def test_what_was_read_before_a_change_does_not_undo_it(world: World) -> None:
    class Slow(Shelf):
        """Another request changes something while this one reads."""

        def property_definitions(self) -> AllDefined:
            old = self.all
            if not old:
                book.define_property(KIND, "mood", Shape("Mood"), world.origin)
            return old

    book = PropertyBook(Slow(), lambda: world.now)
    assert book.definitions(KIND)["mood"].shape.label == "Mood"


def test_while_the_database_is_away_what_was_known_goes_on_to_hold(world: World) -> None:
    world.define("mood", label="Mood")
    world.shelf.away = True
    world.now += 5
    assert world.book.definitions(KIND)["mood"].shape.label == "Mood"
