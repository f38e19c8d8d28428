"""How long a run takes against servers that are slow, or serve one connection at a time."""

import time
from http.server import HTTPServer, ThreadingHTTPServer

import pytest

from customcrm.checker.asker import Asker
from customcrm.checker.checks import CHECKS
from customcrm.checker.engine import Terms, run
from customcrm.checker.events import Checked, Status
from customcrm.client.http import Client
from customcrm.client.target import Target
from tests.integration.checker.right import RightServer
from tests.integration.checker.wire import KEY, Call, Reply, serving

MAX_SECONDS = 10.0
MAX_REQUESTS = 350
"""At 20 ms a request this leaves a few seconds of the ten for a busy machine."""


@pytest.mark.parametrize("kind", [HTTPServer, ThreadingHTTPServer])
def test_a_server_of_the_standard_library_is_checked_in_seconds(kind: type[HTTPServer]) -> None:
    # It sends the head and the body of an answer in two writes: without a quick acknowledgement of
    # the first, each answer takes 40 ms, and a single thread never comes to a second connection.
    began = time.perf_counter()
    with (
        serving(RightServer().answer, kind, waits=True) as url,
        Client(Target.read(url, KEY), connections=2) as client,
    ):
        results = [e for e in run(CHECKS, Asker(client, "check-1"), Terms()) if type(e) is Checked]
    assert {one.check.id for one in results if one.status is not Status.PASS} == set()
    assert time.perf_counter() - began < MAX_SECONDS / 2


def test_a_server_with_a_latency_of_20_ms_is_checked_in_ten_seconds() -> None:
    server, requests = RightServer(), 0

    def answer(call: Call) -> Reply:
        nonlocal requests
        requests += 1
        time.sleep(0.02)
        return server.answer(call)

    began = time.perf_counter()
    with serving(answer) as url, Client(Target.read(url, KEY), connections=2) as client:
        results = [e for e in run(CHECKS, Asker(client, "check-1"), Terms()) if type(e) is Checked]
    assert [one.check.id for one in results if one.status is Status.FAIL] == []
    assert requests <= MAX_REQUESTS
    assert time.perf_counter() - began < MAX_SECONDS
