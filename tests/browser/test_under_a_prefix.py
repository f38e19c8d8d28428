"""Below a path of another application, or of a reverse proxy, every link stays below it."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.addresses import addresses
from tests.browser.house import House, Watch, house, settled

PREFIX = "/sales/crm"


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path, prefix=PREFIX) as crm:
        crm.simulate(leads=40, weeks=6)
        yield crm


def ours(page: Page, crm: House) -> list[str]:
    """The paths on this host that a page leads to or loads."""
    found = page.eval_on_selector_all(
        "a[href], form, link[href], script[src], iframe, [hx-get], [hx-post]",
        "all => all.flatMap(one => [one.href, one.action, one.src, one.getAttribute('hx-get'),"
        " one.getAttribute('hx-post')].filter(Boolean).map(to => new URL(to, location).href))",
    )
    parts = [urlsplit(address) for address in found]
    return [one.path for one in parts if one.netloc == urlsplit(crm.url).netloc]


def test_every_link_and_asset_stays_below(context: BrowserContext, mounted: House) -> None:
    mounted.sign_in(context)
    watch = Watch(context, mounted.url)
    page = context.new_page()
    for paths in addresses(mounted).values():
        page.goto(mounted.url + paths[0])
        settled(page)
        led = ours(page, mounted)
        assert led
        assert [path for path in led if not path.startswith(f"{PREFIX}/")] == []
    page.goto(f"{mounted.url}/view/tasks?state=done")
    page.get_by_role("button", name="Reopen").first.click()
    settled(page)
    page.goto(f"{mounted.url}/view/account")
    page.locator("header.head").get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{mounted.url}/view/sign-in")
    page.goto(f"{mounted.url}/view/tasks")
    expect(page).to_have_url(f"{mounted.url}/view/sign-in?next=%2Fview%2Ftasks")
    watch.assert_clean()
