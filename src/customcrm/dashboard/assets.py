"""Style sheets, scripts, icons and typefaces: read once, served from memory."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from anyio.to_thread import run_sync
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from customcrm.web.requests import accepts_gzip

MEDIA_TYPES: Final[Mapping[str, str]] = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
    "txt": "text/plain; charset=utf-8",
}
"""What is served, by the end of its name; nothing else is."""

_FOLDERS: Final = ("static", "vendor")
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_COMPRESSED: Final = frozenset({"css", "js", "svg"})
_VERSION: Final = 12
"""Hexadecimal digits of a digest that stand in an asset's address."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that browsers load.

    Attributes:
        body: its bytes; `zipped`: the same, for browsers that take it so.
        media_type: what it is.
        version: changes when it does.
    """

    body: bytes
    zipped: bytes | None
    media_type: str
    version: str


@cache
def assets() -> Mapping[str, Asset]:
    """All assets, by their path below `/static/`."""
    found: dict[str, Asset] = {}
    for folder in _FOLDERS:
        root = files("customcrm.dashboard").joinpath(folder)
        prefix = "" if folder == "static" else f"{folder}/"
        _collect(root, prefix, found)
    return found


def _collect(folder: Traversable, prefix: str, found: dict[str, Asset]) -> None:
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.is_dir():
            _collect(entry, f"{prefix}{entry.name}/", found)
            continue
        ending = entry.name.rpartition(".")[2]
        if ending in MEDIA_TYPES:
            body = entry.read_bytes()
            zipped = gzip.compress(body, mtime=0) if ending in _COMPRESSED else None
            version = sha256(body).hexdigest()[:_VERSION]
            found[f"{prefix}{entry.name}"] = Asset(body, zipped, MEDIA_TYPES[ending], version)


def address_of(name: str) -> str:
    """Where an asset is, without the base; a new version of it is somewhere else.

    Raises:
        KeyError: there is no such asset.
    """
    return f"/static/{name}?v={assets()[name].version}"


@cache
def icon(name: str) -> Markup:
    """An icon to stand beside words: it says nothing by itself.

    Raises:
        KeyError: there is no such icon.
    """
    drawing = assets()[f"vendor/lucide/{name}.svg"].body.decode()
    shapes = drawing[drawing.index(">", drawing.index("<svg")) + 1 : drawing.rindex("</svg>")]
    inner = " ".join(shapes.split())
    return Markup(  # noqa: S704 - our own file
        '<svg class="icon" aria-hidden="true" viewBox="0 0 24 24" fill="none" '
        'stroke="currentColor" stroke-width="1.75" stroke-linecap="round" '
        f'stroke-linejoin="round">{inner}</svg>'
    )


async def serve_asset(request: Request) -> Response:
    """GET /static/…: an asset, or a plain 404."""
    if not assets.cache_info().currsize:
        await run_sync(assets)
    asset = assets().get(request.path_params["path"])
    if asset is None:
        return PlainTextResponse("There is no such file.\n", 404)
    zipped = asset.zipped if accepts_gzip(request) else None
    asked = request.query_params.get("v")
    headers = {
        "Cache-Control": _FOR_EVER if asked == asset.version else "no-cache",
        "ETag": f'"{asset.version}"',
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    if zipped is not None:
        headers["Content-Encoding"] = "gzip"
    return Response(
        asset.body if zipped is None else zipped, media_type=asset.media_type, headers=headers
    )
