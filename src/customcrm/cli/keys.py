"""`customcrm keys`: the API keys."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from customcrm.cli.administration import ORIGIN, Database, administered
from customcrm.cli.lazy import OPTIONS
from customcrm.operations.keys import create_key, revoke_key

commands = typer.Typer(help="Create, list and revoke API keys.", no_args_is_help=True, **OPTIONS)


@commands.command()
def create(
    name: Annotated[str, typer.Option("--name", help="What you call it.")] = "",
    database: Database = None,
) -> None:
    """Create a key. It is shown once; only its digest is kept."""
    with administered(database) as store:
        key = create_key(store, name or "key", ORIGIN)
    typer.echo(f"API key: {key.secret}")
    typer.echo(f"Its id is {key.id}. It is not shown again.", err=True)


@commands.command("list")
def list_(database: Database = None) -> None:
    """List the keys: never the keys themselves."""
    with administered(database) as store:
        keys = store.api_keys()
    table = Table("id", "name", "created", "revoked", box=None)
    for key in keys:
        revoked = f"{key.revoked_at:%Y-%m-%d %H:%M}" if key.revoked_at else ""
        table.add_row(key.id, key.name, f"{key.created_at:%Y-%m-%d %H:%M}", revoked)
    Console(width=None if Console().is_terminal else 200).print(
        table if keys else "There are no keys. `customcrm keys create` makes one."
    )


@commands.command()
def revoke(
    key_id: Annotated[str, typer.Argument(metavar="ID", help="As `keys list` shows it.")],
    database: Database = None,
) -> None:
    """Revoke a key. A running server refuses it within a second."""
    with administered(database) as store:
        revoke_key(store, key_id, ORIGIN)
    typer.echo(f"{key_id} is revoked.")
