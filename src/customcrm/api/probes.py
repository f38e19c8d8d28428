"""Probes for whatever keeps the server running; they need no key."""

from collections.abc import Awaitable, Callable

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from customcrm.api.desk import Desk
from customcrm.api.endpoint import failed
from customcrm.errors import StoreUnavailable
from customcrm.operations.health import check_health


async def livez(_: Request) -> Response:
    """GET /livez: the process runs."""
    return JSONResponse({"status": "ok"})


def readyz(desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    """GET /readyz: the database can be reached too.

    It needs no key, so it has a thread of its own: requests with a key do not wait for it.
    """
    thread = CapacityLimiter(1)

    async def answer(_: Request) -> Response:
        try:
            await run_sync(check_health, desk.backend, limiter=thread)
        except StoreUnavailable as error:
            return failed(error)
        return JSONResponse({"status": "ok"})

    return answer
