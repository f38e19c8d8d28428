"""One path of the contract: who asks, what they ask, what they hear. All failures end here."""

import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec
from anyio.to_thread import run_sync
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from customcrm import log
from customcrm.api.accounting import Account
from customcrm.api.check_runs import EXTENSION_HANDLERS
from customcrm.api.desk import Asked, Desk, Reply
from customcrm.api.failures import INTERNAL, failure_of, headers_of, status_of
from customcrm.api.handlers import HANDLERS
from customcrm.contract.operations import Operation
from customcrm.contract.values import MAX_IDENTIFIER
from customcrm.errors import (
    BodyTooLarge,
    CrmError,
    InvalidRequest,
    MethodNotAllowed,
    PathNotFound,
    Problem,
)
from customcrm.operations.calls import tally_of_problems
from customcrm.operations.ports import Origin
from customcrm.web.requests import mark_identified
from customcrm.web.text import is_clean

MAX_BODY: Final = 50_000_000
"""Bytes in one request body."""

_JSON: Final = "application/json"
_HANDLERS: Final = {**HANDLERS, **EXTENSION_HANDLERS}
_PRINTABLE: Final = re.compile(r"[\x21-\x7e][\x20-\x7e]*")


class Endpoint:
    """Serves the operations that share a path.

    Args:
        desk: what the handlers work with.
        operations: those of this path, by method.
    """

    def __init__(self, desk: Desk, operations: Mapping[str, Operation]) -> None:
        self._desk = desk
        self._operations = operations

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        account: Account = scope["account"]
        try:
            response = await self._answer(request, account)
        except ClientDisconnect:
            account.error = "client_disconnected"
            return
        except CrmError as error:
            account.error = error.code
            if isinstance(error, InvalidRequest):
                account.tally = tally_of_problems(error.problems)
            response = failed(error)
        except Exception:  # noqa: BLE001 - the last resort, so that nobody ever sees a traceback
            account.error = INTERNAL.code
            log.failure("internal_error", request_id=account.request_id)
            response = Response(msgspec.json.encode(INTERNAL), 500, media_type=_JSON)
        await response(scope, receive, send)

    async def _answer(self, request: Request, account: Account) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        operation = self._operations.get(method)
        account.operation = operation.name if operation else ""
        account.actor = await self._desk.doorkeeper.actor(
            request.headers.get(self._desk.key_header)
        )
        mark_identified(request.scope)
        if operation is None:
            raise MethodNotAllowed(_allowed(self._operations))
        if not all(map(is_clean, request.path_params.values())):
            raise PathNotFound
        asked = Asked(
            Origin(account.actor, self._desk.clock, self._desk.new_id),
            request.path_params,
            await _read_body(request) if operation.request else b"",
            _idempotency_key(request) if operation.idempotency_key else None,
        )
        limiter = self._desk.writers if operation.writes else self._desk.readers
        reply, body = await run_sync(self._work, operation.name, asked, limiter=limiter)
        account.tally = reply.tally
        return Response(body, operation.success, media_type=_JSON)

    def _work(self, name: str, asked: Asked) -> tuple[Reply, bytes]:
        """Everything that takes time: decode, do, encode. Runs on a thread."""
        reply = _HANDLERS[name](self._desk, asked)
        return reply, msgspec.json.encode(reply.message)


def failed(error: CrmError) -> Response:
    """The answer to a request that failed in a way known by name."""
    body = msgspec.json.encode(failure_of(error))
    return Response(body, status_of(error), headers_of(error), media_type=_JSON)


async def not_found(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request whose path is none of ours."""
    if scope["type"] == "http":
        await failed(PathNotFound())(scope, receive, send)


async def method_not_allowed(_: Request, error: Exception) -> Response:
    """Answer a request whose path is one of the machine's own, with a method it does not take."""
    allow = (getattr(error, "headers", None) or {}).get("Allow", "GET, HEAD")
    return failed(MethodNotAllowed(allow.split(", ")))


def _allowed(methods: Mapping[str, Any]) -> list[str]:
    return sorted({*methods, *(["HEAD"] if "GET" in methods else [])})


async def _read_body(request: Request) -> bytes:
    """The body, up to its limit.

    A body that is too large is read to its end (up to twice the limit) and thrown away: a client
    that is still sending does not hear an answer.
    """
    encoding = request.headers.get("content-encoding", "").strip().lower()
    if encoding not in {"", "identity"}:
        raise InvalidRequest([Problem("", f"Content-Encoding {encoding!r} is not understood")])
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > 2 * MAX_BODY:
            break
        if size <= MAX_BODY:
            chunks.append(chunk)
        else:
            chunks.clear()
    if size > MAX_BODY:
        raise BodyTooLarge(MAX_BODY)
    return b"".join(chunks)


def _idempotency_key(request: Request) -> str | None:
    key = request.headers.get("idempotency-key")
    if key is not None and (len(key) > MAX_IDENTIFIER or not _PRINTABLE.fullmatch(key)):
        raise InvalidRequest(
            [Problem("Idempotency-Key", f"must be 1 to {MAX_IDENTIFIER} printable characters")]
        )
    return key
