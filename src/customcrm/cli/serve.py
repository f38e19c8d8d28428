"""`customcrm serve`: the server."""

import gc
import os
import signal
import socket
import sys
from typing import Annotated, Final

import typer
import uvicorn
from starlette.applications import Starlette

from customcrm import __version__, log
from customcrm.app import create_app, open_store
from customcrm.cli.administration import ORIGIN, Database, shown, sign_in_url, url_of
from customcrm.cli.demo import DATABASE as DEMO_DATABASE
from customcrm.cli.demo import fill
from customcrm.cli.descriptors import connection_limits
from customcrm.errors import BadSetting
from customcrm.operations.accounts.links import first_link
from customcrm.operations.keys import create_key, live
from customcrm.settings import Settings
from customcrm.store.backend import Store
from customcrm.web.connections import ConnectionLimits, ConnectionRegistry
from customcrm.web.http_protocol import bounded

SHUTDOWN_SECONDS: Final = 30
"""How long requests in flight may take when the server is told to stop."""

BACKLOG: Final = 2048
"""Connections that may wait to be accepted; they are accepted one at a time."""

FILLED: Final = "The leads, companies and conversations in here are made up."
NOT_FILLED: Final = "There are leads in the database already; the demo has added none."

DATABASE_SETTING: Final = "CUSTOMCRM_DATABASE_URL"

OBJECTS_PER_COLLECTION: Final = 20_000

Text = Annotated[str | None, typer.Option()]


def serve(  # noqa: PLR0913 - a command has the options that it has
    *,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on.  [CUSTOMCRM_HOST, 127.0.0.1]")
    ] = None,
    port: Annotated[
        str | None, typer.Option(help="Port; 0 is any free one.  [CUSTOMCRM_PORT, 3456]")
    ] = None,
    database: Database = None,
    api_key_header: Annotated[
        str | None,
        typer.Option(help="Header of the key.  [CUSTOMCRM_API_KEY_HEADER, X-API-Key]"),
    ] = None,
    public_url: Annotated[
        str | None, typer.Option(help="Where the world reaches it.  [CUSTOMCRM_PUBLIC_URL]")
    ] = None,
    users_endpoint: Annotated[
        str | None, typer.Option(help="on or off: GET /users.  [CUSTOMCRM_USERS_ENDPOINT, on]")
    ] = None,
    max_connections: Annotated[
        str | None, typer.Option(help="Open connections.  [CUSTOMCRM_MAX_CONNECTIONS, 10000]")
    ] = None,
    max_connections_per_address: Annotated[
        str | None,
        typer.Option(
            help="Open connections of one address; 0 is no limit.  "
            "[CUSTOMCRM_MAX_CONNECTIONS_PER_ADDRESS, 256]"
        ),
    ] = None,
    demo: Annotated[
        bool,
        typer.Option("--demo", help="Fill an empty database with made-up leads first."),
    ] = False,
) -> None:
    """Serve the contract until told to stop.

    The API key is set by CUSTOMCRM_API_KEY alone: what stands on a command line is seen by all.
    """
    log.to_standard_error()
    _spare_the_collector()
    if demo and DATABASE_SETTING not in os.environ:
        database = database or DEMO_DATABASE
    settings = Settings.read(
        os.environ,
        {
            "host": host,
            "port": port,
            "database_url": database,
            "api_key_header": api_key_header,
            "public_url": public_url,
            "users_endpoint": users_endpoint,
            "max_connections": max_connections,
            "max_connections_per_address": max_connections_per_address,
        },
    )
    limits = connection_limits(settings)
    listening = _listen(settings)
    store = open_store(settings, alone=True)
    if demo:
        with log.quietly():
            filled = fill(store, settings)
        typer.echo(FILLED if filled else NOT_FILLED, err=True)
    app = create_app(settings, store=store)
    server = _server(app, limits)
    _greet(settings, listening.getsockname()[1], store)
    try:
        server.run(sockets=[listening])
    finally:
        app.state.close()


class _Server(uvicorn.Server):
    """Ends the streams of open tabs before it waits for what is in flight: they never end."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop."""
        self.config.app.state.hush()  # type: ignore[union-attr]  # it is ours, and loaded
        await super().shutdown(sockets)


def _server(app: Starlette, limits: ConnectionLimits) -> uvicorn.Server:
    """What serves the application, and stops well when it is told to, even before it has begun."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="on",
        http=bounded(ConnectionRegistry(limits)),
        backlog=BACKLOG,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
    server = _Server(config)

    def stop(*_: object) -> None:
        server.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        # uvicorn has its own while it runs, and raises them again at its end: that does nothing.
        signal.signal(number, stop)
    return server


def _spare_the_collector() -> None:
    """Let Python look for garbage in cycles less often, and never among what was imported.

    A batch makes thousands of objects and hardly a cycle: looking after every 700 of them took a
    tenth of the time of a create.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_PER_COLLECTION)


def _listen(settings: Settings) -> socket.socket:
    """A socket that listens already, so that the URL we print works."""
    try:
        (family, kind, _, _, address), *_ = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        listening = socket.socket(family, kind)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(BACKLOG)
    except OSError as error:
        raise BadSetting(
            f"Cannot listen on {settings.host} port {settings.port}: {error.strerror}. "
            "Choose another with --port (0 takes any free one)."
        ) from error
    return listening


def _greet(settings: Settings, port: int, store: Store) -> None:
    """Say where the server is and, the first time, which key it takes and how to sign in."""
    url = f"http://{shown(settings.host)}:{port}"
    made = None
    if not settings.api_key and not live(store.api_keys()):
        made = create_key(store, "first", ORIGIN)
    typer.echo(f"customcrm {__version__} is listening on {url}")
    typer.echo(f"  Reference   {url}/docs")
    typer.echo(f"  Key header  {settings.api_key_header}")
    if made:
        typer.echo(f"  API key     {made.secret}")
        typer.echo("              shown this once: keep it, only its digest is stored")
    elif not settings.api_key:
        typer.echo("  API key     as shown at the first start (`customcrm keys create` makes more)")
    if link := first_link(store, ORIGIN):
        typer.echo(f"  Sign in     {sign_in_url(url_of(settings, port), link)}")
        typer.echo("              makes you the first admin: once, within a day")
    sys.stdout.flush()
