"""Every page, in light and dark, on a desk and on a phone: whole, accessible, and at peace."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from customcrm.dashboard.routes import VIEWS
from customcrm.operations.browsing.events import ActivityFilter, CallFilter, Day, TaskFilter
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
    "/view/{rest:path}",
}
DOORS = {"/view/sign-in", "/view/link/{secret}"}
"""Pages of people who are not signed in."""


def addresses(crm: House) -> dict[str, list[str]]:
    """Where each page is that somebody signed in can see, in each of its forms."""
    catalogue = crm.store.catalogue
    now = datetime.now(UTC)
    day = Day(now, now + timedelta(days=1))
    activities = catalogue.activities(ActivityFilter(type="EMAIL", direction="INBOUND"), None, 50)
    line = max(activities.items, key=lambda one: len(one.activity.body or ""))
    task = catalogue.tasks(TaskFilter(day=day), None, 1).items[0].task
    call = catalogue.calls(CallFilter(operation="create_contacts"), None, 1).items[0]
    contact, company = line.activity.contact_id, line.activity.company_id
    return {
        "/": ["/"],
        "/view/contacts": [
            "/view/contacts",
            "/view/contacts?q=nobody-is-called-this",
            "/view/contacts?replied=yes&sort=name&col=email&col=engagement_status&count=exact",
        ],
        "/view/companies": ["/view/companies"],
        "/view/contact/{id}": [
            f"/view/contact/{contact}",
            f"/view/contact/{contact}?changes=yes&tasks=yes",
        ],
        "/view/company/{id}": [f"/view/company/{company}"],
        "/view/tasks": ["/view/tasks", "/view/tasks?state=done"],
        "/view/task/{id}": [f"/view/task/{task.id}"],
        "/view/activities": ["/view/activities"],
        "/view/activity/{id}": [f"/view/activity/{line.activity.id}"],
        "/view/calls": ["/view/calls"],
        "/view/call/{number}": [f"/view/call/{call.number}"],
        "/view/account": ["/view/account"],
        "/view/styleguide": ["/view/styleguide"],
        "/view/setup": ["/view/setup"],
        "/view/team": ["/view/team"],
    }


@contextmanager
def looking(browser: Browser, crm: House, scheme: str, width: int) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    watch = Watch(context, crm.url)
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
    with looking(browser, crm, scheme, width) as page:
        for path in ("/view/sign-in", f"/view/link/{crm.invitation()}", "/view/link/of-nobody"):
            page.goto(crm.url + path)
            assert_sound(page, path)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_an_empty_crm(browser: Browser, empty: House, scheme: str, width: int) -> None:
    with looking(browser, empty, scheme, width) as page:
        empty.sign_in(page.context)
        for path in (
            "/",
            "/view/contacts",
            "/view/companies",
            "/view/tasks",
            "/view/activities",
            "/view/calls",
            "/view/contact/nobody",
        ):
            page.goto(empty.url + path)
            assert_sound(page, path)


def test_the_failure_pages_tell_what_to_do(browser: Browser, crm: House) -> None:
    with looking(browser, crm, "light", 1280) as page:
        crm.sign_in(page.context, "member")
        page.goto(crm.url + "/view/team")
        assert page.get_by_role("heading", name="Not for you").is_visible()
        assert_sound(page, "/view/team")
