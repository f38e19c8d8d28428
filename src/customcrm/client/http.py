"""Sending requests and hearing answers."""

import ssl
import time
from collections.abc import Iterator
from http.client import HTTPException
from http.client import IncompleteRead as TornRead
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    DecodeError,
    HTTPError,
    IncompleteRead,
    InsecureRequestWarning,
    InvalidHeader,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
    SSLError,
)

from customcrm.client.exchange import JSON_HEADERS, Answer, Request, read_json
from customcrm.client.patience import PatientHTTPConnection, PatientHTTPSConnection
from customcrm.client.target import Target

TIMEOUT_SECONDS: Final = 10.0
MAX_ANSWER: Final = 50_000_000
"""Bytes that are read of an answer."""

_CHUNK: Final = 65_536
_SLOW_PIECES: Final = 8


class ClientError(Exception):
    """A request that has no answer; the message says why, without the key."""


class Unreachable(ClientError):
    """There is nobody there, or nobody who can be trusted."""


class NoAnswer(ClientError):
    """A request was sent, and no whole answer came, from a server that may be there still.

    Args:
        request: what it did not answer.
        what: what came in the place of an answer: `the connection was closed`.
    """

    def __init__(self, request: Request, what: str) -> None:
        self.request = request
        self.what = what
        super().__init__(f"{request.method} {request.path}: {what}")


class HungUp(NoAnswer):
    """The connection was closed in the middle."""

    def __init__(self, request: Request) -> None:
        super().__init__(request, "the connection was closed without a whole answer")


class Garbled(NoAnswer):
    """What came is not HTTP, or not packed as it says."""

    def __init__(self, request: Request, cause: str) -> None:
        super().__init__(request, f"what came cannot be read as HTTP ({cause})")


class TooSlow(NoAnswer):
    """The answer was not here, from its first to its last byte, in time."""

    def __init__(self, request: Request, seconds: float) -> None:
        super().__init__(request, f"it was not answered within {seconds:g} seconds")


class Client:
    """Speaks to one target, from any number of threads.

    Args:
        target: whom to speak to.
        timeout: seconds to wait for a connection, and again for the whole of an answer.
        verify: whether the server's certificate must be valid.
        connections: how many are kept open.
    """

    def __init__(
        self,
        target: Target,
        *,
        timeout: float = TIMEOUT_SECONDS,
        verify: bool = True,
        connections: int = 1,
    ) -> None:
        self.target = target
        self._timeout = timeout
        self._verify = verify
        self._connections = connections
        self._prefix = urlsplit(target.base_url).path
        self._pool = self._new_pool()

    def _new_pool(self) -> urllib3.HTTPConnectionPool:
        options: dict[str, Any] = {}
        if self.target.is_https:
            context = ssl.create_default_context()
            if not self._verify:
                context.check_hostname = False
                context.verify_mode = ssl.CERT_NONE
                # Whoever asks for it knows, and need not be told with each request.
                urllib3.disable_warnings(InsecureRequestWarning)
            options["ssl_context"] = context
        pool = urllib3.connection_from_url(
            self.target.base_url,
            timeout=urllib3.Timeout(connect=self._timeout, read=self._timeout),
            maxsize=self._connections,
            retries=False,
            **options,
        )
        patient = PatientHTTPSConnection if self.target.is_https else PatientHTTPConnection
        pool.ConnectionCls = patient
        return pool

    def disconnect(self) -> None:
        """Close all connections; the next request opens a new one."""
        self._pool.close()
        self._pool = self._new_pool()

    def sibling(self) -> "Client":
        """Return another client of the same target, with one connection of its own."""
        return Client(self.target, timeout=self._timeout, verify=self._verify)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def send(self, request: Request, *, slowly: float = 0.0) -> Answer:
        """Send a request and hear its answer.

        Args:
            request: what to send.
            slowly: seconds that sending the body takes.

        Raises:
            Unreachable: nobody is there.
            NoAnswer: no whole answer came, in time, in HTTP.
        """
        began = time.perf_counter()
        response = self._open(request, slowly)
        try:
            body = response.read(MAX_ANSWER)
        except (HTTPError, ValueError) as error:
            # urllib3 says ValueError to a chunk of less than nothing.
            response.close()
            raise _failure(request, error, self._timeout) from error
        if len(body) >= MAX_ANSWER:
            response.close()
        response.release_conn()
        headers = {name.lower(): value for name, value in response.headers.items()}
        seconds = time.perf_counter() - began
        return Answer(request, response.status, headers, body, seconds, read_json(body))

    def hang_up_on(self, request: Request) -> None:
        """Send a request, and hang up before its answer is heard.

        Raises:
            Unreachable: nobody is there.
            NoAnswer: the connection was closed before, or what came is not HTTP.
        """
        self._open(request, 0.0).close()

    def _open(self, request: Request, slowly: float) -> urllib3.BaseHTTPResponse:
        """Send a request; returns when the answer's head is here."""
        body: bytes | Iterator[bytes] | None = request.body
        headers = self.headers_of(request)
        if slowly and request.body:
            headers["Content-Length"] = str(len(request.body))
            body = _in_pieces(request.body, slowly)
        try:
            return self._pool.urlopen(
                request.method,
                f"{self._prefix}{request.path}",
                body=body,
                headers=headers,
                redirect=False,
                preload_content=False,
            )
        except HTTPError as error:
            raise _failure(request, error, self._timeout) from error

    def headers_of(self, request: Request) -> dict[str, str]:
        """All headers of a request, the key's among them."""
        key = self.target.key if request.key is None else request.key
        return {
            **JSON_HEADERS,
            "User-Agent": "customcrm",
            **({self.target.key_header: key} if key else {}),
            **request.headers,
        }

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


def _in_pieces(body: bytes, seconds: float) -> Iterator[bytes]:
    """A body that takes its time."""
    size = max(len(body) // _SLOW_PIECES, 1)
    for start in range(0, len(body), size):
        time.sleep(seconds / _SLOW_PIECES)
        yield body[start : start + size]


def _failure(request: Request, error: Exception, timeout: float) -> ClientError:
    """What became of a request, in words for people."""
    cause = error.reason if isinstance(error, MaxRetryError) and error.reason else error
    if isinstance(cause, ReadTimeoutError):
        return TooSlow(request, timeout)
    if isinstance(cause, InvalidHeader | DecodeError | ValueError) or _is_not_http(cause):
        return Garbled(request, type(_origin(cause)).__name__)
    if isinstance(cause, ProtocolError):
        return HungUp(request)
    said = {
        NameResolutionError: "The host's name cannot be resolved",
        NewConnectionError: "Nobody listens there: the connection was refused, or has no route",
        ConnectTimeoutError: f"No connection within {timeout:g} seconds",
        SSLError: f"TLS failed: {cause}",
    }
    reason = next((words for kind, words in said.items() if isinstance(cause, kind)), None)
    what = f"{request.method} {request.path}"
    return Unreachable(reason or f"{what} failed: {type(cause).__name__}")


def _origin(error: Exception) -> object:
    """What urllib3 has wrapped into an error of its own."""
    return error.args[1] if isinstance(error, ProtocolError) and len(error.args) > 1 else error


def _is_not_http(error: Exception) -> bool:
    """Whether something came that cannot be read; a connection that closes is no such thing."""
    origin = _origin(error)
    if isinstance(origin, ConnectionError) or not isinstance(origin, HTTPException):
        return False
    return not isinstance(origin, IncompleteRead | TornRead)
