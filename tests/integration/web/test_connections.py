"""What a connection may do before it is closed, and that the others do not notice."""

import json
import socket
import time
from contextlib import ExitStack

import pytest

from customcrm.web.http_protocol import MAX_HEAD, MAX_HEADERS, MAX_PIPELINED, MAX_URL
from tests.integration.web.serving import (
    closes_while_sending,
    closes_within,
    eventually,
    head,
    is_closed,
    read_answers,
    serving,
)

SOON = 8.0
"""Seconds after which a connection past its deadline has certainly been closed."""

CHUNKED = b"POST /read HTTP/1.1\r\nHost: crm.example\r\nTransfer-Encoding: chunked\r\n\r\n"

STALLED = {
    "nothing": (b"", b""),
    "one byte": (b"G", b""),
    "an empty line": (b"\r\n", b""),
    "half a head": (b"GET /ok HTTP/1.1\r\nHost: crm", b""),
    "a head without its last line": (b"GET /ok HTTP/1.1\r\nHost: crm.example\r\n", b""),
    "a request and one byte": (head(), b"G"),
    "a request and an empty line": (head(), b"\r\n"),
    "a request and half a head": (head(), b"GET /ok HTTP/1.1\r\nX-A: b"),
    "a request, a request and one byte": (head() + head(), b"G"),
    "a body that does not come": (head("/read", method="POST", length=10_000), b""),
    "half a body": (head("/read", method="POST", length=10_000) + b"x" * 5_000, b""),
    "a chunked body without end": (CHUNKED + b"5\r\nhello\r\n", b""),
    "half a chunk": (CHUNKED + b"ff\r\nhello", b""),
    "a body that comes after the answer": (head("/ok", method="POST", length=1_000_000), b"xx"),
    "half a body of somebody who is known": (
        head("/read", method="POST", key=True, length=10_000) + b"x" * 5_000,
        b"",
    ),
}


@pytest.mark.parametrize(("sent", "then"), STALLED.values(), ids=STALLED)
def test_a_client_that_stops_sending_is_closed(sent: bytes, then: bytes) -> None:
    with serving() as server, server.connect(sent) as connection:
        if then:
            read_answers(connection, sent.count(b"Host"))
            connection.sendall(then)
        assert closes_within(connection, SOON)
        eventually(lambda: len(server.registry) == 0)
        assert server.ask() < SOON


@pytest.mark.parametrize(
    ("sent", "drip"),
    [
        (b"", b"G"),
        (b"GET /ok HTTP/1.1\r\n", b"a: b\r\n"),
        (head(), b"\r\n"),
        (head("/read", method="POST", length=1_000_000), b"x"),
        (CHUNKED, b"1\r\nx\r\n"),
        (head("/ok", method="POST", length=1_000_000), b"x" * 500),
    ],
    ids=["line", "headers", "empty lines", "body", "chunks", "body of an answered request"],
)
def test_a_client_that_sends_too_slowly_is_closed(sent: bytes, drip: bytes) -> None:
    with serving() as server, server.connect(sent) as connection:
        assert closes_while_sending(connection, drip)


def test_a_slow_body_that_makes_progress_is_read_to_its_end() -> None:
    with serving(body_rate=500) as server:
        sent = head("/read", method="POST", key=True, length=20_000, close=True)
        with server.connect(sent) as connection:
            for _ in range(20):
                connection.sendall(b"x" * 1_000)
                time.sleep(0.1)
            assert connection.recv(1_000).startswith(b"HTTP/1.1 200")
        assert server.app.bodies == [20_000]


def test_a_body_below_the_rate_is_given_up() -> None:
    with serving(body_rate=1_000_000) as server:
        sent = head("/read", method="POST", key=True, length=20_000)
        with server.connect(sent) as connection:
            assert closes_while_sending(connection, b"x" * 100)
        eventually(lambda: server.app.disconnected == 1)


def test_a_client_that_waits_to_be_asked_for_its_body_is_not_late() -> None:
    with serving() as server:
        sent = head("/wait", method="POST", key=True, length=4, close=True)
        sent = sent[:-2] + b"Expect: 100-continue\r\n\r\n"
        with server.connect(sent) as connection:
            assert not closes_within(connection, 2.0)
            server.app.let_go.set()


