"""`customcrm simulate`: plays Enginy against a server, so that one can see a CRM fill up."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import TracebackType
from typing import Annotated, Final, Self

import msgspec
import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)

from customcrm.cli.target import (
    UNREACHABLE,
    Insecure,
    Key,
    KeyHeader,
    Timeout,
    Url,
    console,
    decimal_number,
    read_target,
    usage,
    whole_number,
)
from customcrm.client.exchange import Request
from customcrm.client.http import TIMEOUT_SECONDS, Client, ClientError
from customcrm.client.target import KEY_HEADER
from customcrm.simulator.faults import Faults
from customcrm.simulator.player import Tempo, play
from customcrm.simulator.scenario import BadScenario, Scenario
from customcrm.simulator.summary import Records, Summary

LEADS: Final = 500
WEEKS: Final = 52

REFUSALS: Final = frozenset({401, 403})

FAILED: Final = 1
"""Exit code: the server has refused something, failed at it, or given ids to other records."""


def simulate(  # noqa: PLR0913 - a command has the options that it has
    url: Url = None,
    *,
    key: Key = None,
    key_header: KeyHeader = KEY_HEADER,
    leads: Annotated[
        int, typer.Option("--leads", metavar="N", parser=whole_number, help="Number of contacts.")
    ] = LEADS,
    companies: Annotated[
        int,
        typer.Option(
            "--companies",
            metavar="N",
            parser=whole_number,
            help="Number of companies; 0: one to six contacts.",
        ),
    ] = 0,
    seed: Annotated[
        int,
        typer.Option(
            "--seed",
            metavar="N",
            parser=whole_number,
            help="Another number makes other people and events.",
        ),
    ] = 1,
    weeks: Annotated[
        int,
        typer.Option(
            "--weeks", metavar="N", parser=whole_number, help="Weeks that the campaigns have run."
        ),
    ] = WEEKS,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="DATE", help="Last day: 2026-03-01. Default: yesterday."),
    ] = None,
    live: Annotated[
        bool, typer.Option("--live", help="Continue in real time until Ctrl-C.")
    ] = False,
    rate: Annotated[
        float,
        typer.Option(
            "--rate", metavar="N", parser=decimal_number, help="Requests per second; 0: no limit."
        ),
    ] = 0.0,
    retry_every: Annotated[
        int,
        typer.Option(
            "--retry-every", metavar="N", parser=whole_number, help="Repeat every Nth request."
        ),
    ] = 0,
    drop_every: Annotated[
        int,
        typer.Option(
            "--drop-every",
            metavar="N",
            parser=whole_number,
            help="Drop every Nth answer and retry.",
        ),
    ] = 0,
    reorder: Annotated[
        bool, typer.Option("--reorder", help="Shuffle independent requests.")
    ] = False,
    workers: Annotated[
        int,
        typer.Option(
            "--workers", metavar="N", parser=whole_number, help="Requests in flight at once."
        ),
    ] = 1,
    slow: Annotated[
        float,
        typer.Option(
            "--slow",
            metavar="SECONDS",
            parser=decimal_number,
            help="Seconds that sending a body takes.",
        ),
    ] = 0.0,
    json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
    timeout: Timeout = TIMEOUT_SECONDS,
    insecure: Insecure = False,
) -> None:
    """Fill a server with a year of made-up campaigns, as Enginy would.

    The same seed and last day send the same requests, byte for byte. The data stays in the server:
    use one for tests.

    Exit codes: 0 done, 1 the server refused a request, 2 wrong usage, 3 server unreachable.
    """
    target = read_target("simulate", url, key, key_header)
    try:
        scenario = Scenario.read(
            until=_day(until), seed=seed, leads=leads, companies=companies, weeks=weeks
        )
        faults = Faults.read(
            retry_every=retry_every,
            drop_every=drop_every,
            reorder=reorder,
            workers=workers,
            slow=slow,
        )
        tempo = Tempo.read(rate=rate, live=live)
    except BadScenario as error:
        raise usage(str(error)) from error
    try:
        with Client(target, timeout=timeout, verify=not insecure) as client:
            if client.send(Request("GET", "/health")).status in REFUSALS:
                raise usage(f"{target.base_url} refuses the key")
        with Bar(console(stderr=True)) as bar:
            summary = play(
                lambda: Client(target, timeout=timeout, verify=not insecure),
                scenario,
                faults,
                tempo,
                bar,
            )
    except ClientError as error:
        typer.echo(f"customcrm: {target.base_url}: {error}.", err=True)
        raise typer.Exit(UNREACHABLE) from error
    if json:
        typer.echo(msgspec.json.format(msgspec.json.encode(summary), indent=2).decode())
    else:
        typer.echo("\n".join(summed_up(summary)))
    if summary.errors or summary.skipped:
        raise typer.Exit(FAILED)


def yesterday() -> date:
    """The last day of which all has happened."""
    return datetime.now(UTC).date() - timedelta(days=1)


def _day(text: str | None) -> date:
    if text is None:
        return yesterday()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise usage(f"--until must be a date such as 2026-03-01, not {text!r}") from error


class Bar:
    """Draws how far a story is told. Implements `simulator.listener.Listener`.

    Args:
        out: where to; nothing is drawn where it is no terminal.
    """

    def __init__(self, out: Console) -> None:
        self._progress = Progress(
            BarColumn(24),
            TextColumn("{task.fields[calls]:>7,} calls"),
            TimeElapsedColumn(),
            TextColumn("{task.description}"),
            console=out,
            transient=True,
            disable=not out.is_terminal,
        )
        self._task = self._progress.add_task("", total=1.0, calls=0)
        self._calls = 0

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def phase_started(self, title: str, calls: int, share: float) -> None:
        """As the port says."""
        del calls
        self._progress.update(self._task, description=title, completed=share)

    def called(self, operation: str, status: int) -> None:
        """As the port says."""
        del operation, status
        self._calls += 1
        self._progress.update(self._task, calls=self._calls)


def summed_up(summary: Summary) -> Iterator[str]:
    """A summary for people, line by line."""
    companies, contacts = summary.companies, summary.contacts
    yield _line(companies.created, "companies", _beside(companies))
    yield _line(contacts.created, "contacts", _beside(contacts))
    yield _line(summary.associations, "links of contacts to companies")
    yield _line(sum(summary.activities.values()), "activities")
    for kind, count in sorted(summary.activities.items()):
        yield f"{'':11}{count:>9,}  {kind}"
    yield _line(summary.tasks_created, "tasks", f"{summary.tasks_completed:,} of them done")
    yield _line(contacts.updated + companies.updated, "updates of engagement fields")
    yield ""
    yield _line(
        sum(summary.requests.values()),
        f"requests in {summary.seconds:,.1f} s",
        f"{summary.requests_per_second:,.0f}/s with {summary.records_per_second:,.0f} records/s",
    )
    told = {"p50": summary.latency.p50, "p95": summary.latency.p95, "p99": summary.latency.p99}
    yield f"{'':11}" + ", ".join(
        f"{name} {milliseconds:.1f} ms" for name, milliseconds in told.items()
    )
    for kind, count in sorted(summary.errors.items()):
        yield _line(count, f"errors: {kind}")
    if summary.skipped:
        yield _line(summary.skipped, "requests not sent: a record they need is missing")
    if summary.interrupted:
        yield f"{'':11}interrupted"


def _line(number: int, what: str, beside: str = "") -> str:
    return f"{number:>9,}  {what}{', ' if beside else ''}{beside}"


def _beside(records: Records) -> str:
    """How many records were sent, and how many were known."""
    known = f", {records.matched:,} known before" if records.matched else ""
    return f"{records.exported:,} sent{known}"
