"""Connections whose answers are here within a time, however they drip.

The timeout of a socket begins anew with every byte; whoever sends one a second is waited for as
long as they like.
"""

import io
import time
from http.client import HTTPResponse
from socket import SocketIO, socket
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection


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
