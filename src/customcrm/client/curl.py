"""A request as a line for the shell, with the key as `$KEY`."""

import shlex
from typing import Final

from customcrm.client.exchange import JSON_HEADERS, Request
from customcrm.client.target import Target

KEY_VARIABLE: Final = "$KEY"

MAX_ARGUMENT: Final = 100_000
"""Bytes of a body that stands on the command line: Linux takes no argument of more than 128 KiB."""


def curl_of(target: Target, request: Request, *, verify: bool = True) -> str:
    """The `curl` that sends a request again.

    The target's key is the variable `KEY`, which the reader has to set. A key that is the target's
    with something appended is shown so; any other is no secret, and shown.
    """
    parts = ["curl", "-sS", *([] if verify else ["-k"])]
    if request.method != ("GET" if request.body is None else "POST"):
        parts += ["-X", request.method]
    parts.append(shlex.quote(f"{target.base_url}{request.path}"))
    key = target.key if request.key is None else request.key
    if key:
        parts += ["-H", f'"{target.key_header}: {_shown(key, target.key)}"']
    headers = {**(JSON_HEADERS if request.body is not None else {}), **request.headers}
    for name, value in headers.items():
        if name != "Accept":
            parts += ["-H", shlex.quote(f"{name}: {value}")]
    if request.body is None:
        return " ".join(parts)
    body = request.body.decode(errors="replace")
    if len(request.body) <= MAX_ARGUMENT:
        return " ".join([*parts, "--data-binary", shlex.quote(body)])
    # A body is JSON on one line, so that no line of it ends it.
    return " ".join([*parts, "--data-binary", "@- <<'END'"]) + f"\n{body}\nEND"


def _shown(key: str, secret: str) -> str:
    """A key within double quotes, never the secret itself."""
    head, own, tail = key.partition(secret)
    shown = [_escaped(head), "${KEY}" if tail else KEY_VARIABLE, _escaped(tail)]
    return "".join(shown) if own else _escaped(key)


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in '"\\$`' else char for char in text)
