"""What a request without a key or a session costs on the event loop, where all others wait for it.

Measured is the processor time of each callback of the loop on its own thread: what other processes
do at the same time does not count. Of several attempts the best counts.
"""

import asyncio
import gc
import gzip
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from customcrm.api import reference
from customcrm.contract.openapi import openapi
from customcrm.contract.reference import chapters
from customcrm.dashboard.gate import Access
from customcrm.dashboard.routes import VIEWS
from customcrm.web.requests import MAX_QUERY
from tests.integration.dashboard.desk import house

MAX_SECONDS = 0.001
"""What one callback of the loop may take."""

ATTEMPTS = 7

PATHS = [
    "/",
    "/livez",
    "/readyz",
    "/docs",
    "/openapi.json",
    "/health",
    "/users",
    "/contacts",
    "/tasks/task_1",
    "/static/docs.css",
    "/static/app.css",
    "/static/none.css",
    "/nothing/here",
    *sorted({view.path.replace("{", "").replace("}", "") for view in VIEWS}),
]

QUERIES = {
    "invalid UTF-8": b"a=%ff&" * (MAX_QUERY // 6),
    "empty values": b"a=&" * (MAX_QUERY // 3),
    "ampersands": b"&" * MAX_QUERY,
    "escapes": b"%41" * (MAX_QUERY // 3),
    "longer than allowed": b"a=%ff&" * 10_000,
}


class Measured:
    """The longest callback of a loop, in seconds of processor time."""

    longest = 0.0


@contextmanager
def measured_callbacks(monkeypatch: pytest.MonkeyPatch) -> Iterator[Measured]:
    measured = Measured()
    run = asyncio.Handle._run  # noqa: SLF001 - there is no public way to time callbacks

    def run_measured(handle: asyncio.Handle) -> None:
        began = time.thread_time()
        run(handle)
        measured.longest = max(measured.longest, time.thread_time() - began)

    with monkeypatch.context() as patch:
        patch.setattr(asyncio.Handle, "_run", run_measured)
        yield measured


async def ask(
    app: Starlette,
    path: str,
    *,
    method: str = "GET",
    query: bytes = b"",
    headers: tuple[tuple[bytes, bytes], ...] = (),
    host: bytes = b"crm.example",
) -> tuple[int, dict[bytes, bytes], bytes]:
    """Status, headers and body of an answer."""
    parts: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        parts.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query,
        "root_path": "",
        "headers": [(b"host", host), *headers],
        "client": ("203.0.113.9", 50_000),
        "server": ("127.0.0.1", 3456),
    }
    await app(scope, receive, send)
    return (
        parts[0]["status"],
        {name.lower(): value for name, value in parts[0]["headers"]},
        b"".join(part.get("body", b"") for part in parts[1:]),
    )


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starlette]:
    with house(tmp_path_factory.mktemp("loop")) as crm:
        yield crm.app


def longest_callback(
    app: Starlette, monkeypatch: pytest.MonkeyPatch, path: str, query: bytes, method: str = "GET"
) -> float:
    """The longest callback that a request takes, in the best of several attempts."""

    async def attempt() -> float:
        with measured_callbacks(monkeypatch) as measured:
            await ask(app, path, query=query, method=method)
            await asyncio.sleep(0)
        return measured.longest

    async def attempts() -> float:
        await ask(app, path, method=method)
        best = float("inf")
        for _ in range(ATTEMPTS):
            best = min(best, await asyncio.create_task(attempt()))
            if best < MAX_SECONDS:
                return best
        return best

    gc.collect()
    gc.disable()
    try:
        return asyncio.run(attempts())
    finally:
        gc.enable()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_route_holds_the_event_loop_up(
    app: Starlette, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    slow = {
        path: seconds
        for path in PATHS
        if (seconds := longest_callback(app, monkeypatch, path, b"", method)) > MAX_SECONDS
    }
    assert slow == {}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
@pytest.mark.parametrize(
    "path", ["/", "/view/contacts", "/view/sign-in", "/docs", "/health", "/view/none", "/static/x"]
)
def test_a_long_query_does_not_hold_the_event_loop_up(
    app: Starlette, monkeypatch: pytest.MonkeyPatch, path: str, query: bytes
) -> None:
    assert longest_callback(app, monkeypatch, path, query) < MAX_SECONDS


@pytest.mark.parametrize(
    "path",
    [
        "/view/" + "%00" * 20_000,
        "/" * 30_000,
        "/a" * 30_000,
        "/view/contact/" + "x" * 60_000,
        "/static/" + "../" * 20_000,
        "/view/" + "é" * 30_000,
    ],
    ids=["escapes", "slashes", "parts", "an id", "dots", "letters"],
)
def test_a_long_path_is_refused_without_holding_the_event_loop_up(
    app: Starlette, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    status, _, body = asyncio.run(ask(app, path))
    assert status == 414
    assert b"url_too_long" in body
    assert longest_callback(app, monkeypatch, path, b"") < MAX_SECONDS


def test_every_route_is_measured(app: Starlette) -> None:
    """A new route that answers strangers has to be in the list above."""
    assert {view.path for view in VIEWS if view.access is Access.ANYBODY} == {
        "/view/sign-in",
        "/view/link/{secret}",
    }
    paths = {getattr(route, "path", "") for route in app.routes}
    open_to_all = {"/livez", "/readyz", "/openapi.json", "/docs", "/static/docs.css"}
    assert open_to_all <= paths
    assert open_to_all <= set(PATHS)


@pytest.mark.parametrize("path", ["/docs", "/openapi.json"])
def test_the_reference_is_rendered_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    rendered: list[str] = []
    for name, render in {"openapi": openapi, "chapters": chapters}.items():

        def counted(*, _name: str = name, _render: Any = render, **options: Any) -> Any:
            rendered.append(_name)
            return _render(**options)

        monkeypatch.setattr(reference, name, counted)
    with house(tmp_path) as crm:

        async def hundred() -> None:
            for number in range(100):
                host = f"crm{number % 20}.example".encode()
                status, _, body = await ask(crm.app, path, host=host)
                assert status == 200
                assert host in body

        asyncio.run(hundred())
    assert len(rendered) == 1


@pytest.mark.parametrize("path", ["/docs", "/openapi.json"])
def test_the_reference_is_not_sent_again_to_who_has_it(app: Starlette, path: str) -> None:
    async def conversation() -> None:
        status, headers, body = await ask(app, path)
        assert (status, b"content-encoding" in headers) == (200, False)
        etag = (b"if-none-match", headers[b"etag"])
        assert (await ask(app, path, headers=(etag,)))[0] == 304
        assert (await ask(app, path, headers=((b"if-none-match", b'"x", ' + etag[1]),)))[0] == 304
        assert (await ask(app, path, headers=((b"if-none-match", b'"x"'),)))[0] == 200
        assert b"accept-encoding" in headers[b"vary"].lower()
        assert len(body) > 10_000

    asyncio.run(conversation())


@pytest.mark.parametrize(
    ("accepted", "compressed"),
    [
        (b"gzip", True),
        (b"deflate, gzip;q=1.0, *;q=0.5", True),
        (b"br, GZIP", True),
        (b"x-gzip", True),
        (b"*", True),
        (b"gzip;q=0", False),
        (b"gzip;q=0.000", False),
        (b"gzip; q=0.001", True),
        (b"br", False),
        (b"identity", False),
        (b"", False),
    ],
)
def test_the_reference_is_compressed_for_who_takes_it_so(
    app: Starlette, accepted: bytes, *, compressed: bool
) -> None:
    async def both() -> None:
        _, _, plain = await ask(app, "/docs")
        _, headers, body = await ask(app, "/docs", headers=((b"accept-encoding", accepted),))
        assert (headers.get(b"content-encoding") == b"gzip") is compressed
        assert (gzip.decompress(body) if compressed else body) == plain
        assert int(headers[b"content-length"]) == len(body)

    asyncio.run(both())


@pytest.mark.parametrize(
    "host",
    [
        "[",
        "[::1",
        "]",
        "a b",
        'x"><script>',
        "x" * 5_000,
        "",
        "a:b",
        "a:999999",
        "é",
        "a/b",
        "\x00",
    ],
)
def test_a_host_that_is_none_is_not_repeated(app: Starlette, host: str) -> None:
    async def conversation() -> None:
        for path in ("/docs", "/openapi.json"):
            status, _, body = await ask(app, path, host=host.encode("latin-1"))
            assert status == 200
            assert b"127.0.0.1:3456" in body

    asyncio.run(conversation())
