"""The log of the calls: it arrives, it is bounded, and no request ever waits for it."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection

from customcrm.clock import system_clock
from customcrm.errors import StoreUnavailable
from customcrm.operations.calls import Call, CallItem, Tally
from customcrm.store import calls
from customcrm.store.backend import Store
from customcrm.store.calls import BufferedCallLog, clean_up, insert_calls
from tests.integration.store.driver import Driver
from tests.integration.store.sql import connected, count, rows, run
from tests.integration.store.world import NOW, PATIENCE, within


def _call(number: int, at: datetime = NOW) -> Call:
    return Call(f"request-{number}", at, "createContacts", 201, 1_500, "key:enginy")


def _until(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _holds(url: str, number: int) -> bool:
    return count(url, "calls") == number


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "FLUSH_SECONDS", 0.05)


def test_a_call_is_kept_with_everything_it_tells(store: Store, database_url: str) -> None:
    item = CallItem(3, 'a"é', "contact_1", "linked", "email")
    tally = Tally(28, 1, 2, 3, 4, 5, 6, [item])
    store.record(
        Call("r", NOW, "createContacts", 201, 1_500, "key:enginy", "invalid_request", tally)
    )
    store.close()

    told = rows(
        database_url,
        "SELECT request_id, at, operation, status, duration_us, actor, error, received, created,"
        " updated, linked, unchanged, matched, failed, items FROM calls",
    )
    microseconds = int(NOW.timestamp()) * 1_000_000 + NOW.microsecond
    items = '[{"index":3,"id":"a\\"é","recordId":"contact_1","effect":"linked","reason":"email"}]'
    assert told == [
        (
            *("r", microseconds, "createContacts", 201, 1_500, "key:enginy", "invalid_request"),
            *(28, 1, 2, 3, 4, 5, 6, items),
        )
    ]


@pytest.mark.usefixtures("soon")
def test_a_call_arrives_by_itself(database_url: str) -> None:
    with closing(Store(database_url, lambda: NOW)) as store:
        for number in range(3):
            store.record(_call(number))
            _until(partial(_holds, database_url, number + 1))


def test_closing_writes_what_waits_with_one_statement(
    driver: Driver, store: Store, database_url: str
) -> None:
    for number in range(500):
        store.record(_call(number))
    assert count(database_url, "calls") == 0
    driver.clear()

    store.close()

    assert len(driver.changes) == 1
    assert count(database_url, "calls") == 500


def test_calls_are_kept_in_the_order_they_came(store: Store, database_url: str) -> None:
    for number in range(50):
        store.record(_call(number))
    store.close()

    told = rows(database_url, "SELECT request_id FROM calls ORDER BY number")
    assert told == [(f"request-{number}",) for number in range(50)]


def test_a_call_is_forgotten_when_it_is_old(store: Store, database_url: str) -> None:
    del store
    ages = [timedelta(), calls.KEPT, calls.KEPT + timedelta(microseconds=1), calls.KEPT * 2]
    with connected(database_url) as connection:
        insert_calls(connection, [_call(n, NOW - age) for n, age in enumerate(ages)])
        clean_up(connection, NOW)

    told = rows(database_url, "SELECT request_id FROM calls ORDER BY number")
    assert told == [("request-0",), ("request-1",)]


def test_only_the_newest_calls_are_kept(store: Store, database_url: str) -> None:
    del store
    with connected(database_url) as connection:
        insert_calls(connection, [_call(number) for number in range(5)])
    # As if 100,000 had come since the second.
    gap = calls.MAX_CALLS - 3
    run(database_url, "UPDATE calls SET number = number + :gap WHERE number > 2", gap=gap)

    with connected(database_url) as connection:
        clean_up(connection, NOW)

    told = rows(database_url, "SELECT request_id FROM calls ORDER BY number")
    assert told == [("request-2",), ("request-3",), ("request-4",)]


def test_an_empty_log_is_cleaned_up_without_harm(store: Store, database_url: str) -> None:
    del store
    with connected(database_url) as connection:
        clean_up(connection, NOW)

    assert count(database_url, "calls") == 0


@pytest.mark.usefixtures("soon")
def test_a_running_server_cleans_up(database_url: str) -> None:
    with closing(Store(database_url, lambda: NOW + calls.KEPT * 2)) as store:
        store.record(_call(0))
        store.record(_call(1, NOW + calls.KEPT * 2))
        time.sleep(0.2)
        _until(lambda: count(database_url, "calls") > 0)
    with closing(Store(database_url, lambda: NOW + calls.KEPT * 2)):
        _until(lambda: rows(database_url, "SELECT request_id FROM calls") == [("request-1",)])


class _Away:
    """A database that answers when it is allowed to, and fails while it is away."""

    def __init__(self) -> None:
        self.writes = 0
        self.away = False
        self.failure: type[Exception] = StoreUnavailable
        self.free = threading.Event()
        self.free.set()

    def write(self, work: Callable[[Connection], None]) -> None:
        del work
        self.free.wait(PATIENCE)
        self.writes += 1
        if self.away:
            raise self.failure


@pytest.fixture
def away() -> Iterator[_Away]:
    database = _Away()
    yield database
    database.free.set()


def _events(caplog: pytest.LogCaptureFixture) -> list[tuple[str, Any]]:
    return [(r.getMessage(), getattr(r, "fields", {}).get("count")) for r in caplog.records]


@pytest.mark.usefixtures("soon")
def test_a_log_that_is_full_drops_the_newest_and_keeps_nobody_waiting(
    away: _Away, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(calls, "MAX_WAITING", 10)
    monkeypatch.setattr(calls, "insert_calls", lambda *_: None)
    away.free.clear()
    with caplog.at_level(logging.INFO, "customcrm"):
        log = BufferedCallLog(away.write, system_clock)
        time.sleep(0.2)  # The first flush waits for the database by now.

        def record() -> float:
            start = time.monotonic()
            for number in range(25):
                log.record(_call(number))
            return time.monotonic() - start

        assert within(record, 5) < 1
        away.free.set()
        within(log.close)

    assert ("calls_dropped", 15) in _events(caplog)


def test_strangers_cannot_fill_the_log(store: Store, database_url: str) -> None:
    for number in range(calls.MAX_STRANGERS * 3):
        store.record(Call(f"stranger-{number}", NOW, "", 401, 100))
    store.record(_call(0))
    store.close()

    assert count(database_url, "calls") == calls.MAX_STRANGERS + 1
    newest = rows(database_url, "SELECT request_id FROM calls ORDER BY number DESC LIMIT 1")
    assert newest == [("request-0",)]


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("failure", [StoreUnavailable, ValueError])
def test_the_log_outlives_a_database_that_is_away(
    away: _Away, failure: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    away.away, away.failure = True, failure
    with caplog.at_level(logging.INFO, "customcrm"):
        log = BufferedCallLog(away.write, system_clock)
        log.record(_call(0))
        _until(lambda: away.writes >= 1)
        away.away = False
        before = away.writes
        log.record(_call(1))
        _until(lambda: away.writes > before)
        within(log.close)

    assert "calls_dropped" in {name for name, _ in _events(caplog)}
