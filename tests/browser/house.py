"""A server with people and simulated leads in it, and a real browser to look at it."""

import os
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
import pytest
import uvicorn
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Request,
    expect,
    sync_playwright,
)
from starlette.applications import Starlette
from starlette.routing import Mount

from customcrm.app import create_app
from customcrm.cli.simulate import yesterday
from customcrm.client.http import Client
from customcrm.client.target import Target
from customcrm.clock import new_id, system_clock
from customcrm.crm.records import Kind
from customcrm.operations.accounts.links import accept, first_link, invite
from customcrm.operations.accounts.people import Role
from customcrm.operations.activities import read_activity
from customcrm.operations.browsing.cards import Card, CardFilter, Order
from customcrm.operations.browsing.events import ActivityFilter, CallFilter
from customcrm.operations.ports import Origin
from customcrm.settings import Settings
from customcrm.simulator.player import play
from customcrm.simulator.scenario import Scenario
from customcrm.store.backend import Store
from tests.databases import running_postgresql
from tests.integration.store.sql import run

KEY: Final = "the-key-of-the-browser-tests"
PASSWORD: Final = "seven green bottles hanging"
ADMIN: Final = ("Ana Ruiz", "ana@example.com")
MEMBER: Final = ("Tom Becker", "tom@example.com")
ORIGIN: Final = Origin("cli", system_clock, new_id)

CHROMIUM: Final = os.environ.get("CHROMIUM", "/usr/bin/chromium")
START_SECONDS: Final = 10.0
PATIENCE_MS: Final = 10_000
"""How long a page may take to become what is expected, on a machine that is busy."""


@dataclass
class House:
    """A server that runs, and what is known of it.

    Attributes:
        url: where its pages are, without a slash at the end.
        store: its database; `database`: the URL of it.
        cookies: the secrets of sessions, by who.
    """

    url: str
    store: Store
    database: str
    cookies: dict[str, str] = field(default_factory=dict)

    def sign_in(self, context: BrowserContext, who: str = "admin") -> None:
        """Give a browser somebody's session, as signing in does."""
        context.add_cookies(
            [{"name": "customcrm_session", "value": self.cookies[who], "url": self.url}]
        )

    def send(self, method: str, path: str, body: Any = None) -> Any:
        """A call of Enginy's; its answer, which must be a success."""
        answer = httpx.request(
            method, self.url + path, json=body, headers={"X-API-Key": KEY}, trust_env=False
        )
        return answer.raise_for_status().json()

    def refused(self, method: str, path: str, body: Any) -> None:
        """A call of Enginy's that must fail."""
        answer = httpx.request(
            method, self.url + path, json=body, headers={"X-API-Key": KEY}, trust_env=False
        )
        assert answer.is_client_error

    def simulate(self, *, leads: int, weeks: int = 8) -> None:
        """Let Enginy come, with made-up leads."""
        scenario = Scenario(until=yesterday(), leads=leads, weeks=weeks)
        play(lambda: Client(Target(self.url, KEY)), scenario)
        self.store.project_pending()
        # Calls are written a second later.
        wanted = CallFilter(operation="create_contacts")
        deadline = time.monotonic() + START_SECONDS
        while not self.store.catalogue.calls(wanted, None, 1).items:
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def talkative_contact(self) -> Card:
        """A contact with whom much was said, and who said something too."""
        replied = CardFilter(replied=True)
        page = self.store.catalogue.cards(Kind.CONTACT, replied, Order(), None, 200)
        return max(page.items, key=lambda card: (card.activities, card.id))

    def everybody(self) -> list[str]:
        """The ids of contacts, as many as a page has at most."""
        page = self.store.catalogue.cards(Kind.CONTACT, CardFilter(), Order(), None, 200)
        return [card.id for card in page.items]

    def html_activity(self) -> str:
        """The id of an email with markup in it."""
        emails = self.store.catalogue.activities(ActivityFilter(type="EMAIL"), None, 200)
        read = (read_activity(self.store, line.activity.id) for line in emails.items)
        return next(email.id for email in read if "<p>" in (email.body or ""))

    def invitation(self) -> str:
        """The secret of a link for somebody new."""
        _, secret = invite(self.store, "Priya Nair", "priya@example.com", Role.MEMBER, ORIGIN)
        return secret

    def execute(self, statement: str, **values: Any) -> None:
        """Do to the database what no operation does yet."""
        run(self.database, statement, **values)


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    """A new database: a SQLite file, or a PostgreSQL where `BROWSER_DATABASE` says so."""
    if os.environ.get("BROWSER_DATABASE", "sqlite") == "sqlite":
        yield f"sqlite:///{folder}/crm.db"
        return
    with running_postgresql() as server, server.fresh_database() as url:
        yield url


