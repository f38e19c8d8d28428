"""What is known of the store's values, and when they are read."""

import threading

import pytest

from customcrm.errors import StoreUnavailable
from customcrm.operations.freshness import Fresh


def test_who_asks_while_it_is_read_for_the_first_time_gets_what_is_there() -> None:
    reading, go_on = threading.Event(), threading.Event()

    def read() -> str:
        if not reading.is_set():
            reading.set()
            assert go_on.wait(10)
        return "there"

    fresh = Fresh(read, lambda: 0.0)
    found: list[str] = []
    first = threading.Thread(target=lambda: found.append(fresh.now()))
    first.start()
    assert reading.wait(10)
    found.append(fresh.now())
    go_on.set()
    first.join()
    assert found == ["there", "there"]


def test_what_was_never_read_cannot_be_told_while_the_store_is_away() -> None:
    away = [True]

    def read() -> str:
        if away[0]:
            raise StoreUnavailable
        return "there"

    now = [0.0]
    fresh = Fresh(read, lambda: now[0])
    with pytest.raises(StoreUnavailable):
        fresh.now()
    away[0] = False
    assert fresh.now() == "there"
    away[0], now[0] = True, 5.0
    assert fresh.now() == "there"


def test_what_was_kept_needs_no_reading() -> None:
    fresh: Fresh[str] = Fresh(lambda: "read", lambda: 0.0)
    fresh.now()
    fresh.keep("kept")
    assert fresh.now() == "kept"
