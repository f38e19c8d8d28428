"""The dashboard without a browser: requests in, pages out."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.applications import Starlette
from starlette.types import ASGIApp

from customcrm.app import create_app
from customcrm.clock import new_id, system_clock
from customcrm.operations.accounts.links import accept, first_link, invite
from customcrm.operations.accounts.people import NewSession, Role
from customcrm.operations.accounts.sessions import begin_session
from customcrm.operations.ports import Backend, Origin
from customcrm.settings import Settings
from customcrm.store.backend import Store
from tests.unit.memory_backend import MemoryBackend

KEY: Final = "the-key-of-the-dashboard-tests"
PASSWORD: Final = "seven green bottles hanging"
ORIGIN: Final = Origin("cli", system_clock, new_id)
BASE: Final = "http://crm.example"
COOKIE: Final = "customcrm_session"


class Browser:
    """Somebody's browser: it tells where its forms come from, and follows no redirect.

    Args:
        app: what answers.
        portal: leads to the event loop that it runs in.
        session: the one that it has.
    """

    def __init__(
        self, app: ASGIApp, portal: BlockingPortal, session: NewSession | None = None
    ) -> None:
        self._app = app
        self.portal = portal
        self.secret = session.secret if session else ""
        self.form = {"csrf": session.session.csrf if session else ""}
        """The least that a form of theirs bears."""

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """A page."""
        return self.fetch("GET", path, headers=headers)

    def post(
        self, path: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """A form that is sent from one of our pages, unless the headers say otherwise."""
        kind = {"content-type": "application/x-www-form-urlencoded", "origin": BASE}
        body = urlencode(form).encode()
        return self.fetch("POST", path, body, {**kind, **(headers or {})})

    def fetch(
        self,
        method: str,
        path: str,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Any request, and what comes of it."""
        return self.portal.call(self._fetch, method, path, content, dict(headers or {}))

    async def _fetch(
        self, method: str, path: str, content: bytes | None, headers: dict[str, str]
    ) -> httpx.Response:
        cookie = {"cookie": f"{COOKIE}={self.secret}"} if self.secret else {}
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(transport=transport, trust_env=False) as http:
            return await http.request(
                method, f"{BASE}{path}", content=content, headers={**cookie, **headers}
            )


class House:
    """The server, with an admin and a member.

    Attributes:
        store: its database.
        file: where that is.
        app: the server.
        people: who they are, by role.
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        portal: BlockingPortal,
        backend: Backend | None = None,
    ) -> None:
        self.store = store
        self.file = settings.database_url.removeprefix("sqlite:///")
        self.app: Starlette = create_app(settings, backend, store=store)
        self._portal = portal
        first = first_link(store, ORIGIN)
        assert first is not None
        told = ("Ana Ruiz", "ana@example.com", PASSWORD, "Europe/Madrid", "tests", ORIGIN)
        admin = accept(store, first, *told)
        _, secret = invite(store, "Tom Becker", "tom@example.com", Role.MEMBER, ORIGIN)
        told = ("Tom Becker", "tom@example.com", PASSWORD, "UTC", "tests", ORIGIN)
        member = accept(store, secret, *told)
        self.people = {"admin": admin.session.person, "member": member.session.person}

    def browser(self, who: str = "nobody") -> Browser:
        """A browser, with a session of its own if somebody is named."""
        person = self.people.get(who)
        if person is None:
            return Browser(self.app, self._portal)
        session = self.store.write_accounts(
            lambda writer: begin_session(writer, person, "tests", ORIGIN)
        )
        return Browser(self.app, self._portal, session)


@contextmanager
def house(
    folder: Path,
    *,
    public_url: str = "",
    own_backend: bool = False,
    database_url: str | None = None,
) -> Iterator[House]:
    """A server on a database of its own, in front of a CRM of its own if asked for."""
    database = database_url or f"sqlite:///{folder}/crm.db"
    options = {"database_url": database, "public_url": public_url or None}
    settings = Settings.read({"CUSTOMCRM_API_KEY": KEY}, options)
    with start_blocking_portal() as portal:
        backend = MemoryBackend() if own_backend else None
        one = House(Store(settings.database_url, system_clock), settings, portal, backend)
        try:
            yield one
        finally:
            one.app.state.close()
