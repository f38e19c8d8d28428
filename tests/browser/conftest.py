from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.house import PATIENCE_MS, House, Watch, chromium, house

LEADS = 110


# For each module its own: what plays a browser's side keeps an event loop running in the thread of
# the tests, and a server keeps threads of its own, which others' tests would count.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.fixture(scope="module")
def crm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server that Enginy has filled, for tests that are content with what is in it."""
    with house(tmp_path_factory.mktemp("crm")) as one:
        one.simulate(leads=LEADS)
        yield one


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[House]:
    """A server that Enginy has never called."""
    with house(tmp_path) as one:
        yield one


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser window of somebody who has never been here."""
    one = browser.new_context(viewport={"width": 1280, "height": 900})
    one.set_default_timeout(PATIENCE_MS)
    yield one
    one.close()


@pytest.fixture
def page(context: BrowserContext, crm: House) -> Iterator[Page]:
    """A page of the filled server, for its admin; nothing bad may have happened on it."""
    crm.sign_in(context)
    watch = Watch(context, crm.url)
    yield context.new_page()
    watch.assert_clean()
