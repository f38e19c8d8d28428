"""`customcrm connect`: registers a server with Enginy."""

import os
import secrets
import sys
from collections.abc import Callable
from typing import Annotated, Final

import msgspec
import typer

from customcrm.checker.asker import Asker
from customcrm.checker.checks import CHECKS
from customcrm.checker.engine import Terms, run
from customcrm.checker.events import RunEnded
from customcrm.checker.redaction import MAX_READ, redacted
from customcrm.checker.reports.terminal import Terminal
from customcrm.cli.target import (
    UNREACHABLE,
    Insecure,
    Key,
    KeyHeader,
    Timeout,
    Url,
    console,
    read_target,
    usage,
)
from customcrm.client.exchange import NOT_JSON, Answer
from customcrm.client.http import TIMEOUT_SECONDS, Client, ClientError
from customcrm.client.target import KEY_HEADER, BadTarget, Target
from customcrm.connector import enginy

ENGINY_KEY: Final = "ENGINY_API_KEY"
"""The environment variable of Enginy's own key."""

REFUSED: Final = 1
"""Exit code: the checks, or Enginy, say no."""

MAX_SHOWN: Final = 4_000
"""Characters that are shown of what Enginy answers."""


def connect(  # noqa: PLR0913 - a command has the options that it has
    url: Url = None,
    *,
    key: Key = None,
    key_header: KeyHeader = KEY_HEADER,
    contact_link: Annotated[
        str | None, typer.Option(help="URL of a contact's page; default URL/view/contact/{{crmId}}")
    ] = None,
    company_link: Annotated[
        str | None, typer.Option(help="URL of a company's page; default URL/view/company/{{crmId}}")
    ] = None,
    enginy_url: Annotated[str, typer.Option(help="Where Enginy's API is.")] = enginy.ENGINY_URL,
    test_only: Annotated[
        bool, typer.Option("--test-only", help="Let Enginy test it, and do not connect.")
    ] = False,
    allow_private: Annotated[
        bool,
        typer.Option("--allow-private", help="Also a URL without HTTPS, or that is not public."),
    ] = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Also if the checks find something wrong.")
    ] = False,
    timeout: Timeout = TIMEOUT_SECONDS,
    insecure: Insecure = False,
) -> None:
    """Connect a server to Enginy, by Enginy's own API.

    Checks the server first, reading only. Enginy's key is read from ENGINY_API_KEY, or asked for:
    what stands on a command line is seen by all.

    Exit codes: 0 done, 1 refused, 2 asked wrongly, 3 cannot be reached.
    """
    target = read_target("connect", url, key, key_header)
    if not allow_private:
        _insist_on_public(target)
    try:
        links = enginy.links_of(target.base_url, contact_link, company_link)
        side = Target.read(enginy_url, _enginy_key(), enginy.KEY_HEADER)
    except (enginy.BadTemplate, BadTarget) as error:
        raise usage(str(error)) from error
    if not side.is_https and not side.is_local:
        raise usage("Enginy's URL must be https://: its key would travel in the open")
    with Client(target, timeout=timeout, verify=not insecure, connections=2) as client:
        conforms = _check(client, verify=not insecure)
    if not conforms and not anyway:
        typer.echo("Enginy was not asked. Mend it first, or say --anyway.", err=True)
        raise typer.Exit(REFUSED)
    with Client(side, timeout=max(timeout, TIMEOUT_SECONDS)) as client:
        _ask("Enginy tests it", target, side, lambda: enginy.ask_to_test(client, target))
        if not test_only:
            _ask(
                "Enginy connects it",
                target,
                side,
                lambda: enginy.ask_to_connect(client, target, links),
            )


def _insist_on_public(target: Target) -> None:
    if not target.is_https:
        raise usage(f"{target.base_url} is not https://, which Enginy requires (--allow-private)")
    if not target.is_public:
        raise usage(f"{target.base_url} cannot be reached from outside (--allow-private)")
    addresses = target.addresses()
    if addresses and not any(address.is_global for address in addresses):
        told = ", ".join(sorted(map(str, addresses)))
        raise usage(
            f"{target.base_url} is {told}, which cannot be reached from outside (--allow-private)"
        )


def _enginy_key() -> str:
    key = os.environ.get(ENGINY_KEY, "")
    if not key:
        if not sys.stdin.isatty():
            raise usage(f"Enginy's key is missing: set {ENGINY_KEY}")
        key = typer.prompt("Enginy's API key (gsk_...)", hide_input=True, err=True)
    return key


def _check(client: Client, *, verify: bool) -> bool:
    """Whether the server passes what can be checked by reading."""
    checks = [check for check in CHECKS if not check.writes]
    asker = Asker(client, f"check-{secrets.token_hex(3)}")
    events = run(checks, asker, Terms(read_only=True, verify=verify))
    lost, conforms = "", False
    try:
        for event in Terminal(console()).follow(events):
            if isinstance(event, RunEnded):
                lost, conforms = event.lost, event.conforms
    except ClientError as error:
        typer.echo(f"customcrm: {client.target.base_url} cannot be checked. {error}.", err=True)
        raise typer.Exit(UNREACHABLE) from error
    if lost:
        raise typer.Exit(UNREACHABLE)
    return conforms


def _ask(title: str, target: Target, side: Target, ask: Callable[[], Answer]) -> None:
    """Ask Enginy something, and print its answer whatever its shape."""
    try:
        answer = ask()
    except ClientError as error:
        typer.echo(f"customcrm: {side.base_url}: {error}.", err=True)
        raise typer.Exit(UNREACHABLE) from error
    said = answer.text if answer.json is NOT_JSON else _pretty(answer)
    said = redacted(redacted(said[:MAX_READ], target.key), side.key)
    typer.echo(f"\n{title}: {answer.status}")
    typer.echo(said if len(said) <= MAX_SHOWN else f"{said[:MAX_SHOWN]}…")
    if not answer.succeeded:
        raise typer.Exit(REFUSED)


def _pretty(answer: Answer) -> str:
    return msgspec.json.format(msgspec.json.encode(answer.json), indent=2).decode()
