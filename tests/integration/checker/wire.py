"""A server of somebody else's, on a socket: plain `http.server`, nothing of ours."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from typing import Any, Self

KEY = 'the-key/of "the checker\'s" tests'


@dataclass(frozen=True)
class Call:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    raw: bytes

    @property
    def body(self) -> Any:
        try:
            return json.loads(self.raw)
        except (ValueError, RecursionError):
            return None

    @property
    def has_key(self) -> bool:
        return self.headers.get("x-api-key") == KEY

    def records(self, plural: str) -> list[Any]:
        found = self.body.get(plural) if isinstance(self.body, dict) else None
        return found if isinstance(found, list) else []

    def is_to(self, route: str) -> bool:
        """Whether it is to a route such as `PATCH /tasks/:id`."""
        method, path = route.split()
        if method != self.method:
            return False
        if path.endswith("/:id"):
            start = path.removesuffix(":id")
            return self.path.startswith(start) and self.path != f"{start}batch"
        return self.path == path


@dataclass(frozen=True)
class Reply:
    """One answer."""

    status: int
    json: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    text: str | None = None

    def but(self, **changes: Any) -> Self:
        return replace(self, **changes)


class HangUp(Exception):
    """The connection is closed without an answer."""


Answerer = Callable[[Call], Reply]


def _handler(answer: Answerer, *, waits: bool) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # An answer is two writes: without this each waits for the other side's word.
        disable_nagle_algorithm = not waits

        def _serve(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            try:
                reply = answer(Call(self.command, self.path, headers, raw))
            except HangUp:
                self.close_connection = True
                return
            body = (json.dumps(reply.json) if reply.text is None else reply.text).encode()
            self.send_response(reply.status)
            for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_PATCH = _serve  # noqa: N815 - `http.server` calls them so

        def log_message(self, *_: Any) -> None:
            """Nothing: a test says itself what it wants to say."""

    return Handler


@contextmanager
def serving(
    answer: Answerer, kind: type[HTTPServer] = ThreadingHTTPServer, *, waits: bool = False
) -> Iterator[str]:
    """The base URL of a server that answers so, as long as the block lasts.

    Args:
        answer: what it answers.
        kind: `HTTPServer` serves one connection at a time.
        waits: whether the second write of an answer waits until the first is acknowledged, as it
            does unless somebody turns that off.
    """
    server = kind(("127.0.0.1", 0), _handler(answer, waits=waits))
    if isinstance(server, ThreadingHTTPServer):
        server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
