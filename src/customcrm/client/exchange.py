"""What a client sends and what it hears."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

JSON_HEADERS: Final = {"Content-Type": "application/json", "Accept": "application/json"}
"""What Enginy sends with every request, GET included (contract, Every request)."""


class NotJson:
    """What an answer holds that is not JSON."""

    def __repr__(self) -> str:
        """As a report shows it."""
        return "no JSON"


NOT_JSON: Final = NotJson()


@dataclass(frozen=True, slots=True)
class Request:
    """One request.

    Attributes:
        method: the HTTP method.
        path: relative to the base URL.
        body: as it goes over the wire; None for none.
        key: in the place of the target's own key; empty to send none.
        headers: besides those that every request has.
    """

    method: str
    path: str
    body: bytes | None = None
    key: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer.

    Attributes:
        request: what it answers.
        status: the HTTP status.
        headers: their names in small letters.
        body: as it came, up to a limit.
        seconds: from the first byte sent to the last byte heard.
        json: what the body holds, or `NOT_JSON`.
    """

    request: Request
    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float
    json: Any

    @property
    def succeeded(self) -> bool:
        """Whether the status is a 2xx."""
        return 200 <= self.status <= 299  # noqa: PLR2004 - the definition of it

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode(errors="replace")


def read_json(body: bytes) -> Any:
    """What a body holds, or `NOT_JSON`."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return NOT_JSON


def message(
    method: str,
    path: str,
    value: object = None,
    *,
    key: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Request:
    """A request that carries a JSON value, or nothing."""
    body = None if value is None else msgspec.json.encode(value)
    return Request(method, path, body, key, headers or {})
