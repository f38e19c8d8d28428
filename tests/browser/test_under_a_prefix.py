"""Below a path of another application, or of a reverse proxy, every link stays below it."""

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, expect

from tests.browser.house import Watch, house, settled


def test_every_link_and_asset_stays_below(context: BrowserContext, tmp_path: Path) -> None:
    with house(tmp_path, prefix="/sales/crm") as crm:
        crm.simulate(leads=10, weeks=2)
        crm.sign_in(context)
        watch = Watch(context, crm.url)
        page = context.new_page()
        seen: set[str] = set()
        todo = [f"{crm.url}/"]
        kinds: set[str] = set()
        while todo:
            address = todo.pop()
            seen.add(address)
            page.goto(address)
            settled(page)
            links = page.eval_on_selector_all(
                "a[href], form, link[href], script[src], iframe",
                "all => all.map(one => one.href || one.action || one.src)",
            )
            for link in links:
                parts = urlsplit(link)
                if parts.netloc != urlsplit(crm.url).netloc:
                    continue
                assert parts.path.startswith("/sales/crm/"), (address, link)
                kind = "/".join(parts.path.split("/")[:5])
                if link not in seen and kind not in kinds and "static" not in kind:
                    kinds.add(kind)
                    if "sign-out" not in link and page.request.get(link).status == 200:
                        todo.append(link)
        assert len(seen) > 8
        page.goto(f"{crm.url}/view/tasks")
        page.get_by_role("button", name="Complete").first.click()
        settled(page)
        page.goto(f"{crm.url}/view/account")
        page.locator("header.head").get_by_role("button", name="Sign out").click()
        expect(page).to_have_url(f"{crm.url}/view/sign-in")
        watch.assert_clean()
