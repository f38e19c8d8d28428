"""`serve --demo`: a database that somebody has worked with already."""

import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Final

import uvicorn
from rich.console import Console

from customcrm.app import create_app
from customcrm.cli.administration import ORIGIN
from customcrm.cli.simulate import Bar, yesterday
from customcrm.client.http import Client
from customcrm.client.target import Target
from customcrm.errors import EmailTaken
from customcrm.operations.users import add_user
from customcrm.settings import Settings
from customcrm.simulator.player import play
from customcrm.simulator.scenario import Scenario
from customcrm.store.backend import Store

DATABASE: Final = "sqlite:///customcrm-demo.db"
"""Where a demo is kept unless somebody says otherwise: not among real leads."""

LEADS: Final = 500
WEEKS: Final = 26
TEAM: Final = ("Ana Ruiz", "Tom Becker", "Priya Nair")
"""Who owns the leads."""

START_SECONDS: Final = 10.0


def fill(store: Store, settings: Settings) -> bool:
    """Let the simulator fill a database, if nothing is in it.

    Enginy's part is played over HTTP, as it is in earnest: a server runs on this machine meanwhile,
    with a key that nobody learns.

    Returns:
        Whether there was anything to do.
    """
    if not store.read(lambda reader: reader.is_empty()):
        return False
    for name in TEAM:
        with suppress(EmailTaken):  # somebody who signs in is in the team already
            add_user(store, name, f"{name.split()[0].lower()}@example.com", ORIGIN)
    scenario = Scenario(until=yesterday(), leads=LEADS, weeks=WEEKS)
    with _served(store, settings) as target, Bar(Console(stderr=True)) as bar:
        play(lambda: Client(target), scenario, listener=bar)
    return True


@contextmanager
def _served(store: Store, settings: Settings) -> Iterator[Target]:
    """A server on this machine alone, as long as the block lasts."""
    key = secrets.token_urlsafe(32)
    app = create_app(replace(settings, api_key=key, users_endpoint=True), store=store)
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), name="demo")
    thread.start()
    try:
        deadline = time.monotonic() + START_SECONDS
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        port = listening.getsockname()[1]
        yield Target(f"http://127.0.0.1:{port}", key, settings.api_key_header)
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
