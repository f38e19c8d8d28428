"""`customcrm users`: the people who can own records, and those of them who may sign in."""

from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from customcrm.cli.administration import (
    ORIGIN,
    Database,
    administered,
    settings_of,
    sign_in_url,
    url_of,
)
from customcrm.cli.lazy import OPTIONS
from customcrm.operations.accounts.links import invite, reset_link
from customcrm.operations.accounts.members import find_person, list_people, set_role
from customcrm.operations.accounts.people import Person, Role
from customcrm.operations.users import add_user, list_users, remove_user

commands = typer.Typer(
    help="Add, list and remove the users that Enginy offers as owners, and let them sign in.",
    no_args_is_help=True,
    **OPTIONS,
)

NO_ROLE: Final = "none"

Email = Annotated[str, typer.Argument(metavar="EMAIL", help="As `users list` shows it.")]


def _role(text: str) -> Role | None:
    if text == NO_ROLE:
        return None
    if text not in set(Role):
        raise typer.BadParameter(f"must be {', '.join(Role)} or {NO_ROLE}")
    return Role(text)


@commands.command()
def add(
    name: Annotated[str, typer.Argument(help="As it is shown in Enginy.")],
    email: Annotated[
        str | None, typer.Option("--email", help="Optional for who does not sign in.")
    ] = None,
    role: Annotated[
        str, typer.Option("--role", help="admin or member: lets them sign in.")
    ] = NO_ROLE,
    database: Database = None,
) -> None:
    """Add a user. With a role, show the link that they set their password with."""
    given = _role(role)
    if given and not email:
        raise typer.BadParameter("who signs in needs an --email", param_hint="--role")
    with administered(database) as store:
        if given is None:
            user = add_user(store, name, email, ORIGIN)
            typer.echo(f"{user.name} is added. Their id is {user.id}")
            return
        person, secret = invite(store, name, email or "", given, ORIGIN)
    typer.echo(f"{person.name} is added. Their id is {person.id}")
    _show_link(secret, database, "once, within a week")


@commands.command()
def link(email: Email, database: Database = None) -> None:
    """Show a new link to set a password with: for who has forgotten theirs, or never had one."""
    with administered(database) as store:
        person = find_person(store, email)
        secret = reset_link(store, person.id, ORIGIN)
    _show_link(secret, database, "once, within a week" if person.invited else "once, within a day")


def _show_link(secret: str, database: str | None, lasts: str) -> None:
    settings = settings_of(database)
    typer.echo(f"Sign in: {sign_in_url(url_of(settings), secret)}")
    typer.echo(f"It works {lasts}, for whoever has it. It is not shown again.", err=True)


@commands.command()
def role(
    email: Email,
    role: Annotated[str, typer.Argument(metavar="ROLE", help="admin, member or none.")],
    database: Database = None,
) -> None:
    """Let a user do more or less. Without a role they cannot sign in, and own what they own."""
    given = _role(role)
    with administered(database) as store:
        person = set_role(store, find_person(store, email).id, given, ORIGIN)
    told = f"has the role {given}" if given else "has no role and cannot sign in"
    typer.echo(f"{person.name} {told}.")
    if given and person.invited:
        typer.echo(f"They have no password: `customcrm users link {person.email}` lets them in.")


@commands.command("list")
def list_(database: Database = None) -> None:
    """List the users."""
    with administered(database) as store:
        people, emails = list_people(store), {u.id: u.email for u in list_users(store)}
    table = Table("id", "name", "email", "role", "signs in", box=None)
    for person in people:
        email, role = emails.get(person.id) or "", person.role or ""
        table.add_row(person.id, person.name, email, role, _signs_in(person))
    Console(width=None if Console().is_terminal else 200).print(
        table if people else "There are no users. `customcrm users add NAME` adds one."
    )


def _signs_in(person: Person) -> str:
    """Whether somebody can."""
    if person.role is None:
        return ""
    return "not yet" if person.invited else "yes"


@commands.command()
def remove(
    user_id: Annotated[str, typer.Argument(metavar="ID", help="As `users list` shows it.")],
    database: Database = None,
) -> None:
    """Remove a user. What they own stays theirs."""
    with administered(database) as store:
        remove_user(store, user_id, ORIGIN)
    typer.echo(f"{user_id} is removed.")
