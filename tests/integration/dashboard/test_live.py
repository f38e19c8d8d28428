"""The stream of a tab, as its browser gets it."""

import asyncio
from collections.abc import Mapping
from typing import Any, NamedTuple

import pytest
from starlette.types import Message, Scope

from customcrm.contract.activities import CreateActivity
from customcrm.dashboard import live, newsroom
from customcrm.dashboard.newsroom import MAX_STREAMS_OF_ONE
from customcrm.operations.activities import create_activity
from customcrm.operations.repeats import Request
from tests.integration.dashboard.desk import COOKIE, ORIGIN, Browser, House

PATIENCE = 10.0
QUERY = "about=contact_1"


class Stream(NamedTuple):
    """What has come of a stream."""

    status: int
    headers: Mapping[str, str]
    text: str


def say(crm: House, body: str) -> None:
    asked = CreateActivity("EMAIL", contact_id="contact_1", body=body)
    create_activity(crm.store, asked, {}, Request("createActivity", body.encode(), None), ORIGIN)


def streamed(
    crm: House,
    browser: Browser,
    until: str,
    *,
    query: str = QUERY,
    headers: Mapping[str, str] | None = None,
    begun: Any = None,
) -> Stream:
    """Listen until a text has come, or the stream has ended; do something once it has begun."""

    async def whole() -> Stream:
        came: list[Message] = []
        gone = asyncio.Event()

        async def receive() -> Message:
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            came.append(message)
            if begun and b"retry" in message.get("body", b""):
                await asyncio.to_thread(begun)
            if until.encode() in message.get("body", b""):
                gone.set()

        async with asyncio.timeout(PATIENCE):
            await crm.app(scope_of(browser, query, headers or {}), receive, send)
        start = came[0]
        told = {name.decode(): value.decode() for name, value in start["headers"]}
        return Stream(
            start["status"], told, b"".join(one.get("body", b"") for one in came[1:]).decode()
        )

    return browser.portal.call(whole)


def scope_of(browser: Browser, query: str, headers: Mapping[str, str]) -> Scope:
    told = {"host": "crm.example", "cookie": f"{COOKIE}={browser.secret}", **headers}
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/view/live",
        "raw_path": b"/view/live",
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in told.items()],
        "client": ("127.0.0.1", 1),
        "server": ("crm.example", 80),
    }


def test_news_come_as_they_happen(crm: House) -> None:
    browser = crm.browser("member")
    stream = streamed(crm, browser, "event: news", begun=lambda: say(crm, "as it happens"))
    assert stream.status == 200
    assert stream.headers["content-type"].startswith("text/event-stream")
    assert stream.headers["cache-control"] == "no-store"
    assert stream.headers["x-accel-buffering"] == "no"
    assert "data: 1\n\n" in stream.text
    assert "id: " in stream.text


def test_whoever_comes_again_hears_what_was_missed(crm: House) -> None:
    browser = crm.browser("member")
    say(crm, "missed")
    for query, headers in (
        (f"{QUERY}&after=1", {}),
        (QUERY, {"last-event-id": "1"}),
        (f"{QUERY}&since=1", {}),
    ):
        stream = streamed(crm, browser, "event: news", query=query, headers=headers)
        assert "event: news" in stream.text


@pytest.mark.parametrize("query", ["", "page=nothing", "page=", "about="])
def test_of_nothing_there_is_no_news(crm: House, query: str) -> None:
    assert crm.browser("member").get(f"/view/live?{query}").status_code == 404


@pytest.mark.parametrize("since", ["x", "-1", "9" * 40, ""])
def test_a_moment_that_nobody_has_made_is_none(crm: House, since: str) -> None:
    browser = crm.browser("member")
    query = f"{QUERY}&since={since}&after={since}"
    said = streamed(crm, browser, "news", query=query, begun=lambda: say(crm, f"since {since}"))
    assert said.status == 200


def test_nobody_hears_anything_without_a_session(crm: House) -> None:
    answer = crm.browser().get(f"/view/live?{QUERY}")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/view/sign-in")


def test_a_stream_ends_with_its_session(crm: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr(live, "CHECK_SECONDS", 0.1)
    browser = crm.browser("member")
    stays = streamed(crm, browser, "event: beat")
    assert "event: beat" in stays.text

    def sign_out() -> None:
        crm.store.write_accounts(lambda writer: writer.end_sessions(crm.people["member"].id))

    ended = streamed(crm, browser, "never", begun=sign_out)
    assert ended.text.startswith("retry: ")


def test_a_head_is_answered_and_ends(crm: House) -> None:
    answer = crm.browser("member").fetch("HEAD", f"/view/live?{QUERY}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/event-stream")


def test_where_there_is_no_room_it_says_so(crm: House, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_STREAMS_OF_ONE > 1
    monkeypatch.setattr(newsroom, "MAX_STREAMS_OF_ONE", 0)
    answer = crm.browser("member").get(f"/view/live?{QUERY}")
    assert answer.status_code == 503
    assert "Too many open tabs" in answer.text
