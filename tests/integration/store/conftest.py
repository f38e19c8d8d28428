from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from customcrm.clock import system_clock
from customcrm.store import calls
from customcrm.store.backend import Store
from tests.databases import database_url, postgresql_server
from tests.integration.store.driver import Driver
from tests.integration.store.jobs import crowd

__all__ = [
    "crowd",
    "database_url",
    "driver",
    "postgresql_server",
    "quiet_call_log",
    "sqlite_url",
    "store",
]


@pytest.fixture(autouse=True)
def quiet_call_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """The log of calls writes nothing of itself, so that a test sees its own statements only."""
    monkeypatch.setattr(calls, "FLUSH_SECONDS", 3600.0)


@pytest.fixture
def driver() -> Iterator[Driver]:
    """What the drivers are given, from the first connection on; so it is asked for first."""
    with Driver() as watched:
        yield watched


@pytest.fixture
def store(driver: Driver, database_url: str) -> Iterator[Store]:
    del driver
    with closing(Store(database_url, system_clock)) as opened:
        yield opened


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A fresh SQLite database, for what is SQLite's own."""
    return f"sqlite:///{tmp_path}/customcrm.db"
