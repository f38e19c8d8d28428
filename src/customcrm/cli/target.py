"""What the commands share that speak to somebody's server: its URL and its key."""

import os
import sys
from typing import Annotated, Final

import typer
from rich.console import Console

from customcrm.client.target import BadTarget, Target
from customcrm.errors import BadSetting

UNREACHABLE: Final = 3
"""Exit code: nobody is there, or nobody who can be trusted."""

_PLAIN_WIDTH: Final = 120

KEY_SETTING: Final = "CUSTOMCRM_API_KEY"

Url = Annotated[
    str | None, typer.Argument(metavar="URL", help="Its base URL: https://crm.example.com")
]
Key = Annotated[
    str | None,
    typer.Option("--key", help=f"Its API key; else {KEY_SETTING}, else you are asked for it."),
]
KeyHeader = Annotated[str, typer.Option("--key-header", help="The header that carries the key.")]
Timeout = Annotated[
    float, typer.Option("--timeout", min=0.1, max=600, help="Seconds to wait for an answer.")
]
Insecure = Annotated[bool, typer.Option("--insecure", help="Accept any TLS certificate.")]


def console(*, stderr: bool = False) -> Console:
    """A console that is as wide as the terminal, or wide enough where there is none."""
    width = None if sys.stdout.isatty() else _PLAIN_WIDTH
    return Console(stderr=stderr, width=width, highlight=False)


def read_target(url: str | None, key: str | None, key_header: str) -> Target:
    """The server that is meant; ends the command with a sentence where none can be."""
    if url is None:
        raise usage("A URL is missing: customcrm check http://127.0.0.1:3456 --key …")
    try:
        return Target.read(url, key or os.environ.get(KEY_SETTING) or _asked(), key_header)
    except BadTarget as error:
        raise usage(str(error)) from error


def _asked() -> str:
    if not sys.stdin.isatty():
        raise usage(f"The API key is missing: give --key or set {KEY_SETTING}")
    asked: str = typer.prompt("API key", hide_input=True, err=True)
    return asked


def usage(sentence: str) -> BadSetting:
    """A command that was asked wrongly: it says so, and ends with 2."""
    return BadSetting(sentence)
