import pytest

from customcrm.operations.keys import create_key, revoke_key
from tests.integration.api.client import KEY, Client
from tests.integration.api.conftest import Connect, SharedStore
from tests.unit.fakes import fake_origin


def test_200_says_that_the_connection_works_and_the_key_is_valid(client: Client) -> None:
    assert client.call("GET", "/health") == {"status": "ok"}


@pytest.mark.parametrize("key", [None, "", "wrong", KEY + "x", KEY.upper()])
def test_any_other_key_is_a_401(client: Client, key: str | None) -> None:
    failure = client.with_key(key).call("GET", "/health", status=401)
    assert failure["code"] == "unauthorized"
    assert (key or "missing") not in failure["message"] or not key


def test_a_key_that_was_made_is_valid_until_it_is_revoked(
    shared_store: SharedStore, connect: Connect
) -> None:
    client, origin = connect(), fake_origin()
    made = create_key(shared_store, "Enginy", origin)
    other = client.with_key(made.secret)
    assert other.call("GET", "/health") == {"status": "ok"}
    revoke_key(shared_store, made.id, origin)
    anew = connect().with_key(made.secret)
    assert anew.call("GET", "/health", status=401)["error"] == "Unauthorized"


def test_the_header_of_the_key_can_have_another_name(connect: Connect) -> None:
    client = connect(api_key_header="X-Acme-Key")
    assert client.with_key(KEY, "x-acme-key").call("GET", "/health") == {"status": "ok"}
    client.call("GET", "/health", status=401)


def test_without_a_configured_key_only_made_ones_are_valid(
    shared_store: SharedStore, connect: Connect
) -> None:
    made = create_key(shared_store, "Enginy", fake_origin())
    client = connect(api_key="")
    client.with_key("").call("GET", "/health", status=401)
    client.with_key(made.secret).call("GET", "/health")
