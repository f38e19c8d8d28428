"""The command line: `customcrm serve` and what administers it."""

import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from customcrm import __version__
from customcrm.cli import check, connect, keys, migrate, serve, simulate, users
from customcrm.errors import (
    BadSetting,
    InvalidRequest,
    OperatorError,
    PeopleError,
    StoreUnavailable,
)

cli = typer.Typer(
    name="customcrm",
    help="A self-hosted CRM that Enginy talks to.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
cli.command("serve")(serve.serve)
cli.command("check")(check.check)
cli.command("simulate")(simulate.simulate)
cli.command("connect")(connect.connect)
cli.command("migrate")(migrate.migrate)
cli.add_typer(keys.commands, name="keys")
cli.add_typer(users.commands, name="users")


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
