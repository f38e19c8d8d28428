"""What the administration commands share: the settings, the store, and who acts."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Final

import typer

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


def settings_of(database: str | None) -> Settings:
    """The settings, with the database that was named on the command line."""
    return Settings.read(os.environ, {"database_url": database})


def shown(host: str) -> str:
    """A host as it stands in a URL that can be clicked."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return "127.0.0.1" if host == "0.0.0.0" else "[::1]"  # noqa: S104 - as above
    return f"[{host}]" if ":" in host else host


def url_of(settings: Settings, port: int | None = None) -> str:
    """Where people reach the server.

    Args:
        settings: the public URL wins, if somebody has said one.
        port: that it listens on, if it is known; else as set.
    """
    return settings.public_url or f"http://{shown(settings.host)}:{port or settings.port}"


def sign_in_url(url: str, secret: str) -> str:
    """The page that a one-time link leads to."""
    return f"{url}/view/link/{secret}"


@contextmanager
def administered(database: str | None) -> Iterator[Store]:
    """The store, beside a server that may be running on it."""
    store = Store(settings_of(database).database_url, system_clock)
    try:
        yield store
    finally:
        store.close()
