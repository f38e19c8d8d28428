"""What stands next to a record in a list is what the list itself shows there."""

import pytest

from customcrm.crm.records import Kind
from customcrm.operations.browsing.cards import Beside, CardFilter, Order, Sort
from customcrm.store.backend import Store
from customcrm.store.catalogue import cards
from tests.integration.store.world import create

NAMES = ["Ana", "ana", "Bob", "Ánna", "Carl", "Bo"]
FILTERS = [CardFilter(), CardFilter(search="a"), CardFilter(owner="u1"), CardFilter(search="zz")]
ORDERS = [Order(sort, down) for sort in (Sort.CREATED, Sort.NAME) for down in (True, False)]


@pytest.fixture
def stocked(store: Store) -> Store:
    for number, name in enumerate(NAMES):
        owner = f"u{number % 2}"
        create(store, {"externalId": f"{number}", "firstName": name, "ownerId": owner})
    store.project_pending()
    return store


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("chosen", FILTERS)
def test_each_leads_to_the_next(stocked: Store, chosen: CardFilter, order: Order) -> None:
    catalogue = stocked.catalogue
    listed = [
        (one.id, one.name) for one in catalogue.cards(Kind.CONTACT, chosen, order, None, 50).items
    ]
    ends = [None, *listed, None]
    for before, (one, _), after in zip(ends, listed, ends[2:], strict=False):
        assert catalogue.beside(Kind.CONTACT, chosen, order, one) == Beside(before, after)


def test_whoever_is_not_in_the_list_has_a_place_beside_it(stocked: Store) -> None:
    """A record that was changed while somebody went through a list leads on all the same."""
    catalogue, order = stocked.catalogue, Order(Sort.CREATED, descending=False)
    everybody = catalogue.cards(Kind.CONTACT, CardFilter(), order, None, 50).items
    theirs = CardFilter(owner="u1")
    found = catalogue.beside(Kind.CONTACT, theirs, order, everybody[2].id)
    assert found == Beside(*((one.id, one.name) for one in (everybody[1], everybody[3])))


def test_of_nobody_there_is_nothing(stocked: Store) -> None:
    nothing = Beside(None, None)
    assert stocked.catalogue.beside(Kind.CONTACT, CardFilter(), Order(), "nobody") == nothing


def test_looking_is_bounded(stocked: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a neighbour is further than is looked, there is none, and no mistake."""
    monkeypatch.setattr(cards, "FEW", 1)
    monkeypatch.setattr(cards, "WINDOW", 1)
    catalogue, order = stocked.catalogue, Order(Sort.NAME, descending=False)
    first = catalogue.cards(Kind.CONTACT, CardFilter(), order, None, 50).items[0]
    assert catalogue.beside(Kind.CONTACT, CardFilter(owner="u1"), order, first.id).before is None