@contextmanager
def house(folder: Path, *, prefix: str = "", people: bool = True) -> Iterator[House]:
    """A server on a port of its own, mounted below a path if one is given."""
    with _database(folder) as url, _served(url, prefix=prefix, people=people) as one:
        yield one


@contextmanager
def _served(database: str, *, prefix: str, people: bool) -> Iterator[House]:
    listening = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}{prefix}"
    settings = Settings.read({"CUSTOMCRM_API_KEY": KEY}, {"database_url": database})
    store = Store(settings.database_url, system_clock)
    # What has changed counts as settled at once, in PostgreSQL too.
    store._finder._settle = timedelta(0)  # noqa: SLF001 - no other way
    app: Starlette = create_app(settings, store=store)
    served = Starlette(routes=[Mount(prefix, app)]) if prefix else app
    config = uvicorn.Config(served, log_config=None, access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), name="house")
    thread.start()
    try:
        deadline = time.monotonic() + START_SECONDS
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        yield House(url, store, database, _people(store) if people else {})
    finally:
        app.state.hush()
        server.should_exit = True
        thread.join()
        listening.close()
        app.state.close()


def _people(store: Store) -> dict[str, str]:
    """An admin and a member; the secrets of their sessions."""
    first = first_link(store, ORIGIN)
    assert first is not None
    admin = accept(store, first, *ADMIN, PASSWORD, "Europe/Madrid", "tests", ORIGIN)
    _, invitation = invite(store, *MEMBER, Role.MEMBER, ORIGIN)
    member = accept(store, invitation, *MEMBER, PASSWORD, "UTC", "tests", ORIGIN)
    return {"admin": admin.secret, "member": member.secret}


@contextmanager
def chromium() -> Iterator[Browser]:
    """A real browser; without one the test is skipped, and fails where nobody reads the skips."""
    if not Path(CHROMIUM).exists():
        reason = f"no browser to look with: {CHROMIUM} (set CHROMIUM to another)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"],
        )
        yield browser
        browser.close()


class Watch:
    """Sees what must never happen on a page: errors, violated policies, requests elsewhere."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self._host = urlsplit(url).netloc
        self._forgiven: tuple[str, ...] = ()
        self.seen: list[str] = []
        context.on("console", lambda message: self._on_console(message.type, message.text))
        context.on("weberror", lambda error: self.seen.append(f"error: {error.error}"))
        context.on("request", self._on_request)

    def forgive(self, *texts: str) -> None:
        """Errors with one of these texts are part of the test."""
        self._forgiven += texts

    def _on_console(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.seen.append(f"{kind}: {text}")

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != self._host:
            self.seen.append(f"request elsewhere: {request.url}")

    def assert_clean(self) -> None:
        """Fail if anything was seen."""
        left = [one for one in self.seen if not any(text in one for text in self._forgiven)]
        assert not left, left


def settled(page: Page) -> None:
    """Wait until the page is there, and no part of it is on its way."""
    page.wait_for_load_state("load")
    expect(page.locator(".htmx-request, .htmx-swapping")).to_have_count(0)


def texts(page: Page, selector: str) -> Sequence[str]:
    """The texts of elements, as somebody reads them."""
    return [text.strip() for text in page.locator(selector).all_inner_texts()]
