from customcrm.contract.users import User
from customcrm.operations.users import add_user, remove_user
from customcrm.store.tables import USERS
from tests.integration.api.client import Client
from tests.integration.api.conftest import Connect, SharedStore
from tests.integration.api.rows import Rows
from tests.unit.fakes import START, fake_origin


def test_without_users_the_list_is_empty(client: Client) -> None:
    assert client.call("GET", "/users") == []


def test_users_are_a_bare_array_by_name_without_an_email_that_is_not_known(
    client: Client, shared_store: SharedStore, rows: Rows
) -> None:
    origin = fake_origin()
    zoe = add_user(shared_store, "Zoe", None, origin)
    add_user(shared_store, "Álvaro", "a@acme.com", origin)
    ann = add_user(shared_store, "Ann", "ann@acme.com", origin)
    listed = client.call("GET", "/users")
    assert {"id": zoe.id, "name": "Zoe"} in listed
    assert {"id": ann.id, "name": "Ann", "email": "ann@acme.com"} in listed
    assert [one["name"] for one in listed if one["name"].isascii()] == ["Ann", "Zoe"]
    assert rows.one(USERS, id=ann.id)["created_at"] == START


def test_a_removed_user_is_offered_no_longer_but_keeps_the_row(
    client: Client, shared_store: SharedStore, rows: Rows
) -> None:
    origin = fake_origin()
    user: User = add_user(shared_store, "Zoe", None, origin)
    remove_user(shared_store, user.id, origin)
    assert client.call("GET", "/users") == []
    assert rows.one(USERS, id=user.id)["removed_at"] == START


def test_where_users_are_not_offered_it_is_a_404(connect: Connect) -> None:
    client = connect(users_endpoint=False)
    assert client.call("GET", "/users", status=404)["code"] == "users_not_offered"
    client.with_key(None).call("GET", "/users", status=401)
