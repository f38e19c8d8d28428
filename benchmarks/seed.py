"""Databases that hold so many contacts, made by the store's own code and kept for the next run."""

import os
import shutil
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from rich.console import Console
from sqlalchemy import Connection, Engine, event

from benchmarks import people
from customcrm import __version__
from customcrm.clock import new_id, system_clock
from customcrm.contract.activities import Activity
from customcrm.contract.tasks import Task
from customcrm.crm.activity_text import activity_text
from customcrm.crm.match_keys import MatchKey, contact_keys
from customcrm.crm.records import CONTACT_RULES
from customcrm.operations.ports import Origin, Stamp, Writer
from customcrm.operations.records import create_records
from customcrm.store.backend import Store

RESULTS: Final = Path(__file__).parent / "results"
"""What is kept between runs; not part of the project."""

PER_TRANSACTION: Final = 10_000
AHEAD: Final = 3
"""Batches that are made while one is stored."""

CONTACTS_PER_TASK: Final = 10
CONTACTS_PER_ACTIVITY: Final = 10
SENT: Final = datetime(2026, 1, 1, tzinfo=UTC)

_ORIGIN: Final = Origin("key:benchmark", system_clock, new_id)
_FAST: Final = ("synchronous = OFF", "journal_mode = MEMORY", "cache_size = -3000000")
"""Nobody minds if a half-made seed is lost."""

Told = tuple[dict[str, Any], tuple[MatchKey, ...]]


def seeds(sizes: Sequence[int], console: Console) -> dict[int, Path]:
    """A database for each number of contacts: those of the last run if nothing has changed."""
    RESULTS.mkdir(exist_ok=True)
    fingerprint = _fingerprint()
    for stale in RESULTS.glob("seed-*"):
        if not stale.name.startswith(f"seed-{fingerprint}-"):
            stale.unlink()
    found = {size: RESULTS / f"seed-{fingerprint}-{size}.db" for size in sorted(sizes)}
    nearest: tuple[int, Path] | None = None
    for size, path in found.items():
        if not path.exists():
            console.print(f"Seeding {size:,} contacts ...")
            _grow(nearest, size, path)
        nearest = size, path
    return found


def _fingerprint() -> str:
    """Changes with the schema, the program's version and the made-up contacts."""
    with TemporaryDirectory() as directory:
        path = Path(directory) / "empty.db"
        Store(f"sqlite:///{path}", system_clock).close()
        with closing(sqlite3.connect(path)) as database:
            schema = [row[0] for row in database.execute("SELECT sql FROM sqlite_master")]
    code = [Path(module).read_text() for module in (__file__, people.__file__)]
    return blake2b(repr((schema, __version__, code)).encode(), digest_size=6).hexdigest()


def _grow(nearest: tuple[int, Path] | None, size: int, path: Path) -> None:
    """Make a database from the next smaller one."""
    start = 0
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    if nearest:
        start = nearest[0]
        shutil.copyfile(nearest[1], unfinished)
    event.listen(Engine, "engine_connect", _hurry)
    store = Store(f"sqlite:///{unfinished}", system_clock)
    ids = _add_contacts(store, start, size)
    _add_events(store, ids)
    store.close()
    event.remove(Engine, "engine_connect", _hurry)
    _settle(unfinished)
    unfinished.rename(path)


def _hurry(connection: Connection) -> None:
    """Give up every safety of a connection: a seed is made once, and alone."""
    cursor = connection.connection.cursor()
    for pragma in _FAST:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _settle(path: Path) -> None:
    """Leave one file, in the mode that the server uses, on disk."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy_settled(path, None)


def copy_settled(path: Path, target: Path | None) -> None:
    """Copy a database, if there is a target, and wait until the disk is at rest again."""
    if target:
        for suffix in ("-wal", "-shm"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(path, target)
    with (target or path).open("rb+") as file:
        os.fsync(file.fileno())


def _add_contacts(store: Store, start: int, stop: int) -> list[str]:
    """Create contacts by the server's own operation; the keys are made by other processes."""
    ids: list[str] = []
    with ProcessPoolExecutor(max_workers=1) as process:
        for batch in _ahead(process, _ranges(start, stop)):
            rules = replace(CONTACT_RULES, keys_of=_lookup(batch))
            outcomes = create_records(store, rules, [record for record, _ in batch], _ORIGIN)
            ids += [outcome.record_id for outcome in outcomes]
    return ids


def _ahead(process: ProcessPoolExecutor, ranges: Iterable[range]) -> Iterator[list[Told]]:
    """The contacts of each range, made while those before are stored."""
    pending: deque[Future[list[Told]]] = deque()
    for numbers in ranges:
        pending.append(process.submit(_told, numbers))
        if len(pending) > AHEAD:
            yield pending.popleft().result()
    while pending:
        yield pending.popleft().result()


def _lookup(batch: Sequence[Told]) -> Callable[[Mapping[str, Any]], tuple[MatchKey, ...]]:
    """What gives the keys of the contacts of a batch, which are made already."""
    keys = {record["linkedinUrl"]: of_one for record, of_one in batch}
    return lambda properties: keys[properties["linkedinUrl"]]


def _ranges(start: int, stop: int) -> Iterator[range]:
    for first in range(start, stop, PER_TRANSACTION):
        yield range(first, min(first + PER_TRANSACTION, stop))


def _told(numbers: range) -> list[Told]:
    records = [people.contact(number) for number in numbers]
    return [(record, contact_keys(record)) for record in records]


def _add_events(store: Store, ids: list[str]) -> None:
    """Give every tenth contact a task and every tenth an activity."""
    for numbers in _ranges(0, len(ids)):
        chunk = ids[numbers.start : numbers.stop]
        store.write(partial(_write_events, ids=chunk))


def _write_events(writer: Writer, ids: list[str]) -> None:
    stamp = Stamp(_ORIGIN.clock(), _ORIGIN.actor)
    for contact_id in ids[::CONTACTS_PER_TASK]:
        task = Task(id=new_id("task"), subject="Call back", type="call", contact_id=contact_id)
        writer.insert_task(task, stamp)
    for number, contact_id in enumerate(ids[1::CONTACTS_PER_ACTIVITY]):
        activity = Activity(
            id=new_id("activity"),
            type="EMAIL",
            direction="OUTBOUND",
            subject="[1/3] [FROM Acme Corp] John Smith",
            body="<p>Hello, may I show you what we make?</p>",
            occurred_at=SENT,
            contact_id=contact_id,
            metadata={"messageId": f"seed-{number}", "sequenceIndex": 1},
        )
        text = activity_text(activity.body, activity.subject, activity.direction, {})
        writer.insert_activity(activity, text, f"seed {contact_id}", stamp)
