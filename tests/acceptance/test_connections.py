"""Strangers who hold connections, and that Enginy does not notice."""

import json
import resource
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from tests.acceptance.server import Server, running_server

HOST = b"Host: crm.example\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
OURS = b"Origin: http://crm.example\r\n"
COOKIE = b"Cookie: customcrm_session=nobody\r\n"


def post(path: bytes, headers: bytes, length: int, sent: int) -> bytes:
    """The head of a form, and the beginning of its body."""
    return (
        b"POST %b HTTP/1.1\r\n%bContent-Length: %d\r\n\r\n"
        % (
            path,
            HOST + FORM + OURS + headers,
            length,
        )
        + b"x" * sent
    )


ATTACKS = {
    "bare": b"",
    "one byte": b"G",
    "an answered request and one byte": b"GET /livez HTTP/1.1\r\n" + HOST + b"\r\nG",
    "an answered request and half a head": b"GET /livez HTTP/1.1\r\n" + HOST + b"\r\nGET /li",
    "an endless form of anybody": post(b"/view/sign-in", b"", 30_000, 10_000),
    "an endless form of members": post(b"/view/contacts/new", b"", 399_999, 300_000),
    "an endless form with a cookie": post(b"/view/contacts/new", COOKIE, 399_999, 300_000),
    "an endless batch": post(b"/contacts", b"", 40_000_000, 300_000),
}

HELD = 1_002
FILES = 1_024


@contextmanager
def held(server: Server, sent: bytes, count: int) -> Iterator[list[socket.socket]]:
    """So many connections on which this was sent, as far as the server takes it."""
    address = urlsplit(server.url)
    with ExitStack() as stack:
        connections = []
        for _ in range(count):
            connection = stack.enter_context(
                socket.create_connection((address.hostname, address.port or 0), timeout=20)
            )
            connection.setblocking(False)  # noqa: FBT003 - the standard library's own
            connections.append(connection)
            try:
                connection.send(sent)
            except OSError:
                continue  # it was closed to make room
        yield connections


@pytest.fixture(scope="module")
def small_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4_096), hard))
    folder = tmp_path_factory.mktemp("connections")
    with running_server(f"sqlite:///{folder}/crm.db", open_files=FILES) as server:
        yield server
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.parametrize("sent", ATTACKS.values(), ids=ATTACKS)
def test_enginy_is_answered_beside_more_connections_than_there_can_be_files(
    small_server: Server, sent: bytes
) -> None:
    answers: list[tuple[int, float]] = []
    enough = threading.Event()

    def ask() -> None:
        while not enough.is_set():
            began = time.monotonic()
            with small_server.client() as client:
                status = client.send("GET", "/health").status_code
            answers.append((status, time.monotonic() - began))

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        with held(small_server, sent, HELD):
            already = len(answers)
            deadline = time.monotonic() + 30
            while len(answers) < already + 20 and time.monotonic() < deadline:
                time.sleep(0.05)
            assert len(answers) >= already + 20
            process = psutil.Process(small_server.process.pid)
            assert process.num_fds() < FILES
            assert process.memory_info().rss < 400_000_000
    finally:
        enough.set()
        asking.join()
    assert {status for status, _ in answers} == {200}
    times = sorted(seconds for _, seconds in answers)
    assert times[len(times) // 2] < 0.5


def test_it_is_logged_that_a_limit_was_met(small_server: Server) -> None:
    with held(small_server, b"G", HELD):
        time.sleep(0.5)
    events = [
        json.loads(line)
        for line in small_server.stderr.splitlines()
        if '"connections_exhausted"' in line
    ]
    assert events
    assert events[0]["limit"] == int(FILES * 0.8)
    limited = [line for line in small_server.stderr.splitlines() if "connections_limited" in line]
    assert len(limited) == 1


def test_the_soft_limit_of_open_files_is_raised(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard <= 300:
        pytest.skip("no more files may be open here")
    resource.setrlimit(resource.RLIMIT_NOFILE, (300, hard))
    try:
        with running_server(f"sqlite:///{tmp_path}/crm.db") as server:
            process = psutil.Process(server.process.pid)
            assert process.rlimit(psutil.RLIMIT_NOFILE) == (min(hard, 65_536), hard)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_the_limits_can_be_set(tmp_path: Path) -> None:
    settings = {"CUSTOMCRM_MAX_CONNECTIONS": "20", "CUSTOMCRM_MAX_CONNECTIONS_PER_ADDRESS": "0"}
    with (
        running_server(f"sqlite:///{tmp_path}/crm.db", settings=settings) as server,
        held(server, b"G", 100),
    ):
        process = psutil.Process(server.process.pid)
        with server.client() as client:
            client.call("GET", "/health", status=200)
        assert len(process.net_connections("tcp")) <= 20 + 1