@pytest.mark.parametrize("key", [True, False])
def test_a_request_under_way_has_no_deadline(*, key: bool) -> None:
    with serving() as server, server.connect(head("/wait", key=key)) as connection:
        assert not closes_within(connection, 2.5)


@pytest.mark.parametrize("key", [True, False])
def test_a_stream_that_is_read_is_never_cut(*, key: bool) -> None:
    with serving() as server, server.connect(head("/stream", key=key)) as connection:
        received = b""
        began = time.monotonic()
        while time.monotonic() - began < 3:
            received += connection.recv(65_536)
        assert received.count(b"beat") > 10


def test_a_stream_is_not_cut_by_the_beginning_of_another_request() -> None:
    with serving() as server, server.connect(head("/stream", key=True) + b"GET /o") as connection:
        began = time.monotonic()
        while time.monotonic() - began < 2.5:
            assert connection.recv(65_536)


@pytest.mark.parametrize("key", [True, False])
@pytest.mark.parametrize("close", [True, False])
def test_an_answer_that_is_not_taken_is_given_up(*, key: bool, close: bool) -> None:
    with serving() as server, server.connect(head("/large", key=key, close=close)):
        eventually(lambda: len(server.registry) == 1)
        eventually(lambda: len(server.registry) == 0, within=SOON)
        assert server.ask() < SOON


def test_an_answer_that_is_taken_slowly_is_sent_to_its_end() -> None:
    with serving() as server, server.connect(head("/large", key=True, close=True)) as connection:
        size = 0
        while part := connection.recv(1_000_000):
            size += len(part)
            time.sleep(0.05)
        assert size > 20_000_000


def test_connections_between_two_requests_are_closed_after_a_while() -> None:
    with serving() as server, server.connect(head(key=True)) as connection:
        read_answers(connection)
        assert closes_within(connection, SOON)


def test_a_connection_serves_many_requests() -> None:
    with serving() as server, server.connect() as connection:
        for _ in range(50):
            connection.sendall(head("/read", method="POST", key=True, length=3) + b"abc")
            read_answers(connection)
        assert server.app.bodies == [3] * 50


# Heads that are too large


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /" + b"a" * (MAX_URL + 1) + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET /?" + b"a=%ff&" * 11_000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nX-A: " + b"a" * 340_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nX-A: " + b"a" * (MAX_HEAD + 1) + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\n" + b"a:\r\n" * (MAX_HEADERS + 1) + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\n" + b"x: y\r\n" * 400 + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\nX-A: " + b"a" * 1_000_000, 431),
        (b"A" * 400_000, 400),
        (b"\x16\x03\x01\x02\x00\x01\x00", 400),
        (b"GET / HTTP/9.9\r\n\r\n", 400),
        (b"GET \x00 HTTP/1.1\r\n\r\n", 400),
        (b"GET http://[ HTTP/1.1\r\n\r\n", 400),
        (b"\x00\x01\x02\x03", 400),
    ],
    ids=range(13),
)
def test_what_cannot_be_a_request_is_refused(sent: bytes, status: int) -> None:
    with serving() as server:
        with server.connect() as connection:
            answer = b""
            try:
                connection.sendall(sent)
                answer = b"".join(iter(lambda: connection.recv(65_536), b""))
            except ConnectionError:
                pass  # it was closed while we were still sending
            if answer:
                assert answer.startswith(f"HTTP/1.1 {status} ".encode())
                assert json.loads(answer.partition(b"\r\n\r\n")[2])["code"]
            else:
                assert len(sent) > MAX_HEAD
        assert server.ask() < SOON


def test_a_head_of_the_largest_size_is_read() -> None:
    sent = head(key=True, close=True)[:-2] + b"X-A: " + b"a" * (MAX_HEAD - 200) + b"\r\n\r\n"
    with serving() as server, server.connect(sent) as connection:
        assert connection.recv(1_000).startswith(b"HTTP/1.1 200")


def test_a_large_head_in_small_pieces_is_read() -> None:
    sent = head(key=True, close=True)[:-2] + b"X-A: " + b"a" * (MAX_HEAD - 200) + b"\r\n\r\n"
    with serving(head_seconds=SOON) as server, server.connect() as connection:
        for at in range(0, len(sent), 1_000):
            connection.sendall(sent[at : at + 1_000])
            time.sleep(0.001)
        assert connection.recv(1_000).startswith(b"HTTP/1.1 200")


