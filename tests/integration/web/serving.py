"""A small application behind our connections, with deadlines that a test can wait for."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.types import Receive, Scope, Send

from customcrm.web.connections import ConnectionLimits, ConnectionRegistry
from customcrm.web.http_protocol import bounded
from customcrm.web.requests import mark_identified

LIMITS: dict[str, Any] = {
    "head_seconds": 0.6,
    "body_seconds": 0.6,
    "answer_seconds": 0.6,
    "linger_seconds": 0.3,
    "check_seconds": 0.1,
}
PATIENCE = 20.0


class App:
    """Answers as the path says: `/ok`, `/read`, `/wait`, `/stream`, `/large`.

    A request with the header `x-key` is identified.
    """

    def __init__(self) -> None:
        self.bodies: list[int] = []
        self.let_go = asyncio.Event()
        self.disconnected = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if any(name == b"x-key" for name, _ in scope["headers"]):
            mark_identified(scope)
        path = scope["path"]
        if path == "/read":
            await self._read(receive)
        elif path == "/wait":
            await self.let_go.wait()
        if path == "/stream":
            await self._stream(send)
        else:
            body = b"x" * (20_000_000 if path == "/large" else 2)
            await self._send(send, body)

    async def _read(self, receive: Receive) -> None:
        size = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                self.disconnected += 1
                return
            size += len(message["body"])
            if not message["more_body"]:
                self.bodies.append(size)
                return

    @staticmethod
    async def _send(send: Send, body: bytes) -> None:
        headers = [(b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    @staticmethod
    async def _stream(send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        while True:
            await send({"type": "http.response.body", "body": b"beat\n", "more_body": True})
            await asyncio.sleep(0.1)


class Serving:
    """A server on a thread.

    Attributes:
        app: what answers.
        registry: of its connections.
    """

    def __init__(self, limits: dict[str, Any]) -> None:
        self.app = App()
        self.registry = ConnectionRegistry(ConnectionLimits(**{**LIMITS, **limits}))
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.address: tuple[str, int] = self._socket.getsockname()
        config = uvicorn.Config(
            self.app,
            http=bounded(self.registry),
            log_config=None,
            lifespan="off",
            timeout_graceful_shutdown=5,
            timeout_keep_alive=1,
        )
        self.server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self.server.run, args=([self._socket],))

    def start(self) -> None:
        self._thread.start()
        eventually(lambda: self.server.started)

    def stop(self) -> float:
        """Stop, and return how many seconds that took."""
        began = time.monotonic()
        self.server.should_exit = True
        self._thread.join(PATIENCE)
        return time.monotonic() - began

    def connect(self, sent: bytes = b"") -> socket.socket:
        """A connection on which this has been sent."""
        connection = socket.create_connection(self.address, timeout=PATIENCE)
        if sent:
            connection.sendall(sent)
        return connection

    def ask(self, path: str = "/ok", *, key: bool = True) -> float:
        """Ask once on a connection of its own, and return how many seconds that took."""
        began = time.monotonic()
        with self.connect(head(path, key=key, close=True)) as connection:
            answer = b"".join(iter(lambda: connection.recv(65_536), b""))
        assert answer.startswith(b"HTTP/1.1 200"), answer[:100]
        return time.monotonic() - began


@contextmanager
def serving(**limits: Any) -> Iterator[Serving]:
    server = Serving(limits)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def head(
    path: str = "/ok",
    *,
    method: str = "GET",
    key: bool = False,
    length: int | None = None,
    close: bool = False,
) -> bytes:
    """A request line and its headers."""
    lines = [f"{method} {path} HTTP/1.1", "Host: crm.example"]
    if key:
        lines.append("X-Key: 1")
    if length is not None:
        lines.append(f"Content-Length: {length}")
    if close:
        lines.append("Connection: close")
    return "\r\n".join([*lines, "", ""]).encode()


def read_answers(connection: socket.socket, count: int = 1) -> bytes:
    """So many answers with a `Content-Length` of two."""
    answers = b""
    while answers.count(b"\r\n\r\nxx") < count:
        part = connection.recv(65_536)
        assert part, answers
        answers += part
    return answers


def is_closed(connection: socket.socket) -> bool:
    """Whether the server has closed a connection; what it has sent is read."""
    connection.settimeout(0.01)
    try:
        while connection.recv(65_536):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


def eventually(condition: Callable[[], bool], within: float = PATIENCE) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.01)


def closes_within(connection: socket.socket, seconds: float) -> bool:
    """Whether the server closes a connection within so many seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_closed(connection):
            return True
        time.sleep(0.02)
    return False


def closes_while_sending(connection: socket.socket, drip: bytes, seconds: float = 8.0) -> bool:
    """Whether the server closes a connection within so many seconds, on which this comes slowly."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_closed(connection):
            return True
        connection.settimeout(PATIENCE)
        try:
            connection.sendall(drip)
        except OSError:
            return True
        time.sleep(0.1)
    return False
