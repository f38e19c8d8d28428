"""Options and errors of the commands that connect to a server: URL, key, timeouts."""

import os
import sys
from typing import Annotated, Final

import typer
from rich.console import Console

from customcrm.client.target import BadTarget, Target
from customcrm.errors import BadSetting

UNREACHABLE: Final = 3
"""Exit code: the server cannot be reached, or its certificate is not valid."""

_PLAIN_WIDTH: Final = 120

KEY_SETTING: Final = "CUSTOMCRM_API_KEY"
COMMAND: Final = "customcrm"

MIN_TIMEOUT: Final = 0.1
MAX_TIMEOUT: Final = 600.0


def whole_number(text: str) -> int:
    """Parse the value of an option that is a whole number."""
    try:
        return int(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a whole number") from None


def decimal_number(text: str) -> float:
    """Parse the value of an option that is a number."""
    try:
        return float(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a number") from None


def seconds_to_wait(text: str) -> float:
    """Parse a timeout."""
    seconds = decimal_number(text)
    if not MIN_TIMEOUT <= seconds <= MAX_TIMEOUT:
        raise typer.BadParameter(f"{text} is not from {MIN_TIMEOUT} to {MAX_TIMEOUT:g} seconds")
    return seconds


Url = Annotated[
    str | None,
    typer.Argument(metavar="URL", help="Base URL of the server: https://crm.example.com"),
]
Key = Annotated[
    str | None,
    typer.Option(
        "--key", metavar="KEY", help=f"API key. Default: {KEY_SETTING}, else you are asked."
    ),
]
KeyHeader = Annotated[
    str, typer.Option("--key-header", metavar="NAME", help="Header that carries the key.")
]
Timeout = Annotated[
    float,
    typer.Option(
        "--timeout", metavar="SECONDS", parser=seconds_to_wait, help="Wait so long for an answer."
    ),
]
Insecure = Annotated[bool, typer.Option("--insecure", help="Accept any TLS certificate.")]


def console(*, stderr: bool = False) -> Console:
    """A console that is as wide as the terminal, or wide enough where there is none."""
    width = None if sys.stdout.isatty() else _PLAIN_WIDTH
    return Console(stderr=stderr, width=width, highlight=False)


def read_target(command: str, url: str | None, key: str | None, key_header: str) -> Target:
    """Return the server that a command was given.

    Args:
        command: its name, for the error: `check`.
        url: the base URL.
        key: the API key; None to look for it in the environment, or to ask.
        key_header: the header that carries it.

    Raises:
        BadSetting: one of them is missing or invalid.
    """
    if url is None:
        raise usage(f"The URL is missing: {COMMAND} {command} http://127.0.0.1:3456 --key KEY")
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
    """Return the error of a command that was used wrongly: it prints the sentence and exits 2."""
    return BadSetting(sentence)
