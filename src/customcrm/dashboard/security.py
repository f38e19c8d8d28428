"""What browsers are told not to do, and which requests are somebody else's."""

from collections.abc import Mapping
from hmac import compare_digest
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request

PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""Of every page: our own files and nothing else. No inline script, no inline style, no eval."""


def message_policy(*, images: bool) -> str:
    """Of the body of a message: a frame in which nothing runs and nothing is loaded.

    Args:
        images: whether images from elsewhere may be loaded.
    """
    remote = " https: http:" if images else ""
    return (
        f"sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; "
        f"default-src 'none'; img-src data:{remote}; style-src 'self'; base-uri 'none'; "
        f"form-action 'none'; frame-ancestors 'self'"
    )


DATA_POLICY: Final = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""Of JSON: it is read, and never a page."""

HEADERS: Final[Mapping[str, str]] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-DNS-Prefetch-Control": "off",
    "Cache-Control": "no-store",
}
"""Of everything that is shown to somebody."""

CSRF_FIELD: Final = "csrf"

_PORTS: Final[Mapping[str, int]] = {"http": 80, "https": 443}
"""What browsers leave out of an origin."""


def is_from_us(request: Request, public_url: str) -> bool:
    """Whether a request that changes something comes from a page of ours, as its browser says.

    A browser names the origin of every form that is sent. Behind a proxy the scheme may differ from
    what it was outside, the host does not.
    """
    told = request.headers.get("origin") or request.headers.get("referer") or ""
    host = _host_of(told)
    ours = {request.headers.get("host", "").lower(), _host_of(public_url)}
    site = request.headers.get("sec-fetch-site", "same-origin")
    return bool(host) and host in ours and site in {"same-origin", "none"}


def _host_of(url: str) -> str:
    """The host of an origin as browsers write it, with its port if that is not the usual one."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    usual = port == _PORTS.get(parts.scheme)
    return (parts.netloc.rpartition(":")[0] if usual and port else parts.netloc).lower()


def bears_token(form: Mapping[str, str], token: str) -> bool:
    """Whether a form bears the token of the session that it is sent in."""
    return compare_digest(form.get(CSRF_FIELD, "").encode(), token.encode())
