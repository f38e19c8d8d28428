from collections.abc import Iterator

import pytest

from tests.acceptance.server import Client, Server, running_server
from tests.databases import database_url, postgresql_server, shared_database_url

__all__ = ["client", "database_url", "postgresql_server", "server", "shared_database_url"]


@pytest.fixture(scope="session")
def server(shared_database_url: str) -> Iterator[Server]:
    """One server per database for all tests that are content with data of their own in it."""
    with running_server(shared_database_url) as running:
        yield running


@pytest.fixture(scope="session")
def client(server: Server) -> Iterator[Client]:
    with server.client() as one:
        yield one
