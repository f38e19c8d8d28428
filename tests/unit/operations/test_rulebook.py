"""Which rules hold: the server's settings, or what an admin has chosen."""

from collections.abc import Callable, Mapping

import pytest

from customcrm.crm.records import Kind
from customcrm.errors import InvalidRequest, StoreUnavailable
from customcrm.operations.ports import Stamp
from customcrm.operations.rulebook import MAX_RETURNED, Choice, RuleBook
from customcrm.settings import Settings
from tests.unit.fakes import fake_origin


class Shelf:
    """Keeps choices in a dictionary, and can be away."""

    def __init__(self) -> None:
        self.choices: dict[Kind, Choice] = {}
        self.away = False

    def rule_choices(self) -> Mapping[Kind, Choice]:
        if self.away:
            raise StoreUnavailable
        return dict(self.choices)

    def change_rule_choice(
        self, kind: Kind, change: Callable[[Choice], Choice], stamp: Stamp
    ) -> Mapping[Kind, Choice]:
        assert stamp.actor
        self.choices[kind] = change(self.choices.get(kind, Choice()))
        return dict(self.choices)


class World:
    """A rule book, its shelf, and a clock that stands still."""

    def __init__(self) -> None:
        self.now = 100.0
        self.shelf = Shelf()
        self.settings = Settings(return_contacts=("email",)).rules
        self.book = RuleBook(self.settings, self.shelf, lambda: self.now)
        self.origin = fake_origin()


@pytest.fixture
def world() -> World:
    return World()


def test_the_settings_hold_until_somebody_chooses(world: World) -> None:
    assert world.book.rules(Kind.CONTACT) == world.settings[Kind.CONTACT]
    assert world.book.rules(Kind.CONTACT).returned == ("email",)


def test_a_choice_holds_at_once_and_leaves_the_rest(world: World) -> None:
    world.book.choose_returned(Kind.CONTACT, ["phone", "email", "phone"], world.origin)
    world.book.choose_chain(Kind.CONTACT, ["email", "externalId"], world.origin)
    rules = world.book.rules(Kind.CONTACT)
    assert rules.returned == ("phone", "email")
    assert rules.chain == ("email", "externalId")
    assert rules.strong == world.settings[Kind.CONTACT].strong
    assert world.book.rules(Kind.COMPANY) == world.settings[Kind.COMPANY]


def test_nothing_may_go_back_but_something_must_be_looked_for(world: World) -> None:
    world.book.choose_returned(Kind.CONTACT, [], world.origin)
    assert world.book.rules(Kind.CONTACT).returned == ()
    with pytest.raises(InvalidRequest, match="externalId"):
        world.book.choose_chain(Kind.CONTACT, [], world.origin)


@pytest.mark.parametrize("chain", [["email", "email"], ["domain"], ["email", "nonsense"]])
def test_a_chain_has_known_links_each_once(world: World, chain: list[str]) -> None:
    with pytest.raises(InvalidRequest):
        world.book.choose_chain(Kind.CONTACT, chain, world.origin)
    assert world.shelf.choices == {}


@pytest.mark.parametrize("names", [[""], ["x" * 301], [f"p{n}" for n in range(MAX_RETURNED + 1)]])
def test_what_goes_back_has_names_and_a_limit(world: World, names: list[str]) -> None:
    with pytest.raises(InvalidRequest):
        world.book.choose_returned(Kind.CONTACT, names, world.origin)
    assert world.shelf.choices == {}


def test_what_is_given_back_to_the_settings_is_as_they_say(world: World) -> None:
    world.book.choose_returned(Kind.CONTACT, ["phone"], world.origin)
    world.book.choose_returned(Kind.CONTACT, None, world.origin)
    assert world.book.rules(Kind.CONTACT) == world.settings[Kind.CONTACT]


def test_what_another_process_chose_holds_a_second_later(world: World) -> None:
    assert world.book.rules(Kind.CONTACT).returned == ("email",)
    world.shelf.choices[Kind.CONTACT] = Choice(returned=("phone",))
    world.now += 0.9
    assert world.book.rules(Kind.CONTACT).returned == ("email",)
    world.now += 0.2
    assert world.book.rules(Kind.CONTACT).returned == ("phone",)


def test_while_the_database_is_away_what_held_last_goes_on_to_hold(world: World) -> None:
    world.book.choose_returned(Kind.CONTACT, ["phone"], world.origin)
    world.book.rules(Kind.CONTACT)
    world.shelf.away = True
    world.now += 5
    assert world.book.rules(Kind.CONTACT).returned == ("phone",)
