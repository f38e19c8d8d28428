"""The load generator: connections that stay open, requests that are bytes already."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, cast

import uvloop

from benchmarks.server import KEY

_HEAD_END: Final = b"\r\n\r\n"
_LENGTH: Final = b"content-length: "


def request(method: str, path: str, body: bytes = b"") -> bytes:
    """A whole request as it goes over the wire."""
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: {KEY}\r\n"
        "Content-Type: application/json\r\nAccept: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@dataclass(slots=True)
class Load:
    """What came of a run.

    Attributes:
        seconds: from the first request sent to the last answer.
        latencies: of each request, in seconds.
    """

    seconds: float
    latencies: list[float]


class _Connection(asyncio.Protocol):
    """One connection, one request at a time. Reads no more of an answer than it must."""

    def __init__(self) -> None:
        self._received = b""
        self._expected = -1
        self._answer: asyncio.Future[None] | None = None
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # As uvloop has it, it is one by what it does, not by its class.
        self._transport = cast(asyncio.WriteTransport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_exception(exc or ConnectionResetError("the server hung up"))

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._expected < 0:
            self._expected = _length(self._received)
        if 0 <= self._expected <= len(self._received):
            self._finish()

    def _finish(self) -> None:
        answer, received = self._answer, self._received
        self._received, self._expected, self._answer = b"", -1, None
        assert answer
        if received.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201")):
            answer.set_result(None)
        else:
            answer.set_exception(RuntimeError(received[:2000].decode()))

    async def send(self, data: bytes) -> None:
        """Send a request; returns when all of the answer is here."""
        assert self._transport
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(data)
        await self._answer

    def close(self) -> None:
        """Hang up."""
        if self._transport:
            self._transport.close()


def _length(received: bytes) -> int:
    """How long the answer is with its head, or -1 as long as the head is not here."""
    end = received.find(_HEAD_END)
    if end < 0:
        return -1
    head = received[:end].lower()
    start = head.index(_LENGTH) + len(_LENGTH)
    return end + len(_HEAD_END) + int(head[start:].partition(b"\r\n")[0])


def run(
    address: tuple[str, int], requests: Sequence[bytes], *, concurrency: int, seconds: float
) -> Load:
    """Send requests until they or the seconds run out; those sent are waited for."""
    return uvloop.run(_run(address, requests, concurrency, seconds))


async def _run(
    address: tuple[str, int], requests: Sequence[bytes], concurrency: int, seconds: float
) -> Load:
    loop = asyncio.get_running_loop()
    connections = [
        (await loop.create_connection(_Connection, *address))[1] for _ in range(concurrency)
    ]
    remaining, latencies = iter(requests), list[float]()
    began = time.perf_counter()
    await asyncio.gather(
        *(_work(each, remaining, latencies, began + seconds) for each in connections)
    )
    ended = time.perf_counter()
    for connection in connections:
        connection.close()
    return Load(ended - began, latencies)


async def _work(
    connection: _Connection, remaining: Iterator[bytes], latencies: list[float], deadline: float
) -> None:
    clock = time.perf_counter
    began = clock()
    while began < deadline and (data := next(remaining, None)) is not None:
        await connection.send(data)
        ended = clock()
        latencies.append(ended - began)
        began = ended
