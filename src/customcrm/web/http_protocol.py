"""HTTP as uvicorn speaks it, with the deadlines and limits that it lacks."""

import asyncio
from enum import Enum, auto
from functools import partial
from typing import Any, Final

import httptools
import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from customcrm.contract.failures import Failure
from customcrm.web.connections import ConnectionRegistry, Slot
from customcrm.web.requests import IDENTIFIED, MAX_PATH, MAX_QUERY

MAX_HEAD: Final = 65_536
"""Bytes of a request's line and headers."""

_HEADER_SIGNS: Final = len(": \r\n")

MAX_HEADERS: Final = 256
"""Headers of a request."""

MAX_URL: Final = MAX_PATH + MAX_QUERY + 1_024
"""Bytes of a request's target; the rest is for the scheme and host that it may name."""

MAX_UNIDENTIFIED_BODY: Final = 32_768
"""Bytes of a body that are read before the application asks for them."""

MAX_PIPELINED: Final = 32
"""Requests that may wait on one connection for the answer to another."""

MIN_CHUNK: Final = 16
"""Bytes that the chunks of a body must have on average: each of them takes time."""

FREE_CHUNKS: Final = 2_000
"""Chunks of a body that may be smaller."""

REFUSALS: Final = {
    400: Failure("Invalid request", "This is no HTTP request", "invalid_http"),
    408: Failure("Request timeout", "The request did not come in time", "request_timeout"),
    414: Failure("URL too long", "The path or the query of this URL is too long", "url_too_long"),
    431: Failure("Headers too large", "This request has too many headers", "head_too_large"),
    503: Failure(
        "Too many connections", "This server has too many open connections", "too_many_connections"
    ),
}
"""Answers that need no application, by their status."""

_REASONS: Final = {
    400: "Bad Request",
    408: "Request Timeout",
    414: "URI Too Long",
    431: "Request Header Fields Too Large",
    503: "Service Unavailable",
}


class Receiving(Enum):
    """Which part of a request a connection waits for."""

    NOTHING = auto()
    """The last request is complete; the next one has not begun."""
    HEAD = auto()
    BODY = auto()


class _Refused(Exception):
    """Parsing is over: the connection is about to be closed."""


