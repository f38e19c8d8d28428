"""What a client makes of a server that speaks no proper HTTP, or never ends."""

import gzip
import socket
import time
import warnings

import pytest
from urllib3.exceptions import InsecureRequestWarning

from customcrm.client.exchange import Request
from customcrm.client.http import (
    MAX_ANSWER,
    Client,
    Garbled,
    HungUp,
    NoAnswer,
    TooSlow,
)
from customcrm.client.target import Target
from tests.integration.checker.sockets import Speaker, speaking

HEALTH = Request("GET", "/health")
OK = b"HTTP/1.1 200 OK\r\n"


def saying(*said: bytes) -> Speaker:
    return lambda connection: connection.sendall(b"".join(said))


def dripping(beginning: bytes, drop: bytes) -> Speaker:
    def speak(connection: socket.socket) -> None:
        connection.sendall(beginning)
        while True:
            time.sleep(0.05)
            connection.sendall(drop)

    return speak


def asked(url: str, timeout: float = 5.0) -> bytes:
    with Client(Target.read(url, "a-secret-key"), timeout=timeout) as client:
        return client.send(HEALTH).body


@pytest.mark.parametrize(
    "speak",
    [
        dripping(OK + b"Content-Length: 100000\r\n\r\n", b"x"),
        dripping(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        dripping(OK, b"X"),
        dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        dripping(b"", b"H"),
    ],
    ids=["body", "chunks", "headers", "100 Continue", "status line"],
)
def test_an_answer_that_drips_is_given_one_timeout_in_all(speak: Speaker) -> None:
    began = time.perf_counter()
    with speaking(speak) as url, pytest.raises(TooSlow, match=r"within 0\.4 seconds"):
        asked(url, timeout=0.4)
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    ("speak", "error"),
    [
        (saying(OK, b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"), Garbled),
        (saying(OK, b"Content-Encoding: ", b"gzip," * 50, b"gzip\r\n\r\nabc"), Garbled),
        (saying(OK, b"Transfer-Encoding: chunked\r\n\r\n-5\r\nabc\r\n"), Garbled),
        (saying(OK, b"Content-Length: 5, 6\r\n\r\nabcde"), Garbled),
        (saying(OK, b"X: ", b"a" * 100_000, b"\r\n\r\n"), Garbled),
        (saying(OK, b"X: a\r\n" * 200, b"\r\n"), Garbled),
        (saying(b"SSH-2.0-OpenSSH_9.2\r\n"), Garbled),
        (saying(b"HTTP/1.1 99999 OK\r\n\r\n"), Garbled),
        (saying(OK, b"Content-Length: 1000\r\n\r\nabc"), HungUp),
        (saying(OK, b"Transfer-Encoding: chunked\r\n\r\n5\r\nab"), HungUp),
        (saying(b""), HungUp),
    ],
)
def test_what_is_no_answer_is_told_so(speak: Speaker, error: type[NoAnswer]) -> None:
    with speaking(speak) as url, pytest.raises(error, match="GET /health"):
        asked(url)


def test_an_answer_without_end_is_heard_up_to_a_limit_and_the_next_is_heard_too() -> None:
    def speak(connection: socket.socket) -> None:
        connection.sendall(OK + b"Transfer-Encoding: chunked\r\n\r\n")
        while True:
            connection.sendall(b"10000\r\n" + b"x" * 65_536 + b"\r\n")

    with (
        speaking(speak) as url,
        Client(Target.read(url, "a-secret-key"), timeout=30) as client,
    ):
        assert [len(client.send(HEALTH).body) for _ in range(2)] == [MAX_ANSWER, MAX_ANSWER]


def test_a_bomb_of_zeros_is_unpacked_up_to_the_limit() -> None:
    packed = gzip.compress(b"\0" * (2 * MAX_ANSWER))
    head = b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    with speaking(saying(OK, head, packed)) as url:
        assert len(asked(url, timeout=30)) == MAX_ANSWER


def test_an_answer_that_ends_with_its_connection_is_heard() -> None:
    with speaking(saying(b'HTTP/1.0 200 OK\r\n\r\n{"status": "ok"}')) as url:
        assert asked(url) == b'{"status": "ok"}'


def test_the_key_does_not_follow_a_redirect() -> None:
    heard: list[bytes] = []

    def elsewhere(connection: socket.socket) -> None:
        heard.append(b"somebody came")
        connection.sendall(OK + b"Content-Length: 0\r\n\r\n")

    with (
        speaking(elsewhere) as other,
        speaking(
            saying(b"HTTP/1.1 307 Moved\r\nLocation: %s/health\r\n\r\n" % other.encode())
        ) as url,
        Client(Target.read(url, "a-secret-key")) as client,
    ):
        assert client.send(HEALTH).status == 307
    assert heard == []


def test_who_asks_for_any_certificate_is_not_warned_of_it_with_each_request() -> None:
    with Client(Target.read("https://localhost", "a-secret-key"), verify=False):
        warnings.warn("Unverified", InsecureRequestWarning, stacklevel=1)  # an error, else
