"""`customcrm check`: what is wrong with an implementation of the contract."""

import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Final

import typer

from customcrm.checker.asker import Asker
from customcrm.checker.baseline import BadBaseline, read_baseline
from customcrm.checker.check import Check
from customcrm.checker.checks import CHECKS
from customcrm.checker.correspondent import CONTACT_LINK
from customcrm.checker.engine import INTERRUPTED, Terms, run
from customcrm.checker.events import Event, RunEnded, RunStarted
from customcrm.checker.reports.as_json import as_json
from customcrm.checker.reports.badge import badge
from customcrm.checker.reports.explanation import explanation, listing
from customcrm.checker.reports.html import html
from customcrm.checker.reports.junit import junit
from customcrm.checker.reports.terminal import Terminal
from customcrm.checker.selection import BadSelection, choose
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
from customcrm.client.http import TIMEOUT_SECONDS, Client, ClientError, Unreachable
from customcrm.client.target import KEY_HEADER, Target

NOT_CONFORMING: Final = 1
"""Exit code: something that decides it has failed."""

STOPPED: Final = 130
"""Exit code: Ctrl-C, as shells have it."""


def check(  # noqa: PLR0913 - a command has the options that it has
    url: Url = None,
    *,
    key: Key = None,
    key_header: KeyHeader = KEY_HEADER,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="CHECK", help="Only these: an id, a pattern, a group or a level."
        ),
    ] = None,
    skip: Annotated[
        list[str] | None, typer.Option("--skip", metavar="CHECK", help="Leave these out.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Also fail on a SHOULD.")] = False,
    read_only: Annotated[
        bool | None,
        typer.Option(
            "--read-only/--write",
            help="Only read, or write test data. Default: write to a server on this machine, "
            "unless it says that it holds other records.",
        ),
    ] = None,
    clean: Annotated[
        bool,
        typer.Option("--clean", help="Remove the test data afterwards, if the server can."),
    ] = False,
    baseline: Annotated[
        Path | None,
        typer.Option(
            "--baseline", metavar="FILE", help="TOML file of known failures and their reasons."
        ),
    ] = None,
    json: Annotated[
        bool,
        typer.Option(
            "--json",
            help="Print JSON only. With -v, the report goes to stderr.",
        ),
    ] = False,
    junit_file: Annotated[
        Path | None, typer.Option("--junit", metavar="FILE", help="Also write JUnit XML.")
    ] = None,
    html_file: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Also write an HTML page.")
    ] = None,
    badge_file: Annotated[
        Path | None, typer.Option("--badge", metavar="FILE", help="Also write an SVG badge.")
    ] = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show every check, and all details.")
    ] = False,
    contact_link: Annotated[
        str,
        typer.Option(
            "--contact-link", metavar="PATH", help="Path of a contact's page, with {{crmId}}."
        ),
    ] = CONTACT_LINK,
    timeout: Timeout = TIMEOUT_SECONDS,
    insecure: Insecure = False,
    list_: Annotated[bool, typer.Option("--list", help="List all checks and exit.")] = False,
    explain: Annotated[
        str | None,
        typer.Option("--explain", metavar="CHECK", help="Explain one check and exit."),
    ] = None,
) -> None:
    """Check any implementation of Enginy's Custom CRM API.

    Works against a server in any language and takes a few seconds. All test data is named
    check-..., and the last line says what was left behind.

    Exit codes: 0 conforms, 1 does not conform, 2 wrong usage, 3 server unreachable, 130 Ctrl-C.
    """
    out = console()
    if explain is not None:
        out.print(explanation(_one(explain)))
        return
    checks = _chosen(only or [], skip or [])
    if list_:
        for part in listing(checks):
            out.print(part)
        return
    _insist_on_path(contact_link)
    target = read_target("check", url, key, key_header)
    expected = _expected(baseline)
    with Client(target, timeout=timeout, verify=not insecure, connections=2) as client:
        asker = Asker(client, f"check-{secrets.token_hex(3)}", contact_link=contact_link)
        reading, hint = _reads_only(asker) if read_only is None else (read_only, "")
        terms = Terms(
            read_only=reading,
            clean=clean,
            strict=strict,
            baseline=expected,
            verify=not insecure,
        )
        events = run(checks, asker, terms)
        if verbose or not json:
            terminal = Terminal(console(stderr=json), verbose=verbose, hint=hint)
            events = terminal.follow(events)
        started, ended = _follow(events, target)
    if json:
        typer.echo(as_json(started, ended))
    files = ((junit_file, junit), (html_file, html), (badge_file, badge_of))
    _write_files(files, started, ended)
    if code := _code_of(ended):
        raise typer.Exit(code)


