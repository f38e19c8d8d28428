"""Which connection makes room for another."""

import json
import logging

import pytest

from customcrm.web import connections
from customcrm.web.connections import ConnectionLimits, ConnectionRegistry, Slot


class Connection:
    def __init__(self) -> None:
        self.aborted = False

    def abort(self) -> None:
        self.aborted = True


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    time = Time()
    monkeypatch.setattr(connections, "monotonic", time)
    return time


def admitted(registry: ConnectionRegistry, host: str = "203.0.113.1") -> tuple[Connection, Slot]:
    connection = Connection()
    slot = registry.admit(connection, host)
    assert slot is not None
    return connection, slot


def test_the_order_is_new_then_anonymous_then_idle() -> None:
    registry = ConnectionRegistry(ConnectionLimits(connections=4, per_address=0))
    idle, slot = admitted(registry)
    registry.request_began(slot)
    registry.request_identified(slot)
    registry.request_ended(slot)
    under_way, slot = admitted(registry)
    registry.request_began(slot)
    registry.request_identified(slot)
    anonymous, slot = admitted(registry)
    registry.request_began(slot)
    new, _ = admitted(registry)
    closed = []
    for _ in range(3):
        _, slot = admitted(registry)
        registry.request_began(slot)
        registry.request_identified(slot)
        closed.append([c.aborted for c in (new, anonymous, idle, under_way)])
    assert closed == [
        [True, False, False, False],
        [True, True, False, False],
        [True, True, True, False],
    ]
    assert registry.admit(Connection(), "203.0.113.1") is None
    assert len(registry) == 4


def test_an_identified_request_is_identified_only_until_it_ends() -> None:
    registry = ConnectionRegistry(ConnectionLimits(connections=1))
    connection, slot = admitted(registry)
    registry.request_began(slot)
    registry.request_identified(slot)
    registry.request_ended(slot)
    registry.request_began(slot)
    assert registry.admit(Connection(), "203.0.113.2") is not None
    assert connection.aborted


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ("203.0.113.1", "203.0.113.1", True),
        ("203.0.113.1", "203.0.113.2", False),
        ("203.0.113.1", "::ffff:203.0.113.1", True),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("fe80::1%eth0", "fe80::1%eth0", True),
        ("a name", "a name", True),
        ("127.0.0.1", "127.0.0.1", False),
        ("127.9.9.9", "127.9.9.9", False),
        ("::1", "::1", False),
        ("::ffff:127.0.0.1", "::ffff:127.0.0.1", False),
        ("", "", False),
    ],
)
def test_connections_are_counted_by_who_may_open_them(
    first: str, second: str, *, together: bool
) -> None:
    registry = ConnectionRegistry(ConnectionLimits(per_address=1))
    earlier, _ = admitted(registry, first)
    admitted(registry, second)
    assert earlier.aborted is together


@pytest.mark.parametrize(
    ("proxies", "host", "limited"),
    [
        (("10.0.0.7",), "10.0.0.7", False),
        (("10.0.0.7",), "10.0.0.8", True),
        (("10.0.0.0/8",), "10.9.9.9", False),
        (("2001:db8::/32",), "2001:db8::5", False),
        (("*",), "203.0.113.9", False),
        (("proxy.internal",), "203.0.113.9", True),
        ((), "127.0.0.1", True),
    ],
)
def test_a_proxy_has_no_limit_of_its_own(
    proxies: tuple[str, ...], host: str, *, limited: bool
) -> None:
    registry = ConnectionRegistry(ConnectionLimits(per_address=1, proxies=proxies))
    earlier, _ = admitted(registry, host)
    admitted(registry, host)
    assert earlier.aborted is limited


def test_a_full_address_closes_its_own_and_is_refused_where_all_have_a_key() -> None:
    registry = ConnectionRegistry(ConnectionLimits(per_address=2))
    other, _ = admitted(registry, "203.0.113.9")
    kept = []
    for _ in range(2):
        connection, slot = admitted(registry)
        registry.request_began(slot)
        registry.request_identified(slot)
        kept.append(connection)
    assert registry.admit(Connection(), "203.0.113.1") is None
    assert not any(each.aborted for each in [other, *kept])


def test_zero_is_no_limit() -> None:
    registry = ConnectionRegistry(ConnectionLimits(connections=1_000, per_address=0))
    held = [admitted(registry)[0] for _ in range(1_000)]
    assert not any(each.aborted for each in held)


def test_what_is_closed_is_forgotten_once() -> None:
    registry = ConnectionRegistry(ConnectionLimits(connections=2, per_address=2))
    _, slot = admitted(registry)
    registry.request_began(slot)
    registry.body_buffered(slot, 1_000)
    registry.remove(slot)
    registry.remove(slot)
    registry.request_ended(slot)
    registry.request_identified(slot)
    assert (len(registry), registry.buffered) == (0, 0)


def test_bodies_of_strangers_make_room_for_one_another() -> None:
    registry = ConnectionRegistry(ConnectionLimits(buffered_bytes=1_000))
    held = [admitted(registry) for _ in range(4)]
    for _, slot in held:
        registry.request_began(slot)
        registry.body_buffered(slot, 400)
    assert [each.aborted for each, _ in held] == [True, True, False, False]
    registry.request_identified(held[2][1])
    assert registry.buffered == 400
    registry.body_buffered(held[2][1], 5_000)
    assert registry.buffered == 400


def test_it_is_logged_at_most_every_ten_seconds(
    time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "customcrm")
    registry = ConnectionRegistry(ConnectionLimits(connections=5, per_address=0))
    for second in range(25):
        time.now = float(second)
        for _ in range(10):
            admitted(registry)
    events = [record for record in caplog.records if record.msg == "connections_exhausted"]
    assert len(events) == 3
    fields = [getattr(record, "fields") for record in events]  # noqa: B009 - of the log's own
    assert fields[1]["closed"] == 95
    assert fields[1]["limit"] == 5
    assert "203.0.113.1" not in json.dumps(fields)
