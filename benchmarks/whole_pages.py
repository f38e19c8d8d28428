"""Pages as a browser gets them: from a request on a socket to the last byte of the answer."""

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from secrets import token_urlsafe
from statistics import median
from typing import Final, NamedTuple

import httpx
import uvicorn

from benchmarks.pages_seed import NOW, company_id, contact_id, mixed
from customcrm.app import create_app
from customcrm.clock import new_id
from customcrm.dashboard.gate import COOKIE
from customcrm.dashboard.urls import token_of
from customcrm.operations.accounts.links import accept, first_link
from customcrm.operations.accounts.ports import AccountWriter
from customcrm.operations.accounts.sessions import begin_session
from customcrm.operations.browsing.cards import Cursor, Sort
from customcrm.operations.ports import Origin
from customcrm.settings import Settings
from customcrm.store.backend import Store

RUNS: Final = 15
START_SECONDS: Final = 30.0
STAGES: Final = ("contacted=yes", "connected=no", "replied=EMAIL", "step=2", "replied_after=2")
"""What the page of a campaign leads to."""

_OF_PROPERTIES: Final = (
    "/view/properties",
    "/view/property/facts?kind=contact&name=email",
    "/view/property/facts?kind=contact&name=rare",
    "/view/property?kind=contact&name=level",
)
_ADMIN: Final = ("Ana Ruiz", "ana@example.com")
_ORIGIN: Final = Origin("cli", lambda: NOW, new_id)


class PageTime(NamedTuple):
    """How long a page took: the median and the longest, in milliseconds, and its size in bytes."""

    path: str
    median_ms: float
    longest_ms: float
    size: int


def whole_pages(url: str, deep: Mapping[Sort, Cursor], contacts: int) -> Iterator[PageTime]:
    """Ask a server on the database for one page after another, each so many times."""
    with _served(url) as client:
        for path in _paths(deep, contacts):
            yield _timed(client, path)


def _paths(deep: Mapping[Sort, Cursor], contacts: int) -> Iterator[str]:
    yield "/"
    yield "/view/contacts"
    for sort in Sort:
        by = "created" if sort is Sort.CREATED else sort.value
        yield f"/view/contacts?sort=-{by}&at={token_of(deep[sort])}"
        yield f"/view/contacts?sort=-{by}&at={token_of(deep[sort]._replace(backwards=True))}"
    for words in ("a", "garcia1", "ana+garcia12", "solar+ceo", "xqzw"):
        yield f"/view/contacts?q={words}"
        yield f"/view/contacts?q={words}&sort=name"
    for query in (
        "owner=user_3",
        "campaign=campaign+7&sort=-lastActivity",
        "channel=LINKEDIN",
        "replied=yes&sort=-lastActivity",
        "replied=waiting",
        "engaged=yes",
        f"company={company_id(0)}",
        "prop=level&value=42",
        "prop=rare&sort=name",
        "prop=level&from=12&to=57",
        "prop=level&from=97&sort=name",
        "created_from=2026-05-01",
        "q=ana&owner=user_3&replied=yes",
        *(f"campaign=campaign+7&{stage}&count=exact" for stage in STAGES),
        "col=email&col=level&col=location&col=campaigns&col=engaged_by_genesy",
    ):
        yield f"/view/contacts?{query}"
    yield "/view/campaigns"
    yield "/view/campaign?name=campaign+7"
    yield from _OF_PROPERTIES
    yield "/view/companies"
    yield "/view/companies?q=nova&sort=-lastActivity"
    for query in ("", "?state=overdue", "?state=done&owner=user_3"):
        yield f"/view/tasks{query}"
    middle = token_of(Cursor("", int(NOW.timestamp() - 180 * 86_400) * 1_000_000))
    for query in ("", f"?at={middle}", "?type=EMAIL&direction=INBOUND", "?owner=user_3"):
        yield f"/view/activities{query}"
    yield "/view/calls"
    for record in (f"contact/{contact_id(7)}", f"contact/{contact_id(0)}"):
        yield f"/view/{record}"
    for record in (f"company/{company_id(5)}", f"company/{company_id(0)}"):
        yield f"/view/{record}"
    yield f"/view/task/task_{mixed(3, contacts // 10):032x}"
    yield f"/view/activity/activity_{mixed(3, contacts):032x}"


def _timed(client: httpx.Client, path: str) -> PageTime:
    size = len(client.get(path).raise_for_status().content)
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        client.get(path)
        times.append((time.perf_counter() - began) * 1_000)
    return PageTime(path, median(times), max(times), size)


@contextmanager
def _served(url: str) -> Iterator[httpx.Client]:
    """A server whose day is the database's own, and a client that is signed in."""
    settings = Settings.read({"CUSTOMCRM_API_KEY": "the-key-of-the-benchmark"}, {})
    store = Store(url, lambda: NOW)
    app = create_app(settings, store=store, clock=lambda: NOW)
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), name="pages")
    thread.start()
    try:
        deadline = time.monotonic() + START_SECONDS
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        host = f"http://127.0.0.1:{listening.getsockname()[1]}"
        cookies = {COOKIE: _session(store)}
        with httpx.Client(base_url=host, cookies=cookies, trust_env=False, timeout=60) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
        app.state.close()


def _session(store: Store) -> str:
    """The secret of a session of the admin, who is made where there is none yet."""
    first = first_link(store, _ORIGIN)
    if first is not None:
        return accept(store, first, *_ADMIN, token_urlsafe(), "UTC", "benchmark", _ORIGIN).secret

    def begin(writer: AccountWriter) -> str:
        account = writer.account_by_email(_ADMIN[1])
        assert account is not None
        return begin_session(writer, account.person, "benchmark", _ORIGIN).secret

    return store.write_accounts(begin)
