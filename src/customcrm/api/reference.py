"""The reference, for people and for machines: made from the table of operations."""

import re
from collections.abc import Awaitable, Callable
from functools import cache
from importlib.resources import files
from typing import Final

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from customcrm.api.desk import Desk
from customcrm.contract.openapi import openapi
from customcrm.contract.reference import chapters

Answer = Callable[[Request], Awaitable[Response]]

_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def _prose(text: str) -> Markup:
    """Text in which `this` is code."""
    return Markup(re.sub("`([^`]*)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped


@cache
def _pages() -> Environment:
    pages = Environment(
        loader=PackageLoader("customcrm.api"),
        autoescape=select_autoescape(),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["prose"] = _prose
    return pages


def _base_url(desk: Desk, request: Request) -> str:
    """The URL that paths are relative to: as set, else as this request saw it."""
    seen = request.url.replace(path=request.scope.get("root_path", ""), query="")
    return desk.public_url or str(seen).rstrip("/")


def openapi_json(desk: Desk) -> Answer:
    """GET /openapi.json."""

    async def answer(request: Request) -> Response:
        server = _base_url(desk, request)
        return JSONResponse(
            openapi(version=desk.version, key_header=desk.key_header, server=server)
        )

    return answer


def docs(desk: Desk) -> Answer:
    """GET /docs: the reference as one page, with nothing from elsewhere in it."""

    async def answer(request: Request) -> Response:
        page = _pages().get_template("docs.html")
        return HTMLResponse(
            page.render(
                chapters=chapters(),
                base_url=_base_url(desk, request),
                key_header=desk.key_header,
                version=desk.version,
            ),
            headers=_HEADERS,
        )

    return answer


async def stylesheet(_: Request) -> Response:
    """GET /static/docs.css."""
    css = files("customcrm.api").joinpath("static", "docs.css").read_text()
    return Response(css, media_type="text/css", headers={"Cache-Control": "max-age=3600"})
