"""Servers that answer what nobody expects: every check has a word for it, and never a traceback."""

import json
import time
import xml.etree.ElementTree as ET
from base64 import b64encode
from collections.abc import Callable
from html import escape
from itertools import count
from typing import Any
from urllib.parse import quote

import pytest

from customcrm.checker.asker import Asker
from customcrm.checker.checks import CHECKS
from customcrm.checker.engine import MOST_WAITS, Terms, run
from customcrm.checker.events import Event, RunEnded, RunStarted, Status
from customcrm.checker.reports.as_json import as_json
from customcrm.checker.reports.html import html
from customcrm.checker.reports.junit import junit
from customcrm.client.http import Client
from customcrm.client.target import Target
from tests.integration.checker.right import RightServer
from tests.integration.checker.running import LATEST, UNMET
from tests.integration.checker.wire import KEY, Call, HangUp, Reply, serving

Answerer = Callable[[Call], Reply]
VALUES: list[Any] = [None, 7, "x", [], {"results": [[1]], "id": {}}]
NAMES = ("id", "crmId", "externalId", "name", "completedAt", "metadata", "properties", "errors")


def events_of(answer: Answerer, *, timeout: float = 5.0) -> list[Event]:
    with (
        serving(answer) as url,
        Client(Target.read(url, KEY), connections=2, timeout=timeout) as client,
    ):
        return list(run(CHECKS, Asker(client, "check-0ddba1", latest=LATEST), Terms()))


def ends_of(events: list[Event]) -> tuple[RunStarted, RunEnded]:
    started, ended = events[0], events[-1]
    assert isinstance(started, RunStarted)
    assert isinstance(ended, RunEnded)
    return started, ended


def changing(change: Callable[[Any], Any]) -> Answerer:
    """A right server but for the JSON of each answer."""
    server = RightServer()

    def answer(call: Call) -> Reply:
        reply = server.answer(call)
        return reply if reply.text is not None else reply.but(json=change(reply.json))

    return answer


def renaming(value: Any, *, names: tuple[str, ...]) -> Callable[[Any], Any]:
    """Puts a value wherever one of the names is."""

    def change(found: Any) -> Any:
        if isinstance(found, dict):
            return {name: value if name in names else change(one) for name, one in found.items()}
        return [change(one) for one in found] if isinstance(found, list) else found

    return change


def items(value: Any) -> Callable[[Any], Any]:
    """Puts a value in the place of each item of an answer."""

    def change(found: Any) -> Any:
        if isinstance(found, dict) and isinstance(found.get("results"), list):
            return {**found, "results": [value for _ in found["results"]]}
        return [value for _ in found] if isinstance(found, list) else found

    return change


@pytest.mark.parametrize("value", VALUES, ids=json.dumps)
def test_a_value_of_any_type_in_any_place_is_a_failure_or_none(value: Any) -> None:
    for change in (lambda _: value, items(value), *(renaming(value, names=(n,)) for n in NAMES)):
        _, ended = ends_of(events_of(changing(change)))
        assert len(ended.results) == len(CHECKS)
        assert ended.lost == ""


@pytest.mark.parametrize(
    "text",
    [
        "[" * 900 + "]" * 900,
        "[" * 50_000,
        '{"status": NaN}',
        '{"status": %s}' % ("9" * 6_000),
        '{"results": [{"crmId": %s}]}' % ("9" * 400),
        '{"status": "\\ud800"}',
        '{"status": "\\u0000\\u001b[31m\\uffff ]]><script>"}',
        "\uffff\ufffe\x00\x1b ]]> <script>alert(1)</script>",
        "",
        "\x00" * 3_000_000,
    ],
    ids=lambda text: text[:12].encode().hex(),
)
def test_a_text_of_any_kind_makes_valid_reports(text: str) -> None:
    started, ended = ends_of(events_of(lambda _: Reply(200, text=text)))

    assert ended.count(Status.FAIL) > 30
    assert ET.fromstring(junit(started, ended)).tag == "testsuites"  # noqa: S314 - ours
    assert json.loads(as_json(started, ended))["summary"]["conforms"] is False
    assert "<script>" not in html(started, ended)


