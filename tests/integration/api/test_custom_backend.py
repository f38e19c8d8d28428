"""A CRM of one's own serves the whole contract: here the one in memory, which is not ours."""

from collections.abc import Iterator

import anyio
import pytest
from starlette.applications import Starlette

from customcrm.app import create_app
from customcrm.contract.users import User
from customcrm.settings import Settings
from customcrm.store.tables import METADATA
from tests.integration.api.client import KEY, Client, connected
from tests.integration.api.rows import opened_rows
from tests.unit.fakes import FakeClock, FakeIds
from tests.unit.memory_backend import MemoryBackend


@pytest.fixture
def backend() -> MemoryBackend:
    return MemoryBackend()


@pytest.fixture
def app(database_url: str, backend: MemoryBackend) -> Iterator[Starlette]:
    settings = Settings(api_key=KEY, database_url=database_url)
    app = create_app(settings, backend, clock=FakeClock(), new_id=FakeIds())
    yield app
    app.state.close()


@pytest.fixture
def client(app: Starlette) -> Iterator[Client]:
    with connected(app) as client:
        yield client


def test_the_checklist_of_the_contract_passes(client: Client, backend: MemoryBackend) -> None:
    backend.data.users["user_1"] = User("user_1", "Zoe")
    assert client.call("GET", "/health") == {"status": "ok"}
    assert client.call("GET", "/users") == [{"id": "user_1", "name": "Zoe"}]
    (acme,) = client.create("companies", {"externalId": "k", "domain": "acme.com", "totalDeals": 3})
    jane, again = client.create(
        "contacts",
        {"externalId": "1", "email": "a@acme.com", "custom": 1},
        {"externalId": "2", "email": "A@acme.com", "title": "CEO"},
    )
    assert jane == again
    pair = {"contactCRMId": jane, "companyCRMId": acme}
    assert client.call("POST", "/associations", {"associations": [pair]})["created"] == 1
    task = client.call("POST", "/tasks", {"subject": "Call", "contactId": jane}, status=201)
    assert client.call("POST", "/tasks", {"subject": "Call", "contactId": jane}, status=201) == task
    assert client.call("GET", f"/tasks/{task['id']}") == task
    assert client.call("POST", "/tasks/batch", {"ids": [task["id"], "nobody"]}) == [task]
    (done,) = client.call("PATCH", "/tasks/batch", {"ids": [task["id"]]})
    assert done["completed"] is True
    message = {
        "type": "EMAIL",
        "contactId": jane,
        "occurredAt": "2026-02-01",
        "metadata": {"messageId": "m"},
    }
    activity = client.call("POST", "/activities", message, status=201)
    assert client.call("POST", "/activities", message, status=201) == activity
    assert client.call("GET", f"/activities/{activity['id']}") == activity
    assert client.sync("contacts", {"externalId": "x", "email": "a@acme.com"}) == {
        "x": (jane, {"lastActivityDate": "2026-02-01T00:00:00Z"})
    }
    assert client.sync("companies", {"externalId": "x", "domain": "acme.com"}) == {
        "x": (acme, {"totalDeals": 3})
    }
    assert client.update("contacts", {"crmId": jane, "engaged": "Yes"}, {"crmId": "no"}) == [
        {"crmId": jane, "success": True},
        {"crmId": "no", "success": False, "error": "Contact not found"},
    ]
    (record,) = client.read("contacts", jane)
    assert record == {
        "id": jane,
        "externalId": "1",
        "email": "a@acme.com",
        "title": "CEO",
        "properties": {"custom": 1, "engaged": "Yes"},
    }


def test_the_refusals_are_the_same(client: Client) -> None:
    client.with_key(None).call("GET", "/health", status=401)
    client.call("GET", "/tasks/task-xyz", status=404)
    client.call("POST", "/contacts", {"contacts": [{}]}, status=400)
    headers = {"Idempotency-Key": "k"}
    client.call("POST", "/tasks", {"subject": "1"}, status=201, headers=headers)
    client.call("POST", "/tasks", {"subject": "2"}, status=422, headers=headers)


def test_nothing_but_keys_and_calls_is_kept_in_our_database(
    client: Client, app: Starlette, database_url: str
) -> None:
    client.create("contacts", {"externalId": "1"})
    client.call("POST", "/tasks", {"subject": "Call"}, status=201)
    app.state.close()
    with opened_rows(database_url) as rows:
        filled = {table.name for table in METADATA.sorted_tables if rows.of(table)}
    # Which derivations are complete is known of every database, an empty one too.
    assert filled == {"calls", "derivations"}


def test_closing_closes_both_and_twice_is_no_more(app: Starlette, backend: MemoryBackend) -> None:
    app.state.close()
    app.state.close()
    assert backend.closed


async def _run_lifespan(app: Starlette) -> None:
    async with app.router.lifespan_context(app):
        pass


def test_the_end_of_the_lifespan_closes_it(app: Starlette, backend: MemoryBackend) -> None:
    anyio.run(_run_lifespan, app)
    assert backend.closed
