"""What Enginy writes is on screen at once, and takes nothing from whoever is at work there."""

import time

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.house import START_SECONDS, House, settled


@pytest.fixture
def contact(crm: House, request: pytest.FixtureRequest) -> str:
    """The id of a contact of this test's own."""
    one = {"externalId": request.node.name, "firstName": "Grace", "lastName": "Hopper"}
    return str(crm.send("POST", "/contacts", {"contacts": [one]})["results"][0]["crmId"])


@pytest.fixture
def watched(page: Page) -> Page:
    """A page whose stream can be waited for."""
    page.add_init_script(
        "const open = window.EventSource;"
        "window.EventSource = class extends open { constructor(url) { super(url);"
        " this.addEventListener('open', () => {"
        " document.documentElement.dataset.listens = 'yes'; }); } }"
    )
    return page


def listening(page: Page, url: str) -> None:
    """Go to a page, and wait until it listens."""
    page.goto(url)
    expect(page.locator("html[data-listens]")).to_be_attached()


def say(crm: House, contact: str, text: str, **more: str) -> str:
    told = {"type": "LINKEDIN", "direction": "INBOUND", "contactId": contact, "body": text}
    return str(crm.send("POST", "/activities", {**told, **more})["id"])


def test_an_activity_is_on_screen_within_a_second(watched: Page, crm: House, contact: str) -> None:
    listening(watched, f"{crm.url}/view/contact/{contact}")
    watched.evaluate("window.same = true")
    took = []
    for number in range(3):
        said = say(crm, contact, f"Yes, please call me at {number}")
        answered = time.monotonic()
        expect(watched.locator(f"#{said}")).to_contain_text(f"call me at {number}")
        took.append(time.monotonic() - answered)
        expect(watched.locator(f"#{said}")).to_have_class("said in fresh")
        watched.wait_for_timeout(1_000)
    # What else the machine does makes one or the other late.
    assert min(took) < 1
    # They came to the page that there was, which has not been loaded anew.
    assert watched.evaluate("window.same") is True


def test_nobody_loses_what_they_are_at(watched: Page, crm: House, contact: str) -> None:
    listening(watched, f"{crm.url}/view/contact/{contact}")
    watched.locator("summary", has_text="Add a task").click()
    watched.get_by_label("What").fill("Call Grace")
    say(crm, contact, "Are you there?")
    pill = watched.get_by_role("button", name="1 new")
    expect(pill).to_be_visible()
    expect(watched.get_by_text("Are you there?")).to_have_count(0)
    pill.click()
    expect(watched.get_by_text("Are you there?")).to_be_visible()
    expect(watched.get_by_label("What")).to_have_value("Call Grace")
    expect(watched.get_by_role("button", name="new")).to_have_count(0)


def test_what_is_begun_while_news_are_on_their_way_is_kept(
    watched: Page, crm: House, contact: str
) -> None:
    here = f"{crm.url}/view/contact/{contact}"
    listening(watched, here)
    held: list[Route] = []
    watched.route(here, lambda route: held.append(route))  # noqa: PLW0108 - it wants a function
    say(crm, contact, "Are you there?")
    deadline = time.monotonic() + START_SECONDS
    while not held:
        assert time.monotonic() < deadline
        watched.wait_for_timeout(20)
    watched.locator(".fact .told").first.click()
    field = watched.locator("form.in-place").get_by_role("textbox")
    expect(field).to_be_focused()
    held[0].continue_()
    expect(watched.get_by_role("button", name="1 new")).to_be_visible()
    expect(field).to_be_focused()
    watched.unroute(here)
    field.press("Escape")
    watched.get_by_role("button", name="1 new").click()
    expect(watched.get_by_text("Are you there?")).to_be_visible()


def test_older_entries_stay_where_they_are(watched: Page, crm: House, contact: str) -> None:
    for number in range(60):
        say(crm, contact, f"Line {number}.", occurredAt=f"2026-01-01T10:{number:02}:00Z")
    listening(watched, f"{crm.url}/view/contact/{contact}")
    watched.get_by_role("link", name="Older").scroll_into_view_if_needed()
    oldest = watched.get_by_text("Line 0.", exact=True)
    expect(oldest).to_be_attached()
    oldest.scroll_into_view_if_needed()
    there = watched.evaluate("window.scrollY")
    say(crm, contact, "The latest")
    expect(watched.get_by_text("The latest")).to_be_attached()
    expect(watched.locator(".said")).to_have_count(61)
    expect(oldest).to_be_in_viewport()
    assert watched.evaluate("window.scrollY") >= there


def test_a_list_comes_with_its_cards(watched: Page, crm: House) -> None:
    listening(watched, f"{crm.url}/view/contacts")
    crm.send("POST", "/contacts", {"contacts": [{"externalId": "live", "firstName": "Katherine"}]})
    row = watched.locator("#results tbody tr").first
    expect(row).to_contain_text("Katherine")
    # Rows do not move under the pointer.
    row.hover()
    crm.send("POST", "/contacts", {"contacts": [{"externalId": "live2", "firstName": "Dorothy"}]})
    watched.get_by_role("button", name="New entries").click()
    expect(row).to_contain_text("Dorothy")


def test_what_came_while_it_was_out_of_sight(watched: Page, crm: House, contact: str) -> None:
    """Another contact's news are not asked for; what was missed is, once."""
    listening(watched, f"{crm.url}/view/contact/{contact}")
    asked: list[str] = []

    def count(request: Request) -> None:
        if request.url.endswith(contact):
            asked.append(request.url)

    watched.on("request", count)
    watched.evaluate(
        "Object.defineProperty(document, 'hidden', { get: () => window.away, configurable: true });"
        "window.away = true; document.dispatchEvent(new Event('visibilitychange'))"
    )
    say(crm, contact, "While you were asleep")
    say(crm, contact, "Good night")
    watched.wait_for_timeout(700)
    assert asked == []
    watched.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))")
    expect(watched.get_by_text("While you were asleep")).to_be_visible()
    settled(watched)
    assert len(asked) == 1
