"""HTTP as uvicorn speaks it, with the limits that it lacks: on what comes before the body."""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD: Final = 65_536
"""Bytes of a request's line and headers. Beyond that the connection is closed."""

HEAD_SECONDS: Final = 20
"""How long a connection may take to send them. Beyond that it is closed."""

_CHUNK: Final = 262_144
"""What may come with the last of the head in one piece: the beginning of the body."""


class BoundedHead(HttpToolsProtocol):
    """Closes connections of strangers who send a head without end, or none at all."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn narrows it so too
        """A client has connected."""
        self._head = 0
        self._in_head = True
        self._late = self.loop.call_later(HEAD_SECONDS, transport.close)
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        """Bytes have come."""
        if self._in_head:
            self._head += len(data)
            if self._head > MAX_HEAD + _CHUNK:
                self.transport.close()
                return
        super().data_received(data)

    def on_message_begin(self) -> None:
        """A request begins."""
        self._head = 0
        self._in_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Its head is complete."""
        self._in_head = False
        self._late.cancel()
        super().on_headers_complete()

    def connection_lost(self, exc: Any) -> None:
        """The client has gone."""
        self._late.cancel()
        super().connection_lost(exc)
