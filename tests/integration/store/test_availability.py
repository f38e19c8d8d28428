"""The database is away, in use, too new, or named wrongly."""

import sqlite3
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from customcrm.clock import system_clock
from customcrm.errors import BadSetting, CrmError, DatabaseInUse, StoreUnavailable
from customcrm.operations.health import check_health
from customcrm.store import sqlite
from customcrm.store.backend import Store
from tests.databases import running_postgresql
from tests.integration.store.world import create, properties, within


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Another process writes, and does not come to an end."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.2)


@pytest.mark.usefixtures("impatient")
def test_a_locked_file_is_told_to_each_writer_and_kept_from_no_reader(
    sqlite_url: str, tmp_path: Path
) -> None:
    with closing(Store(sqlite_url, system_clock)) as store:
        (record,) = create(store, {"externalId": "a", "title": "CEO"})
        with _locked(tmp_path / "customcrm.db"):
            for _ in range(2):
                with pytest.raises(StoreUnavailable):
                    within(lambda: create(store, {"externalId": "b"}), 10)
            assert properties(store, record) == {"title": "CEO"}

        assert len(within(lambda: create(store, {"externalId": "b"}), 10)) == 1


@pytest.mark.usefixtures("impatient")
def test_an_empty_file_that_is_locked_at_the_start_is_told(sqlite_url: str, tmp_path: Path) -> None:
    with _locked(tmp_path / "customcrm.db"), pytest.raises(StoreUnavailable):
        within(lambda: Store(sqlite_url, system_clock), 10)

    within(lambda: Store(sqlite_url, system_clock), 10).close()


@pytest.mark.usefixtures("impatient")
def test_a_server_starts_while_another_process_writes(sqlite_url: str, tmp_path: Path) -> None:
    Store(sqlite_url, system_clock).close()

    with _locked(tmp_path / "customcrm.db"):
        within(lambda: Store(sqlite_url, system_clock), 10).close()


def test_a_file_that_is_taken_away_is_told_until_it_is_back(
    sqlite_url: str, tmp_path: Path
) -> None:
    """What is written into a file without a name is lost with the last who has it open."""
    file = tmp_path / "customcrm.db"
    with closing(Store(sqlite_url, system_clock)) as store:
        (record,) = create(store, {"externalId": "a", "title": "CEO"})
        file.rename(tmp_path / "elsewhere.db")
        with pytest.raises(StoreUnavailable):
            within(lambda: create(store, {"externalId": "b"}))
        with pytest.raises(StoreUnavailable):
            within(lambda: properties(store, record))
        assert not file.exists()

        (tmp_path / "elsewhere.db").rename(file)

        assert within(lambda: properties(store, record)) == {"title": "CEO"}
        assert len(within(lambda: create(store, {"externalId": "b"}))) == 1


def test_a_path_that_cannot_be_opened_is_told(sqlite_url: str, tmp_path: Path) -> None:
    """A folder stands for a file without permissions, which would not stop root."""
    (tmp_path / "customcrm.db").mkdir()

    with pytest.raises(CrmError):
        within(lambda: Store(sqlite_url, system_clock), 10)


def test_a_file_that_is_no_database_is_told(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "customcrm.db").write_bytes(b"A letter to my aunt. " * 1_000)

    with pytest.raises(CrmError):
        within(lambda: Store(sqlite_url, system_clock), 10)


def test_a_postgresql_that_stops_is_told_and_used_again_when_it_is_back() -> None:
    with (
        running_postgresql() as server,
        server.fresh_database() as url,
        closing(Store(url, system_clock)) as store,
    ):
        (record,) = create(store, {"externalId": "a", "title": "CEO"})
        server.stop()
        for work in (
            lambda: check_health(store),
            lambda: create(store, {"externalId": "b"}),
            store.api_keys,
        ):
            with pytest.raises(StoreUnavailable):
                within(work, 20)

        server.start()

        assert properties(store, record) == {"title": "CEO"}
        assert len(create(store, {"externalId": "b"})) == 1


def test_a_second_server_on_the_same_file_is_refused(sqlite_url: str) -> None:
    with closing(Store(sqlite_url, system_clock, alone=True)) as first:
        with pytest.raises(DatabaseInUse, match="Stop it first"):
            Store(sqlite_url, system_clock, alone=True)
        # Not a server: `customcrm keys create` works beside it.
        with closing(Store(sqlite_url, system_clock)) as beside:
            create(beside, {"externalId": "a"})
        assert len(create(first, {"externalId": "a"})) == 1

    Store(sqlite_url, system_clock, alone=True).close()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "customcrm.db",
        "mysql://jo:s3cret@localhost/crm",
        "s3cret",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:////no/such/folder/customcrm.db",
        "sqlite+nosuchdriver:///customcrm.db",
        "postgresql://jo:s3cret@localhost:port/crm",
        "postgresql://jo:s3cret@localhost/crm?nosuchoption=1",
    ],
)
def test_a_url_with_a_mistake_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(BadSetting) as refused:
        within(lambda: Store(url, system_clock), 10)

    assert "s3cret" not in "".join(traceback.format_exception(refused.value))


@pytest.mark.parametrize(
    "change",
    [("postgres@/", "nobody:s3cret@/"), ("/customcrm_", "/nosuch_")],
    ids=["user", "database"],
)
def test_a_postgresql_that_lets_nobody_in_is_unavailable(
    database_url: str, change: tuple[str, str]
) -> None:
    if database_url.startswith("sqlite"):
        pytest.skip("SQLite lets everybody in")

    with pytest.raises(StoreUnavailable) as refused:
        within(lambda: Store(database_url.replace(*change), system_clock), 10)

    assert "s3cret" not in str(refused.value)
