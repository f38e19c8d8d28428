"""What the administration commands share: the settings, the store, and who acts."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Final

import typer

from customcrm.app import open_store
from customcrm.clock import new_id, system_clock
from customcrm.operations.ports import Origin
from customcrm.settings import Settings
from customcrm.store.backend import Store

Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        help="sqlite:///<file> or postgresql://…  [CUSTOMCRM_DATABASE_URL]",
    ),
]

ORIGIN: Final = Origin("cli", system_clock, new_id)
"""Who acts from the command line."""


@contextmanager
def administered(database: str | None) -> Iterator[Store]:
    """The store, beside a server that may be running on it."""
    settings = Settings.read(os.environ, {"database_url": database})
    store = open_store(settings)
    try:
        yield store
    finally:
        store.close()
