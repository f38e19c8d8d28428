"""The command line: `customcrm serve` and what administers it."""

import sys
from collections.abc import Mapping
from io import TextIOWrapper
from typing import Annotated, ClassVar

import typer

from customcrm import __version__
from customcrm.cli.lazy import OPTIONS, LazyCommand, LazyGroup
from customcrm.errors import (
    BadSetting,
    InvalidRequest,
    OperatorError,
    PeopleError,
    StoreUnavailable,
)


class Commands(LazyGroup):
    """All commands, in the order in which the help lists them."""

    commands_by_name: ClassVar[Mapping[str, LazyCommand]] = {
        "serve": LazyCommand("serve", "serve", "Serve the contract until told to stop."),
        "check": LazyCommand(
            "check",
            "check",
            "Check any implementation of Enginy's Custom CRM API.",
        ),
        "simulate": LazyCommand(
            "simulate",
            "simulate",
            "Fill a server with a year of made-up campaigns, as Enginy would.",
        ),
        "connect": LazyCommand(
            "connect", "connect", "Connect a server to Enginy, by Enginy's own API."
        ),
        "backup": LazyCommand(
            "backup",
            "backup",
            "Copy the database to a file, and check the copy. The server may be running.",
        ),
        "restore": LazyCommand(
            "backup", "restore", "Put a backup in the place of the database. Stop the server first."
        ),
        "migrate": LazyCommand(
            "migrate",
            "migrate",
            "Bring the database to the schema of this version. `serve` does the same at its start.",
        ),
        "keys": LazyCommand("keys", "commands", "Create, list and revoke API keys."),
        "users": LazyCommand(
            "users",
            "commands",
            "Add, list and remove the users that Enginy offers as owners, and let them sign in.",
        ),
    }


cli = typer.Typer(
    name="customcrm",
    cls=Commands,
    help="A self-hosted CRM that Enginy talks to.",
    no_args_is_help=True,
    **OPTIONS,
)


def _version(asked: bool) -> None:  # noqa: FBT001 - Typer hands the flag over so
    if asked:
        typer.echo(f"customcrm {__version__}")
        raise typer.Exit


@cli.callback()
def _options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """A self-hosted CRM that Enginy talks to."""
    del version


def main() -> None:
    """Run a command; a failure that its user can mend is one sentence on standard error.

    Where the terminal's encoding has no such character, a question mark is printed.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        cli()
    except (InvalidRequest, OperatorError, PeopleError, StoreUnavailable) as error:
        typer.echo(f"customcrm: {error}", err=True)
        sys.exit(2 if isinstance(error, BadSetting | InvalidRequest) else 1)
