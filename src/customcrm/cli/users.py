"""`customcrm users`: the people who can own records."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from customcrm.cli.administration import ORIGIN, Database, administered
from customcrm.operations.users import add_user, list_users, remove_user

commands = typer.Typer(
    help="Add, list and remove the users that Enginy offers as owners.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@commands.command()
def add(
    name: Annotated[str, typer.Argument(help="As it is shown in Enginy.")],
    email: Annotated[str | None, typer.Option("--email", help="Optional.")] = None,
    database: Database = None,
) -> None:
    """Add a user."""
    with administered(database) as store:
        user = add_user(store, name, email, ORIGIN)
    typer.echo(f"{user.name} is added. Their id is {user.id}")


@commands.command("list")
def list_(database: Database = None) -> None:
    """List the users."""
    with administered(database) as store:
        users = list_users(store)
    table = Table("id", "name", "email", box=None)
    for user in users:
        table.add_row(user.id, user.name, user.email or "")
    Console(width=None if Console().is_terminal else 200).print(
        table if users else "There are no users. `customcrm users add NAME` adds one."
    )


@commands.command()
def remove(
    user_id: Annotated[str, typer.Argument(metavar="ID", help="As `users list` shows it.")],
    database: Database = None,
) -> None:
    """Remove a user. What they own stays theirs."""
    with administered(database) as store:
        remove_user(store, user_id, ORIGIN)
    typer.echo(f"{user_id} is removed.")
