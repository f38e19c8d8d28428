"""The reference for people (`/docs`) and for machines (`/openapi.json`).

Both are rendered once, on a thread, with a marker in the place of the base URL. What a request
costs on the event loop is a dictionary look-up: anybody may ask for them, as often as they like.
"""

import gzip
import json
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Final, NamedTuple

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from customcrm.api.desk import Desk
from customcrm.contract.openapi import openapi
from customcrm.contract.reference import chapters
from customcrm.web.requests import accepts_gzip, matches_etag, origin_of

Answer = Callable[[Request], Awaitable[Response]]

MAX_VERSIONS: Final = 8
"""Base URLs for which a document is kept. The `Host` header is the client's: it has no bound."""

_BASE_URL: Final = "base-url.customcrm.invalid"
"""Marker in a rendered document, to be replaced by the base URL."""

_DOCS_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_OPENAPI_HEADERS: Final = {"X-Content-Type-Options": "nosniff"}


class Version(NamedTuple):
    """A document for one base URL.

    Attributes:
        body: its bytes.
        compressed: the same, by gzip.
        etag: identifies the bytes, with its quotes.
    """

    body: bytes
    compressed: bytes
    etag: str


class Document:
    """A document that depends on the base URL alone, rendered once and kept as bytes.

    Args:
        render: returns the document with the marker in the place of the base URL.
        escape_url: escapes a base URL for the document's format.
        media_type: value of `Content-Type`.
        headers: further headers of every answer.
    """

    def __init__(
        self,
        render: Callable[[], str],
        escape_url: Callable[[str], str],
        media_type: str,
        headers: dict[str, str],
    ) -> None:
        self._render = cache(render)
        self._escape_url = escape_url
        self._media_type = media_type
        self._headers = {**headers, "Cache-Control": "no-cache", "Vary": "Accept-Encoding, Host"}
        self._versions: OrderedDict[str, Version] = OrderedDict()
        self._thread = CapacityLimiter(1)

    async def respond(self, request: Request, base_url: str) -> Response:
        """Answer a request from the cache; a version that is not there is made on a thread."""
        version = self._versions.get(base_url)
        if version is None:
            version = await run_sync(self._version, base_url, limiter=self._thread)
            self._versions[base_url] = version
        self._versions.move_to_end(base_url)
        while len(self._versions) > MAX_VERSIONS:
            self._versions.popitem(last=False)
        headers = {**self._headers, "ETag": version.etag}
        if matches_etag(request, version.etag):
            return Response(status_code=304, headers=headers)
        if accepts_gzip(request):
            headers["Content-Encoding"] = "gzip"
            return Response(version.compressed, headers=headers, media_type=self._media_type)
        return Response(version.body, headers=headers, media_type=self._media_type)

    def _version(self, base_url: str) -> Version:
        if (known := self._versions.get(base_url)) is not None:
            return known
        body = self._render().replace(_BASE_URL, self._escape_url(base_url)).encode()
        etag = f'W/"{sha256(body).hexdigest()[:32]}"'
        return Version(body, gzip.compress(body, mtime=0), etag)


def _prose(text: str) -> Markup:
    """Return text in which `this` is code."""
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
    """Return the URL that paths are relative to: as set, else as this request used it."""
    mounted = request.scope.get("root_path", "").rstrip("/")
    return desk.public_url or f"{origin_of(request)}{mounted}"


def openapi_json(desk: Desk) -> Answer:
    """GET /openapi.json."""

    def render() -> str:
        described = openapi(version=desk.version, key_header=desk.key_header, server=_BASE_URL)
        return json.dumps(described, ensure_ascii=False, separators=(",", ":"))

    document = Document(
        render, lambda url: json.dumps(url)[1:-1], "application/json", _OPENAPI_HEADERS
    )

    async def answer(request: Request) -> Response:
        return await document.respond(request, _base_url(desk, request))

    return answer


def docs(desk: Desk) -> Answer:
    """GET /docs: the reference as one page that loads nothing from elsewhere."""

    def render() -> str:
        return (
            _pages()
            .get_template("docs.html")
            .render(
                chapters=chapters(),
                base_url=_BASE_URL,
                key_header=desk.key_header,
                version=desk.version,
            )
        )

    document = Document(render, lambda url: str(escape(url)), "text/html", _DOCS_HEADERS)

    async def answer(request: Request) -> Response:
        return await document.respond(request, _base_url(desk, request))

    return answer


@cache
def _stylesheet() -> bytes:
    return files("customcrm.api").joinpath("static", "docs.css").read_bytes()


async def stylesheet(_: Request) -> Response:
    """GET /static/docs.css."""
    return Response(_stylesheet(), media_type="text/css", headers={"Cache-Control": "max-age=3600"})