def test_many_requests_at_once_are_answered_in_order_up_to_a_limit() -> None:
    with serving() as server:
        with server.connect(head(key=True) * (MAX_PIPELINED // 2)) as connection:
            read_answers(connection, MAX_PIPELINED // 2)
        with server.connect(head() * 10_000) as connection:
            assert closes_within(connection, SOON)
        assert server.ask() < SOON


def test_a_body_of_tiny_chunks_is_given_up() -> None:
    with serving() as server, server.connect(CHUNKED) as connection:
        assert closes_while_sending(connection, b"1\r\nx\r\n" * 1_000)
        assert server.ask() < SOON


# Too many of them


def test_a_full_server_closes_the_oldest_connection_that_waits() -> None:
    with serving(connections=20, head_seconds=60, per_address=0) as server, ExitStack() as stack:
        held = [stack.enter_context(server.connect(b"G")) for _ in range(60)]
        eventually(lambda: sum(is_closed(each) for each in held) >= 40)
        assert len(server.registry) <= 20
        assert [is_closed(each) for each in held[:40]] == [True] * 40
        assert max(server.ask() for _ in range(5)) < SOON


def test_a_full_server_cuts_no_request_with_a_key() -> None:
    with serving(connections=20, head_seconds=60, per_address=0) as server, ExitStack() as stack:
        streams = [
            stack.enter_context(server.connect(head("/stream", key=True))) for _ in range(10)
        ]
        waiting = [stack.enter_context(server.connect(head("/wait", key=True))) for _ in range(5)]
        eventually(lambda: len(server.registry) == 15)
        for each in streams:
            each.recv(1_000)
        for _ in range(100):
            stack.enter_context(server.connect(b"G"))
        assert server.ask() < SOON
        assert not any(is_closed(each) for each in [*streams, *waiting])


def test_a_full_server_cuts_the_oldest_request_without_a_key() -> None:
    with serving(connections=10, per_address=0) as server, ExitStack() as stack:
        held = [stack.enter_context(server.connect(head("/wait"))) for _ in range(10)]
        eventually(lambda: len(server.registry) == 10)
        assert server.ask() < SOON
        assert is_closed(held[0])
        assert not is_closed(held[-1])


def test_a_server_full_of_requests_with_a_key_refuses_more() -> None:
    with serving(connections=10, per_address=0) as server, ExitStack() as stack:
        for _ in range(10):
            stack.enter_context(server.connect(head("/wait", key=True)))
        eventually(lambda: len(server.registry) == 10)
        with server.connect(head(key=True)) as connection:
            answer = connection.recv(1_000)
        assert answer.startswith(b"HTTP/1.1 503 Service Unavailable\r\n")
        assert b"retry-after: 5" in answer
        assert b"too_many_connections" in answer


def test_bodies_of_strangers_take_a_bounded_amount_of_memory() -> None:
    with (
        serving(buffered_bytes=1_000_000, per_address=0, body_seconds=60) as server,
        ExitStack() as stack,
    ):
        sent = head("/wait", method="POST", length=400_000)
        for _ in range(40):
            connection = stack.enter_context(server.connect(sent))
            connection.setblocking(False)  # noqa: FBT003 - the standard library's own
            try:
                connection.send(b"x" * 399_000)
            except OSError:
                continue
        eventually(lambda: len(server.registry) < 40)
        assert server.registry.buffered <= 1_000_000
        assert server.ask() < SOON
    assert server.registry.buffered == 0


def test_the_server_stops_at_once_beside_half_requests_of_strangers() -> None:
    with (
        serving(head_seconds=60, body_seconds=60) as server,
        server.connect(b"GET"),
        server.connect(head("/read", method="POST", length=10) + b"x"),
        server.connect(head() + b"G"),
        server.connect(),
    ):
        eventually(lambda: len(server.registry) == 4)
        time.sleep(0.2)
        assert server.stop() < 4


def test_a_peer_that_resets_is_forgotten() -> None:
    with serving(head_seconds=60) as server:
        for sent in (b"", b"G", head("/wait"), head("/large"), head("/stream", key=True)):
            connection = server.connect(sent)
            linger = (1).to_bytes(4, "little") + bytes(4)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            time.sleep(0.05)
            connection.close()
        eventually(lambda: len(server.registry) == 0)
