"""Measures a job in bulk beside Enginy's calls: `python -m benchmarks.bulk --help`."""

import time
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from rich.console import Console
from rich.table import Table
from sqlalchemy import create_engine

from benchmarks.calls import Calls, Took, calling, half_and_most
from benchmarks.machine import OtherWork, description
from benchmarks.pages_seed import NOW, seed
from benchmarks.server import Server
from customcrm.clock import new_id, system_clock
from customcrm.operations.browsing.cards import CardFilter
from customcrm.operations.bulk.asking import start_job, undo_job
from customcrm.operations.bulk.jobs import Deed, Job, Selection, Verb
from customcrm.operations.nouns import Noun
from customcrm.operations.ports import Origin
from customcrm.store.backend import Store

ORIGIN: Final = Origin("user:benchmark", system_clock, new_id)
ALONE_SECONDS: Final = 15.0
LOOK_SECONDS: Final = 0.1


class Found(NamedTuple):
    """What calls took while something ran.

    Attributes:
        while_: what ran.
        seconds: how long.
        records: how many records it changed.
        took: of each call, in seconds, by what it was.
    """

    while_: str
    seconds: float
    records: int
    took: Took


def _ended(store: Store, job_id: str) -> Job:
    while True:
        job = store.read_jobs(lambda reader: reader.job(job_id))
        if job is not None and job.ended:
            return job
        time.sleep(LOOK_SECONDS)


def _timed(store: Store, calls: Calls, what: str, ask: Callable[[], Job | None]) -> Found:
    calls.taken()
    began = time.perf_counter()
    job = ask()
    assert job is not None
    done = _ended(store, job.id)
    return Found(what, time.perf_counter() - began, done.changed, calls.taken())


def measure(database: Path, contacts: int) -> list[Found]:
    """Change all contacts of a database and take it back, while calls come."""
    server = Server(database)
    try:
        with (
            closing(Store(f"sqlite:///{database}", system_clock)) as store,
            calling(server, contacts) as calls,
        ):
            time.sleep(1)
            calls.taken()
            time.sleep(ALONE_SECONDS)
            alone = Found("nothing else", ALONE_SECONDS, 0, calls.taken())
            # As many as were there before: the calls make more.
            chosen = Selection(cards=CardFilter(created_to=NOW))
            deed = Deed(Verb.SET, "ownerId", "tom")
            jobs: list[Job] = []

            def change() -> Job:
                jobs.append(start_job(store, Noun.CONTACT, deed, chosen, ORIGIN))
                return jobs[0]

            changed = _timed(store, calls, "change", change)
            undone = _timed(store, calls, "undo", lambda: undo_job(store, jobs[0].id, ORIGIN))
            return [alone, changed, undone]
    finally:
        server.stop()


def _grid(found: Sequence[Found], contacts: int) -> Table:
    table = Table(title=f"{contacts:,} contacts changed, and back", title_justify="left")
    table.add_column("beside")
    for name in ("seconds", "records", "records/s"):
        table.add_column(name, justify="right")
    for what in found[0].took:
        for name in ("p50", "p99"):
            table.add_column(f"{what} {name} ms", justify="right")
    for one in found:
        rate = f"{one.records / one.seconds:,.0f}" if one.records else ""
        cells = [one.while_, f"{one.seconds:.1f}", f"{one.records:,}", rate]
        for took in one.took.values():
            cells += [f"{value:.1f}" for value in half_and_most(took)]
        table.add_row(*cells)
    return table


def main() -> None:
    """Make a database, measure, print a table."""
    parser = ArgumentParser(description="A job in bulk beside Enginy's calls, on SQLite.")
    parser.add_argument("--contacts", type=int, default=100_000)
    contacts = parser.parse_args().contacts
    console = Console(width=160)
    with TemporaryDirectory() as folder:
        database = Path(folder) / "bulk.db"
        with closing(Store(f"sqlite:///{database}", system_clock)) as store:
            engine = create_engine(f"sqlite:///{database}")
            seed(engine, contacts)
            engine.dispose()
            store.project_pending()
        others = OtherWork()
        found = measure(database, contacts)
        console.print(_grid(found, contacts))
        console.print(f"Measured on {description()}.")
        console.print(f"Other work took {others.share():.0%} of the CPUs meanwhile.")


if __name__ == "__main__":
    main()
