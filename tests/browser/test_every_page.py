"""Every page, in light and dark, on a desk and on a phone: whole, accessible, and at peace."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from customcrm.dashboard.routes import VIEWS
from tests.browser.addresses import addresses
from tests.browser.house import House, Watch, settled

WIDTHS = (1280, 360)
SCHEMES = ("light", "dark")

# Not pages but what stands in them, or is read by machines.
NO_PAGES = {
    "/view/contact/{id}/json",
    "/view/company/{id}/json",
    "/view/task/{id}/json",
    "/view/activity/{id}/json",
    "/view/activity/{id}/body",
    "/view/live",
    "/view/property/facts",
    "/view/choices",
    "/view/export/{noun}",
    "/view/{rest:path}",
}
DOORS = {"/view/sign-in", "/view/link/{secret}"}
"""Pages of people who are not signed in."""


@contextmanager
def looking(
    browser: Browser, crm: House, scheme: str, width: int, *forgiven: str
) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    watch = Watch(context, crm.url)
    watch.forgive(*forgiven)
    yield context.new_page()
    watch.assert_clean()
    context.close()


def assert_sound(page: Page, path: str) -> None:
    """No violation, and nothing wider than the window."""
    settled(page)
    found = Axe().run(page)
    told = [
        f"{one['id']}: {node['html']} {node.get('failureSummary')}"
        for one in found.response["violations"]
        for node in one["nodes"][:3]
    ]
    assert told == [], path
    wide, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= window, f"{path} is {wide} wide"


def test_every_page_is_looked_at(crm: House) -> None:
    pages = {view.path for view in VIEWS if view.method == "GET"}
    assert pages == set(addresses(crm)) | NO_PAGES | DOORS


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_a_crm_at_work(browser: Browser, crm: House, scheme: str, width: int) -> None:
    with looking(browser, crm, scheme, width) as page:
        crm.sign_in(page.context)
        for paths in addresses(crm).values():
            for path in paths:
                page.goto(crm.url + path)
                assert_sound(page, path)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_doors(browser: Browser, crm: House, scheme: str, width: int) -> None:
    with looking(browser, crm, scheme, width, "404") as page:
        for path in ("/view/sign-in", f"/view/link/{crm.invitation()}", "/view/link/of-nobody"):
            page.goto(crm.url + path)
            assert_sound(page, path)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_an_empty_crm(browser: Browser, empty: House, scheme: str, width: int) -> None:
    with looking(browser, empty, scheme, width, "404") as page:
        empty.sign_in(page.context)
        for path in (
            "/",
            "/view/contacts",
            "/view/companies",
            "/view/campaigns",
            "/view/tasks",
            "/view/activities",
            "/view/calls",
            "/view/matching",
            "/view/properties",
            "/view/jobs",
            "/view/contact/nobody",
        ):
            page.goto(empty.url + path)
            assert_sound(page, path)


def test_the_failure_pages_tell_what_to_do(browser: Browser, crm: House) -> None:
    with looking(browser, crm, "light", 1280, "403") as page:
        crm.sign_in(page.context, "member")
        page.goto(crm.url + "/view/team")
        assert page.get_by_role("heading", name="Not for you").is_visible()
        assert_sound(page, "/view/team")
