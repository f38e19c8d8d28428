"""All routes, on one screen: the contract's and our extension's, then the machine's own."""

from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from customcrm.api import probes, reference
from customcrm.api.desk import Desk
from customcrm.api.endpoint import Endpoint, failed
from customcrm.contract.check_runs import EXTENSIONS
from customcrm.contract.operations import OPERATIONS, Operation
from customcrm.errors import UrlTooLong
from customcrm.web.requests import MAX_PATH, MAX_QUERY


def routes(desk: Desk) -> list[BaseRoute]:
    """Every route, in the order in which they are tried."""
    by_path: dict[str, dict[str, Operation]] = {}
    for operation in (*OPERATIONS, *EXTENSIONS):
        by_path.setdefault(operation.path, {})[operation.method] = operation
    return [
        *(Route(path, Endpoint(desk, operations)) for path, operations in by_path.items()),
        Route("/livez", probes.livez),
        Route("/readyz", probes.readyz(desk)),
        Route("/openapi.json", reference.openapi_json(desk)),
        Route("/docs", reference.docs(desk)),
        Route("/static/docs.css", reference.stylesheet),
    ]


class TidyPaths:
    """Middleware: `//contacts` and `/contacts/` are `/contacts`; longer URLs than ours are refused.

    A base URL that was configured with a slash at its end makes such paths. Routing happens on the
    event loop, before anybody is authenticated: the length is limited first.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http":
            root = scope.get("root_path", "")
            path = scope["path"].removeprefix(root)
            if len(path) > MAX_PATH or len(scope.get("query_string", b"")) > MAX_QUERY:
                await failed(UrlTooLong())(scope, receive, send)
                return
            tidy = root + "/" + "/".join(part for part in path.split("/") if part)
            scope = {**scope, "path": tidy}
        await self._app(scope, receive, send)