ELSEWHERE: Final = "--write adds test data, --clean removes it again."
HOLDS_OTHERS: Final = f"The server holds other records. {ELSEWHERE}"


def _reads_only(asker: Asker) -> tuple[bool, str]:
    """Whether nothing shall be written unless somebody asks for it, and what is said then.

    A server on another machine is only read. One on this machine is written to, unless it says
    that it holds records which no check has made; a server that cannot say so is written to.
    """
    if not asker.client.target.is_local:
        return True, ELSEWHERE
    try:
        return asker.other_records() is True, HOLDS_OTHERS
    except ClientError:
        return False, ""  # the first check will find out why


Report = Callable[[RunStarted, RunEnded], str]


def badge_of(_: RunStarted, ended: RunEnded) -> str:
    """Render the badge: it does not depend on how the run began."""
    return badge(ended)


def _write_files(
    files: Iterable[tuple[Path | None, Report]], started: RunStarted, ended: RunEnded
) -> None:
    for path, render in files:
        if path is not None:
            _write(path, render(started, ended))


def _insist_on_path(link: str) -> None:
    if not re.fullmatch(r"/[!-~]*", link) or "{{crmId}}" not in link:
        raise usage(f"--contact-link must be a path with {{{{crmId}}}} in it, not {link!r}")


def _code_of(ended: RunEnded) -> int:
    if ended.lost:
        return STOPPED if ended.lost == INTERRUPTED else UNREACHABLE
    return 0 if ended.conforms else NOT_CONFORMING


def _follow(events: Iterator[Event], target: Target) -> tuple[RunStarted, RunEnded]:
    """Let a run go on to its end; says so, and ends, if the target cannot be reached."""
    started: RunStarted | None = None
    try:
        for event in events:
            if isinstance(event, RunStarted):
                started = event
            elif isinstance(event, RunEnded) and started is not None:
                return started, event
    except KeyboardInterrupt as error:  # while something was printed
        mark = f" What was left behind is named {started.mark}-…" if started else ""
        typer.echo(f"customcrm: interrupted.{mark}", err=True)
        raise typer.Exit(STOPPED) from error
    except Unreachable as error:
        typer.echo(f"customcrm: {target.base_url} cannot be checked. {error}.", err=True)
        raise typer.Exit(UNREACHABLE) from error
    raise RuntimeError("a run has neither beginning nor end")


def _one(check_id: str) -> Check:
    # The report names a rule that both kinds of record break by a pattern: `*.create.answers`.
    found = next((each for each in CHECKS if fnmatchcase(each.id, check_id)), None)
    if found is None:
        raise usage(f"There is no check {check_id!r}; --list shows them all")
    return found


def _chosen(only: list[str], skip: list[str]) -> tuple[Check, ...]:
    try:
        return choose(CHECKS, only, skip)
    except BadSelection as error:
        raise usage(str(error)) from error


def _expected(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        return dict(read_baseline(path, {each.id for each in CHECKS}))
    except BadBaseline as error:
        raise usage(str(error)) from error


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise usage(f"{path} cannot be written: {os.strerror(error.errno or 0)}") from error
