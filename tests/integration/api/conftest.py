from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from starlette.applications import Starlette

from customcrm.app import create_app
from customcrm.operations.bulk.steps import RulesOf
from customcrm.settings import Settings
from customcrm.store.backend import Store
from tests.databases import database_url, postgresql_server, shared_database_url
from tests.integration.api.client import KEY, Client, connected
from tests.integration.api.rows import Rows, opened_rows
from tests.unit.fakes import START, FakeClock, FakeIds

__all__ = ["database_url", "postgresql_server", "shared_database_url"]

MakeApp = Callable[..., Starlette]
Connect = Callable[..., Client]


class SharedStore(Store):
    """Outlives the applications that use it: to make a database takes longer than to use it."""

    def close(self) -> None:
        """Nothing; see `really_close`."""

    def keep_cards(self) -> None:
        """Nothing: a thread that works until the last test would be counted by others."""

    def find_duplicates(self) -> None:
        """Nothing, as above."""

    def run_jobs(self, rules: RulesOf) -> None:
        """Nothing, as above."""

    def start_derivations(self) -> None:
        """Nothing, as above."""

    def really_close(self) -> None:
        super().close()


@pytest.fixture(scope="session")
def shared_store(shared_database_url: str) -> Iterator[SharedStore]:
    # Its clock stands still, so that it does not clean up what a test's clock has not outlived.
    store = SharedStore(shared_database_url, FakeClock())
    yield store
    store.really_close()


@pytest.fixture(scope="session")
def shared_rows(shared_database_url: str, shared_store: SharedStore) -> Iterator[Rows]:
    del shared_store
    with opened_rows(shared_database_url) as rows:
        yield rows


@pytest.fixture
def rows(shared_rows: Rows) -> Rows:
    """The database, empty at first."""
    shared_rows.empty()
    return shared_rows


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(START)


@pytest.fixture
def make_app(shared_store: SharedStore, rows: Rows, clock: FakeClock) -> MakeApp:
    """Makes an application with these settings, on the empty database."""
    del rows
    ids = FakeIds()

    def make(**settings: Any) -> Starlette:
        given = Settings(**{"api_key": KEY, **settings})
        return create_app(given, store=shared_store, clock=clock, new_id=ids)

    return make


@pytest.fixture
def connect(make_app: MakeApp) -> Iterator[Connect]:
    """Connects a client to an application with these settings."""
    with ExitStack() as stack:
        yield lambda **settings: stack.enter_context(connected(make_app(**settings)))


@pytest.fixture
def client(connect: Connect) -> Client:
    """A client of an application with the settings that one gets without setting any."""
    return connect()
