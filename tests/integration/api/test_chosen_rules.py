"""What an admin chooses at the dashboard holds for the next request of Enginy's."""

from customcrm.clock import new_id, system_clock
from customcrm.crm.records import Kind
from customcrm.operations.ports import Origin
from customcrm.operations.rulebook import RuleBook
from customcrm.settings import Settings
from tests.integration.api.client import Client
from tests.integration.api.conftest import Connect, SharedStore
from tests.integration.api.rows import Rows

ADMIN = Origin("user:user_1", system_clock, new_id)
ANA = {"externalId": "1", "email": "ana@acme.example", "phone": "+34600111222", "tier": "gold"}


def book(store: SharedStore) -> RuleBook:
    """The rules as another process has them."""
    return RuleBook(Settings().rules, store)


def with_ana(connect: Connect) -> Client:
    client = connect()
    client.create("contacts", ANA)
    return client


def test_what_goes_back_at_sync_is_what_was_chosen(
    rows: Rows, connect: Connect, shared_store: SharedStore
) -> None:
    del rows
    book(shared_store).choose_returned(Kind.CONTACT, ["tier", "phone"], ADMIN)
    client = with_ana(connect)
    found = client.sync("contacts", {"externalId": "?", "email": "ana@acme.example"})
    assert [told for _, told in found.values()] == [{"tier": "gold", "phone": "+34600111222"}]


def test_records_are_looked_for_in_the_order_chosen(
    rows: Rows, connect: Connect, shared_store: SharedStore
) -> None:
    del rows
    book(shared_store).choose_chain(Kind.CONTACT, ["phone"], ADMIN)
    client = with_ana(connect)
    assert client.sync("contacts", {"externalId": "?", "email": "ana@acme.example"}) == {}
    assert len(client.sync("contacts", {"externalId": "?", "phone": "+34 600 111 222"})) == 1
