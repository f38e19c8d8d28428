"""Sending requests and hearing answers."""

import ssl
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
    SSLError,
)

from customcrm.client.exchange import JSON_HEADERS, Answer, Request, read_json
from customcrm.client.target import Target

TIMEOUT_SECONDS: Final = 10.0
MAX_ANSWER: Final = 50_000_000
"""Bytes that are read of an answer."""

_CHUNK: Final = 65_536
_SLOW_PIECES: Final = 8


class ClientError(Exception):
    """A request that has no answer; the message says why, without the key."""


class Unreachable(ClientError):
    """There is nobody there, or nobody who can be trusted, or nobody who answers in time."""


class HungUp(ClientError):
    """The connection was closed in the middle, by a server that may be there still.

    Args:
        request: what it did not answer.
    """

    def __init__(self, request: Request) -> None:
        self.request = request
        super().__init__(
            f"{request.method} {request.path}: the connection was closed without a whole answer"
        )


class Client:
    """Speaks to one target, from any number of threads.

    Args:
        target: whom to speak to.
        timeout: seconds to wait for a connection, and again for each piece of an answer.
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
        self._prefix = urlsplit(target.base_url).path
        options: dict[str, Any] = {}
        if target.is_https:
            context = ssl.create_default_context()
            if not verify:
                context.check_hostname = False
                context.verify_mode = ssl.CERT_NONE
            options["ssl_context"] = context
        self._pool = urllib3.connection_from_url(
            target.base_url,
            timeout=urllib3.Timeout(connect=timeout, read=timeout),
            maxsize=connections,
            retries=False,
            **options,
        )

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
            Unreachable: nobody is there, or nobody answers in time.
            HungUp: the connection was closed in the middle.
        """
        began = time.perf_counter()
        response = self._open(request, slowly)
        try:
            body = response.read(MAX_ANSWER)
        except (ReadTimeoutError, ProtocolError, SSLError) as error:
            raise _failure(request, error, self._timeout) from error
        finally:
            response.release_conn()
        headers = {name.lower(): value for name, value in response.headers.items()}
        seconds = time.perf_counter() - began
        return Answer(request, response.status, headers, body, seconds, read_json(body))

    def hang_up_on(self, request: Request) -> None:
        """Send a request, and hang up before its answer is heard.

        Raises:
            Unreachable: nobody is there.
            HungUp: the connection was closed before.
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


def _failure(request: Request, error: HTTPError, timeout: float) -> ClientError:
    """What became of a request, in words for people."""
    what = f"{request.method} {request.path}"
    cause = error.reason if isinstance(error, MaxRetryError) and error.reason else error
    if isinstance(cause, ProtocolError):
        return HungUp(request)
    said = {
        NameResolutionError: "The host's name cannot be resolved",
        NewConnectionError: "Nobody listens there: the connection was refused, or has no route",
        ConnectTimeoutError: f"No connection within {timeout:g} seconds",
        SSLError: f"TLS failed: {cause}",
        ReadTimeoutError: f"{what} was not answered within {timeout:g} seconds",
    }
    reason = next((words for kind, words in said.items() if isinstance(cause, kind)), None)
    return Unreachable(reason or f"{what} failed: {type(cause).__name__}")