class BoundedHttpProtocol(HttpToolsProtocol):
    """One connection, with a deadline for whatever it waits for from its client.

    - A head must be complete `head_seconds` after its first byte: the first one and each later one.
    - A body must bring a byte every `body_seconds`, and `body_rate` bytes per second on average.
    - Between two requests there are as many seconds as uvicorn gives, whatever has come meanwhile.
    - An answer that the client takes no byte of for `answer_seconds` is given up.
    - The rest of a body that was answered already is dropped, for `linger_seconds`.

    A request that is under way has no deadline otherwise, and neither has a stream that its client
    reads. One timer per connection compares it with these; bytes that come only count.

    Args:
        registry: of all connections of this process.
        options: as uvicorn hands them over.
    """

    def __init__(self, *, registry: ConnectionRegistry, **options: Any) -> None:
        super().__init__(**options)
        self._registry = registry
        self._limits = registry.limits
        self._slot: Slot | None = None
        self._receiving = Receiving.HEAD
        self._heads = 0
        self._head_received = 0
        self._head_size = 0
        self._headers_seen = 0
        self._body_size = 0
        self._chunks = 0
        self._refused = False
        self._refusal: int | None = None
        self._identified = False
        self._deadline = 0.0
        self._body_began = 0.0
        self._body_size_checked = 0
        self._unsent = 0
        self._taken_at = 0.0
        self._resumed = False
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn narrows it so too
        """Take or refuse a new connection."""
        super().connection_made(transport)
        self._deadline = self.loop.time() + self._limits.head_seconds
        self._timer = self.loop.call_later(self._limits.check_seconds, self._check)
        peer = transport.get_extra_info("peername")
        host = str(peer[0]) if isinstance(peer, tuple) else ""
        self._slot = self._registry.admit(self, host)
        if self._slot is None:
            self._refuse(503)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        if self._timer is not None:
            self._timer.cancel()
        if self._slot is not None:
            self._registry.remove(self._slot)
        super().connection_lost(exc)

    def abort(self) -> None:
        """Close at once, whatever has not been sent."""
        self._refused = True
        self.transport.abort()

    def shutdown(self) -> None:
        """Close a connection that waits for its client to send the rest of an anonymous request."""
        if self._receiving is not Receiving.NOTHING and not self._identified:
            self.abort()
        else:
            super().shutdown()

    # What the client sends

    def data_received(self, data: bytes) -> None:
        """Parse what has come."""
        if self._refused:
            return
        self._unset_keepalive_if_required()
        if self._receiving is Receiving.NOTHING:
            self._begin_head()
        heads = self._heads
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            return  # a request for another protocol is answered as any other
        except httptools.HttpParserError:
            if not self._refused:
                self._refuse(400)
        if self._receiving is Receiving.HEAD and self._heads == heads and not self._refused:
            self._head_received += len(data)
            if self._head_received > MAX_HEAD:
                self._refuse(431)

    def on_message_begin(self) -> None:
        """Begin a request."""
        self._stop_if_refused()
        if self._receiving is not Receiving.HEAD:
            self._begin_head()
        self._head_size = 0
        self._headers_seen = 0
        self._refusal = None
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Collect the target of the request."""
        if len(self.url) + len(url) > MAX_URL:
            self._refusal = self._refusal or 414
        else:
            super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Collect a header."""
        self._head_size += len(name) + len(value) + _HEADER_SIGNS
        self._headers_seen += 1
        if self._head_size > MAX_HEAD or self._headers_seen > MAX_HEADERS:
            self._refusal = self._refusal or 431
        elif self._receiving is Receiving.HEAD:  # what follows a chunked body is no header
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Start the request, unless its head is too large."""
        self._stop_if_refused()
        if self._refusal is not None or len(self.pipeline) >= MAX_PIPELINED:
            self._refuse(self._refusal or 503)
            raise _Refused
        waits = self._is_answering
        self.scope["extensions"] = {IDENTIFIED: self._identify}  # type: ignore[dict-item]  # no dict
        super().on_headers_complete()
        self._heads += 1
        self._receiving = Receiving.BODY
        self._body_began = self.loop.time()
        self._deadline = self._body_began + self._limits.body_seconds
        self._body_size = self._body_size_checked = self._chunks = 0
        if not waits:
            self._begin_request()

    def on_body(self, body: bytes) -> None:
        """Hand a part of a body over, to be read when the application asks for it."""
        self._stop_if_refused()
        self._body_size += len(body)
        self._chunks += 1
        if self._chunks > FREE_CHUNKS and self._body_size < self._chunks * MIN_CHUNK:
            self.abort()
            raise _Refused
        super().on_body(body)
        if self._slot and not self._identified and not self.cycle.response_complete:
            self._registry.body_buffered(self._slot, len(body))
            if len(self.cycle.body) > MAX_UNIDENTIFIED_BODY:
                self.flow.pause_reading()

    def on_message_complete(self) -> None:
        """Note that the request is complete."""
        self._stop_if_refused()
        super().on_message_complete()
        self._receiving = Receiving.NOTHING
        if self.cycle.response_complete:
            self._deadline = self.loop.time() + self.timeout_keep_alive

    # What becomes of the request

    def on_response_complete(self) -> None:
        """Go on to the next request, or wait for it."""
        cycle, queued = self.cycle, len(self.pipeline)
        if not queued:
            cycle.body = bytearray()
        super().on_response_complete()
        now = self.loop.time()
        if queued:
            self._begin_request()
            return
        self._identified = False
        if self._slot is not None:
            self._registry.request_ended(self._slot)
        match self._receiving:
            case Receiving.NOTHING:
                self._deadline = now + self.timeout_keep_alive
            case Receiving.HEAD:
                self._deadline = now + self._limits.head_seconds
            case Receiving.BODY:
                self._deadline = now + self._limits.linger_seconds

    def resume_writing(self) -> None:
        """Go on sending: the client has taken some."""
        self._resumed = True
        super().resume_writing()

    @property
    def _is_answering(self) -> bool:
        """Whether a request is under way."""
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def _begin_head(self) -> None:
        self._receiving = Receiving.HEAD
        self._head_received = 0
        self._deadline = self.loop.time() + self._limits.head_seconds

    def _begin_request(self) -> None:
        self._identified = False
        if self._slot is not None:
            self._registry.request_began(self._slot)

    def _identify(self) -> None:
        self._identified = True
        if self._slot is not None:
            self._registry.request_identified(self._slot)

    def _refuse(self, status: int) -> None:
        """Answer without the application, and close."""
        self._refused = True
        if not self._is_answering:
            body = msgspec.json.encode(REFUSALS[status])
            head = (
                f"HTTP/1.1 {status} {_REASONS[status]}\r\ncontent-type: application/json\r\n"
                f"content-length: {len(body)}\r\nconnection: close\r\nretry-after: 5\r\n\r\n"
            )
            self.transport.write(head.encode() + body)
        self.transport.close()

    def _stop_if_refused(self) -> None:
        if self._refused:
            raise _Refused

    # Deadlines

    def _check(self) -> None:
        """Close the connection if a deadline is over; else look again later."""
        now = self.loop.time()
        if self._is_stalled(now):
            self.abort()
        elif not self.transport.is_closing() and self._is_late(now):
            self._give_up()
        self._timer = self.loop.call_later(self._limits.check_seconds, self._check)

    def _is_stalled(self, now: float) -> bool:
        """Return whether the client has taken nothing of what is ready for it, for too long."""
        unsent = self.transport.get_write_buffer_size()
        if not unsent or not self._unsent or unsent < self._unsent or self._resumed:
            self._taken_at = now
        self._unsent, self._resumed = unsent, False
        return now - self._taken_at > self._limits.answer_seconds

    def _is_late(self, now: float) -> bool:
        """Return whether what the client has begun to send should have come by now."""
        if self._receiving is not Receiving.BODY:
            return not self._is_answering and now > self._deadline
        if self._is_answering:
            self._extend(now)
        return now > self._deadline

    def _extend(self, now: float) -> None:
        """Move the deadline of a body on, by what has come of it."""
        if self.flow.read_paused or self.cycle.waiting_for_100_continue:
            # It is we who do not read.
            self._body_began = now - self._body_size / self._limits.body_rate
            self._deadline = now + self._limits.body_seconds
        elif self._body_size > self._body_size_checked:
            self._body_size_checked = self._body_size
            earned = self._body_began + self._body_size / self._limits.body_rate
            self._deadline = min(now, earned) + self._limits.body_seconds

    def _give_up(self) -> None:
        if self._receiving is Receiving.HEAD and self._head_received:
            self._refuse(408)
        else:
            self.abort()


def bounded(registry: ConnectionRegistry) -> Any:
    """Return the class of connections, as uvicorn takes it, that share a registry."""
    return partial(BoundedHttpProtocol, registry=registry)
