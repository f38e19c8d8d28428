"""What a request says about its client: the URL that it used, and the encodings that it takes."""

import re
from typing import Final

from starlette.requests import Request
from starlette.types import Scope

MAX_PATH: Final = 4_096
"""Bytes of a path. Every route is tried on it, before anybody is authenticated."""

MAX_QUERY: Final = 16_384
"""Bytes of a query."""

IDENTIFIED: Final = "customcrm.request_identified"
"""Name of the ASGI extension that is called when a request has a valid key or session."""

_HOST: Final = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?"
)
_FALLBACK: Final = "localhost"


def origin_of(request: Request) -> str:
    """Return scheme and host as the client named them, without a slash at the end.

    A `Host` header that is missing or is no host name is replaced by the address that the server
    listens on: the header is text from outside, and goes into pages and link templates.
    """
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        name, port = request.scope.get("server") or (_FALLBACK, None)
        name = f"[{name}]" if ":" in name else name
        host = f"{name}:{port}" if port else name
    return f"{request.scope.get('scheme', 'http')}://{host}"


def accepts_gzip(request: Request) -> bool:
    """Return whether the client takes an answer that is compressed by gzip (RFC 9110, 12.5.3)."""
    for item in request.headers.get("accept-encoding", "").split(","):
        coding, _, parameters = item.strip().lower().partition(";")
        if coding.strip() in {"gzip", "x-gzip", "*"}:
            weight = parameters.strip().removeprefix("q=").strip()
            return not weight or not re.fullmatch(r"0(\.0{0,3})?", weight)
    return False


def matches_etag(request: Request, etag: str) -> bool:
    """Return whether the client has this version already (`If-None-Match`, compared weakly)."""
    header = request.headers.get("if-none-match", "")
    known = {item.strip().removeprefix("W/") for item in header.split(",")}
    return etag.removeprefix("W/") in known or header.strip() == "*"


def mark_identified(scope: Scope) -> None:
    """Tell the connection that its request has a valid key or session: it is not cut any more.

    Does nothing where the server is not ours. Called on the event loop.
    """
    if notify := (scope.get("extensions") or {}).get(IDENTIFIED):
        notify()
