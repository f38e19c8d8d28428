"""Connections whose answers are here within a time, however they drip.

The timeout of a socket begins anew with every byte; whoever sends one a second is waited for as
long as they like.
"""

import io
import socket as sockets
import time
from http.client import HTTPResponse
from socket import SocketIO, socket
from typing import Any, Final

from urllib3.connection import HTTPConnection, HTTPSConnection

_QUICK_ACK: Final = getattr(sockets, "TCP_QUICKACK", None)
"""Option of Linux by which each segment is acknowledged at once."""


def _acknowledge_at_once(sock: socket) -> None:
    """Acknowledge the next segment without the usual delay of 40 ms.

    Python's own `http.server` and others send the head and the body of an answer in two writes, and
    hold the second back until the first is acknowledged. The option lasts for one segment only.
    """
    if _QUICK_ACK is not None and sock.family in (sockets.AF_INET, sockets.AF_INET6):
        sock.setsockopt(sockets.IPPROTO_TCP, _QUICK_ACK, 1)


class _PatientReader(io.RawIOBase):
    """What a socket says, until a time is over that is set when it is made.

    Args:
        sock: reads from there; its timeout, in seconds, is the time.
    """

    def __init__(self, sock: socket) -> None:
        self._sock = sock
        self._raw: SocketIO = sock.makefile("rb", buffering=0)
        self._seconds = sock.gettimeout()
        self._end = time.monotonic() + (self._seconds or 0.0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        """As a file does.

        Raises:
            TimeoutError: the time is over.
        """
        _acknowledge_at_once(self._sock)
        if self._seconds is not None:
            left = self._end - time.monotonic()
            if left <= 0:
                raise TimeoutError("timed out")
            self._sock.settimeout(left)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _PatientResponse(HTTPResponse):
    """An answer that is read from its status line to its last byte within one time."""

    def __init__(self, sock: socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp.close()
        self.fp = io.BufferedReader(_PatientReader(sock))


class PatientHTTPConnection(HTTPConnection):
    """Speaks HTTP, with an end to each answer."""

    response_class = _PatientResponse


class PatientHTTPSConnection(HTTPSConnection):
    """Speaks HTTPS, with an end to each answer."""

    response_class = _PatientResponse
