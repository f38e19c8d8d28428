"""What each request was, cost and came to: for the log and for the call log."""

import time
from dataclasses import dataclass, field
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from customcrm import log
from customcrm.api.desk import Desk
from customcrm.operations.calls import Call, Tally

_QUIET: Final = frozenset({"/livez", "/readyz"})
"""Probes that come every few seconds and say nothing when all is well."""


@dataclass(slots=True)
class Account:
    """What is known of a request by the time it ends.

    Attributes:
        request_id: ours, also in the answer's `X-Request-Id`.
        operation: its name in the contract; empty if it has none.
        actor: by which key; empty if by none.
        status: the answer's; 0 if there was none.
        error: the code of the error, or empty.
        tally: what became of its items.
    """

    request_id: str
    operation: str = ""
    actor: str = ""
    status: int = 0
    error: str = ""
    tally: Tally = field(default_factory=Tally)


class Accounting:
    """Middleware: opens an account for each request, and closes it.

    Args:
        app: what answers.
        desk: takes the calls.
    """

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, and account for it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        account = Account(self._desk.new_id("request"))
        at = self._desk.clock()
        began = time.perf_counter()
        measures = log.measure_request()

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                account.status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = account.request_id
            await send(message)

        try:
            await self._app({**scope, "account": account}, receive, send_with_id)
        finally:
            microseconds = round((time.perf_counter() - began) * 1_000_000)
            if account.operation:
                self._desk.call_log.record(
                    Call(
                        account.request_id,
                        at,
                        account.operation,
                        account.status,
                        microseconds,
                        account.actor,
                        account.error,
                        account.tally,
                    )
                )
            if scope["path"] not in _QUIET or account.status != 200:  # noqa: PLR2004 - OK
                log.event(
                    "request",
                    request_id=account.request_id,
                    operation=account.operation,
                    method=scope["method"],
                    status=account.status,
                    ms=microseconds / 1000,
                    sql=measures.sql_statements,
                    actor=account.actor,
                    error=account.error,
                    items=account.tally.received,
                )