def test_a_key_that_comes_back_in_any_writing_reaches_no_report() -> None:
    spellings = [
        KEY,
        KEY.upper(),
        quote(KEY, safe=""),
        escape(KEY),
        json.dumps(KEY)[1:-1],
        b64encode(KEY.encode()).decode(),
        KEY.encode().hex(),
    ]

    def echo(_: Call) -> Reply:
        return Reply(500, {f"as {n}": spelling for n, spelling in enumerate(spellings)})

    for answer in (echo, changing(renaming(KEY, names=("id", "crmId")))):
        started, ended = ends_of(events_of(answer))
        assert ended.count(Status.FAIL) > 5
        for report in (as_json(started, ended), junit(started, ended), html(started, ended)):
            for spelling in spellings:
                assert spelling not in report
                assert escape(spelling) not in report


@pytest.mark.parametrize("made_of", ["a" * 200_000, "../..?x#]['\" \x00\n€", ".."])
def test_an_id_of_any_kind_makes_no_line_that_nobody_can_use(made_of: str) -> None:
    _, ended = ends_of(events_of(changing(renaming(made_of, names=("id", "crmId")))))
    assert ended.lost == ""
    arguments = [one.curl.partition("\n")[0] for one in ended.results]
    assert max(len(argument) for argument in arguments) < 128 * 1024


def test_a_server_that_dies_half_way_loses_nothing_that_was_found_out() -> None:
    server, calls = RightServer(), count()

    def answer(call: Call) -> Reply:
        if next(calls) > 120:
            raise HangUp
        return server.answer(call)

    _, ended = ends_of(events_of(answer))
    assert "the connection was closed" in ended.lost
    assert not ended.conforms
    assert ended.count(Status.PASS) > 50
    assert ended.left_behind["contacts"] > 0
    assert len(ended.results) == len(CHECKS)


def test_ctrl_c_loses_nothing_that_was_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(RightServer().answer) as url, Client(Target.read(url, KEY)) as client:
        asker, asked = Asker(client, "check-0ddba1"), count()
        send = client.send

        def interrupted(request: Any) -> Any:
            if next(asked) == 60:
                raise KeyboardInterrupt
            return send(request)

        monkeypatch.setattr(client, "send", interrupted)
        _, ended = ends_of(list(run(CHECKS, asker, Terms())))
    assert ended.lost == "it was interrupted"
    assert ended.count(Status.PASS) > 10
    assert ended.left_behind["contacts"] > 0


def test_a_route_that_does_not_answer_is_a_failure_and_not_the_end() -> None:
    server = RightServer()

    def answer(call: Call) -> Reply:
        if call.path == "/users":
            time.sleep(1)
        return server.answer(call)

    _, ended = ends_of(events_of(answer, timeout=0.3))
    failed = {r.check.id: r.broken for r in ended.results if r.status in UNMET}
    found = failed["users.answers"]
    assert found is not None
    assert found.got == "it was not answered within 0.3 seconds"
    assert ended.lost == ""
    assert next(r for r in ended.results if r.check.id == "tasks.create.answers").broken is None


def test_nobody_is_waited_for_all_day() -> None:
    server = RightServer()

    def answer(call: Call) -> Reply:
        if call.method == "POST":
            time.sleep(0.6)
        return server.answer(call)

    _, ended = ends_of(events_of(answer, timeout=0.2))
    assert ended.lost == f"{MOST_WAITS} checks have waited for an answer in vain"


def test_who_asks_for_patience_for_ever_is_not_obeyed_for_ever() -> None:
    began = time.perf_counter()
    _, ended = ends_of(events_of(lambda _: Reply(429, {}, {"Retry-After": "1"})))
    assert time.perf_counter() - began < 30
    assert ended.count(Status.FAIL) > 30
