"""The only place that joins the rooms: settings in, an ASGI application out."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware

from customcrm import __version__
from customcrm.api.accounting import Accounting
from customcrm.api.desk import Desk
from customcrm.api.doorkeeper import Doorkeeper
from customcrm.api.endpoint import method_not_allowed, not_found
from customcrm.api.routes import TidyPaths, routes
from customcrm.clock import Clock, NewId, new_id, system_clock
from customcrm.dashboard.desk import Desk as DashboardDesk
from customcrm.dashboard.newsroom import Newsroom
from customcrm.dashboard.routes import routes as pages
from customcrm.operations.accounts.throttle import Throttle
from customcrm.operations.browsing.owners import OwnerDirectory
from customcrm.operations.ports import Backend
from customcrm.operations.properties import PropertyBook
from customcrm.operations.rulebook import RuleBook
from customcrm.settings import Settings
from customcrm.store.backend import Store


def open_store(settings: Settings, clock: Clock = system_clock, *, alone: bool = False) -> Store:
    """Open the database that the settings name, and bring its schema up to date.

    Args:
        settings: they name the database.
        clock: gives the time.
        alone: whether no other server may work on the same SQLite file.

    Raises:
        OperatorError: it cannot be opened; says why.
        StoreUnavailable: it cannot be reached.
    """
    return Store(settings.database_url, clock, alone=alone)


def create_app(
    settings: Settings,
    backend: Backend | None = None,
    *,
    store: Store | None = None,
    clock: Clock = system_clock,
    new_id: NewId = new_id,
) -> Starlette:
    """The whole server as an ASGI application; it can be mounted under any path of another.

    Its shutdown closes the store. A server that waits for open answers before it shuts down calls
    `app.state.hush()` first, which ends the streams of open tabs. Where an application that mounts
    it does not run the lifespan of what it mounts, call `app.state.close()`.

    Args:
        settings: as read from the environment or made by hand.
        backend: your own CRM; the built-in one if None. Keys and the log of calls are kept in
            the database of the settings in either case.
        store: the database, if it is open already.
        clock: gives the time.
        new_id: gives ids.
    """
    opened = store or open_store(settings, clock, alone=True)
    opened.keep_cards()
    rule_book = RuleBook(settings.rules, opened)
    if backend is None:
        opened.find_duplicates()
        opened.start_derivations()
        opened.run_jobs(rule_book.rules)
    desk = Desk(
        backend=backend or opened,
        doorkeeper=Doorkeeper(opened, settings.api_key, clock),
        call_log=opened,
        clock=clock,
        new_id=new_id,
        rule_book=rule_book,
        users_offered=settings.users_endpoint,
        key_header=settings.api_key_header,
        public_url=settings.public_url,
        version=__version__,
    )
    newsroom = Newsroom(opened.catalogue)
    opened.listen(newsroom.wake)
    dashboard = DashboardDesk(
        backend=desk.backend,
        catalogue=opened.catalogue,
        merges=opened.merges,
        own_data=backend is None,
        accounts=opened,
        owners=OwnerDirectory(opened, opened.catalogue),
        keyring=opened,
        rule_book=rule_book,
        newsroom=newsroom,
        property_book=PropertyBook(opened),
        jobs=opened,
        views=opened.views,
        throttle=Throttle(clock),
        clock=clock,
        new_id=new_id,
        key_header=settings.api_key_header,
        configured_key=bool(settings.api_key),
        public_url=settings.public_url,
        version=__version__,
    )
    close = _closing(opened, backend)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        newsroom.close()
        close()

    app = Starlette(
        routes=[*routes(desk), *pages(dashboard)],
        middleware=[Middleware(Accounting, desk=desk), Middleware(TidyPaths)],
        lifespan=lifespan,
        exception_handlers={405: method_not_allowed},
    )
    app.router.redirect_slashes = False
    app.router.default = not_found
    app.state.close = close
    app.state.hush = newsroom.close
    return app


def _closing(store: Store, backend: Backend | None) -> Callable[[], Any]:
    """What lets go of everything; done twice it does nothing more."""
    open_ = [each for each in (backend, store) if each is not None]

    def close() -> None:
        while open_:
            open_.pop(0).close()

    return close
