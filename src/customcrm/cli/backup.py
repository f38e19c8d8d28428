"""`customcrm backup` and `customcrm restore`: the database as one file."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from customcrm.cli.administration import Database, settings_of
from customcrm.clock import system_clock
from customcrm.store.backup import back_up
from customcrm.store.backup import restore as restore_backup

_MEGABYTE = 1_000_000


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it; or a folder.")],
    *,
    keep: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Keep the newest N backups in the folder."),
    ] = None,
    database: Database = None,
) -> None:
    """Copy the database to a file, and check the copy. The server may be running."""
    with _stoppable() as stopped:
        done = back_up(
            settings_of(database).database_url,
            file,
            keep=keep,
            now=system_clock(),
            stopped=stopped,
        )
    size = f"{done.size / _MEGABYTE:,.1f} MB"
    typer.echo(f"Backed up {done.database} to {done.file} ({size}); the copy was checked.")
    for each in done.removed:
        typer.echo(f"Removed {each}.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    *,
    database: Database = None,
) -> None:
    """Put a backup in the place of the database. Stop the server first."""
    with _stoppable() as stopped:
        done = restore_backup(
            settings_of(database).database_url, file, now=system_clock(), stopped=stopped
        )
    typer.echo(f"Restored {done.database} from {file}.")
    if done.set_aside is not None:
        typer.echo(f"The database that was there before is now {done.set_aside}.")


@contextmanager
def _stoppable() -> Iterator[Callable[[], bool]]:
    """Note Ctrl-C and SIGTERM instead of ending at once, and yield what tells whether one came."""
    received: list[int] = []

    def note(number: int, _: Any) -> None:
        received.append(number)

    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, note) for number in numbers]
    try:
        yield lambda: bool(received)
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
