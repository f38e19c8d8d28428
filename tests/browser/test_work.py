"""Finding, reading and acting, in the browser."""

import json
import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.browser.house import House, Watch, settled, texts


def rows(page: Page) -> list[str]:
    return list(texts(page, "#results tbody tr .who a"))


def ids_of(page: Page) -> list[str]:
    """Where the lines of a list lead: names may be shared."""
    links = page.locator("#results tbody tr .who a").all()
    return [str(link.get_attribute("href")) for link in links]


def left(element: Locator) -> float:
    """Where an element begins."""
    return float(element.evaluate("one => one.getBoundingClientRect().left"))


def test_search_as_you_type(page: Page, crm: House) -> None:
    contact = crm.talkative_contact()
    page.goto(f"{crm.url}/view/contacts")
    assert len(rows(page)) > 10
    search = page.get_by_label("Search contacts")
    typed = str(contact.email).split("@")[0]
    search.press_sequentially(typed, delay=20)
    expect(page).to_have_url(re.compile(r"[?&]q="))
    expect(page.locator("#results tbody tr")).to_have_count(1)
    assert rows(page) == [contact.name]
    assert "owner=" not in page.url
    assert "col=" not in page.url
    # What it shows is in the address: somebody else sees the same.
    page.reload()
    assert rows(page) == [contact.name]
    expect(page.get_by_label("Search contacts")).to_have_value(typed)
    page.keyboard.press("/")
    expect(page.get_by_label("Search contacts")).to_be_focused()


def test_somebody_is_found_from_anywhere(page: Page, crm: House) -> None:
    contact = crm.talkative_contact()
    page.goto(f"{crm.url}/")
    page.keyboard.press("/")
    page.keyboard.type(str(contact.email).split("@")[0])
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/view/contacts\?q="))
    assert rows(page) == [contact.name]


@pytest.mark.parametrize("path", ["/", "/view/contacts", "/view/companies", "/view/calls"])
def test_nothing_stands_out_of_a_laptop(page: Page, crm: House, path: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 860})
    page.goto(crm.url + path)
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    tables = page.locator(".card table:visible")
    for one in tables.all():
        beyond = one.evaluate(
            "one => one.getBoundingClientRect().right"
            " - one.closest('.card').getBoundingClientRect().right"
        )
        assert beyond <= 0


def test_filters_narrow_the_list_and_stand_in_the_address(page: Page, crm: House) -> None:
    page.goto(f"{crm.url}/view/contacts?count=exact")
    everybody = page.get_by_text(re.compile(r"[\d,]+ contacts in all")).inner_text()
    page.locator("summary", has_text="Filter").click()
    page.get_by_label("Replied").select_option("yes")
    page.get_by_label("Owner").first.select_option(label="Tom Becker")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(r"replied=yes"))
    expect(page).to_have_url(re.compile(r"owner=user_"))
    settled(page)
    page.reload()
    page.get_by_role("link", name="Show total").click()
    narrowed = page.get_by_text(re.compile(r"[\d,]+ contacts? in all"))
    expect(narrowed).to_be_visible()
    assert narrowed.inner_text() != everybody
    assert all("Tom Becker" in text for text in texts(page, "#results tbody tr"))


def test_the_last_choice_counts_while_the_first_is_on_its_way(page: Page, crm: House) -> None:
    page.goto(f"{crm.url}/view/contacts")
    page.locator("summary", has_text="Filter").click()
    asked: list[str] = []

    def slowly(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) > 1:
            route.continue_()

    page.route(re.compile(r"/view/contacts\?"), slowly)
    page.get_by_label("Replied").select_option("yes")
    owner = page.get_by_label("Owner").first
    owner.select_option(label="Tom Becker")
    page.locator("#q").press_sequentially("a")
    expect(page).to_have_url(re.compile(r"(?=.*q=a)(?=.*replied=yes)(?=.*owner=user_)"))
    settled(page)
    page.unroute_all(behavior="ignoreErrors")


def test_a_property_of_the_account_filters_and_makes_a_column(page: Page, crm: House) -> None:
    page.goto(f"{crm.url}/view/contacts")
    page.locator("summary", has_text="Filter").click()
    page.locator("select[name=prop]").last.select_option("engagement_status")
    settled(page)
    page.locator("input[name=value]").first.fill("CONTACTED")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(r"prop=engagement_status"))
    settled(page)
    page.locator("summary", has_text="Columns").click()
    page.get_by_label("Engagement status", exact=True).check()
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("columnheader", name="Engagement status")).to_be_visible()
    cells = texts(page, "#results tbody td[data-label='Engagement status']")
    assert cells
    assert set(cells) == {"contacted"}


def test_sorting_both_ways(page: Page, crm: House) -> None:
    page.goto(f"{crm.url}/view/contacts")
    page.get_by_role("columnheader", name="Name").get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"sort=name"))
    upwards = rows(page)
    page.get_by_role("columnheader", name="Name").get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"sort=-name"))
    settled(page)
    downwards = rows(page)
    assert upwards != downwards
    assert page.locator("th[aria-sort=descending]").count() == 1


def test_paging_both_ways(page: Page, crm: House) -> None:
    page.goto(f"{crm.url}/view/contacts")
    first, ids = rows(page), ids_of(page)
    page.get_by_role("link", name="Next").click()
    expect(page).to_have_url(re.compile(r"at="))
    settled(page)
    second = rows(page)
    assert second
    assert len(ids) == len(set(ids)) == 50
    assert not set(ids) & set(ids_of(page))
    page.get_by_role("link", name="Previous").click()
    expect(page.get_by_role("link", name="Previous")).to_have_count(0)
    assert rows(page) == first
    page.go_back()
    expect(page.locator("#results .who a").first).to_have_text(second[0])
    assert rows(page) == second


def test_the_timeline_tells_both_sides_apart(page: Page, crm: House) -> None:
    contact = crm.talkative_contact()
    page.goto(f"{crm.url}/view/contact/{contact.id}")
    came, went = page.locator(".said.in"), page.locator(".said.out")
    both = came.count() + went.count()
    assert came.count() > 0
    assert went.count() > 0
    assert left(came.locator(".meta").first) < left(went.locator(".meta").first)
    page.get_by_role("navigation", name="Filter the timeline").get_by_role(
        "link", name="Received"
    ).click()
    expect(went).to_have_count(0)
    assert 0 < came.count() < both
    expect(page).to_have_url(re.compile(r"direction=INBOUND"))
    page.get_by_role("navigation", name="Filter the timeline").get_by_role(
        "link", name="All"
    ).click()
    expect(went.first).to_be_visible()
    page.get_by_role("navigation", name="Filter the timeline").get_by_role(
        "link", name="Changes"
    ).click()
    expect(page.locator(".happened").last).to_contain_text("Created by Enginy")


def test_a_message_as_it_was_sent(page: Page, crm: House) -> None:
    activity = crm.html_activity()
    page.goto(f"{crm.url}/view/activity/{activity}")
    frame = page.frame_locator("iframe.frame-of-message")
    expect(frame.locator("body")).not_to_be_empty()
    high = page.locator("iframe.frame-of-message").evaluate("frame => frame.clientHeight")
    inside = frame.locator("body").evaluate(
        "body => body.ownerDocument.documentElement.scrollHeight"
    )
    assert high >= min(inside, 1600) - 4


def test_a_task_is_added_completed_and_reopened(context: BrowserContext, empty: House) -> None:
    told = empty.send(
        "POST",
        "/contacts",
        {"contacts": [{"externalId": "1", "firstName": "Ada", "email": "ada@example.com"}]},
    )
    contact = told["results"][0]["crmId"]
    empty.sign_in(context)
    watch = Watch(context, empty.url)
    page = context.new_page()
    page.goto(f"{empty.url}/view/contact/{contact}")
    page.locator("summary", has_text="Add a task").click()
    page.get_by_label("What").fill("Call Ada back")
    page.get_by_label("Due").fill("2020-02-03")
    page.get_by_role("button", name="Add", exact=True).click()
    tick = page.get_by_role("button", name="Complete: Call Ada back")
    expect(tick).to_be_visible()
    page.goto(f"{empty.url}/view/tasks")
    expect(page.get_by_role("link", name=re.compile("Overdue"))).to_have_attribute(
        "aria-current", "page"
    )
    page.get_by_role("button", name="Complete: Call Ada back").click()
    expect(page.get_by_role("heading", name="Nothing is overdue")).to_be_visible()
    page.get_by_role("link", name=re.compile("Done")).click()
    page.get_by_role("button", name="Reopen: Call Ada back").click()
    expect(page.get_by_role("heading", name="Nothing is done yet")).to_be_visible()
    page.get_by_role("link", name=re.compile("Overdue")).click()
    page.get_by_role("link", name="Call Ada back").click()
    page.get_by_role("button", name="Complete").click()
    expect(page.get_by_role("button", name="Reopen")).to_be_visible()
    expect(page.get_by_text("by Ana Ruiz").first).to_be_visible()
    watch.assert_clean()


def test_an_added_task_is_seen_at_once(context: BrowserContext, empty: House) -> None:
    empty.sign_in(context)
    page = context.new_page()
    for due, tab in (("2020-02-03", "Overdue"), ("2150-02-03", "Upcoming"), ("", "Without a date")):
        page.goto(f"{empty.url}/view/tasks?state=done")
        page.locator("summary", has_text="Add a task").click()
        page.get_by_label("What").fill(f"Call Ada: {tab}")
        page.get_by_role("textbox", name="Due").fill(due)
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_role("link", name=f"Call Ada: {tab}")).to_be_visible()
        expect(page.locator(".tabs [aria-current]")).to_contain_text(tab)


def test_the_setup_guide_turns_green(context: BrowserContext, empty: House) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    empty.sign_in(context)
    watch = Watch(context, empty.url)
    page = context.new_page()
    page.goto(f"{empty.url}/")
    expect(page.get_by_text("Waiting for Enginy's first call…")).to_be_visible()
    page.get_by_role("button", name="Copy Base URL").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == empty.url
    empty.send("GET", "/health")
    expect(page.get_by_text("Enginy has called: Health check")).to_be_visible()
    page.get_by_role("button", name=re.compile("Make a")).click()
    key = page.get_by_role("textbox", name="API key", exact=True).inner_text()
    assert len(key) > 20
    page.goto(f"{empty.url}/view/setup")
    assert key not in page.content()
    page.locator("summary", has_text="in use").click()
    page.locator("summary", has_text="Revoke").first.click()
    page.get_by_role("button", name="Revoke this key").first.click()
    expect(page.get_by_role("button", name="Make a key")).to_be_visible()
    watch.assert_clean()


def test_a_call_leads_to_why_it_was_so(context: BrowserContext, empty: House) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    jane = {"externalId": "1", "firstName": "Jane", "email": "jane@example.com", "leadScore": 7}
    told = empty.send("POST", "/contacts", {"contacts": [jane]})["results"]
    empty.send("POST", "/contacts", {"contacts": [{"externalId": "2", "email": jane["email"]}]})
    empty.sign_in(context)
    watch = Watch(context, empty.url)
    page = context.new_page()
    recognised = page.get_by_role("row").filter(has_text="recognised").get_by_role("link")
    for _ in range(50):
        page.goto(f"{empty.url}/view/calls")
        if recognised.count():
            break
        page.wait_for_timeout(100)
    recognised.click()
    page.get_by_role("link", name="Why?").click()
    expect(page.get_by_text("It was recognised as Jane by Email")).to_be_visible()
    expect(page.locator(".trail .verdict-won")).to_contain_text("jane@example.com")
    page.get_by_role("button", name="Copy Answer of the search").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    answer = json.loads(page.evaluate("navigator.clipboard.readText()"))
    assert [one["crmId"] for one in answer["results"]] == [told[0]["crmId"]]
    watch.assert_clean()


def test_calls_tell_what_failed(context: BrowserContext, empty: House) -> None:
    empty.send("POST", "/contacts", {"contacts": [{"externalId": "1", "email": "a@example.com"}]})
    empty.refused("POST", "/contacts", {"contacts": [{"email": "no-id@example.com"}]})
    empty.sign_in(context)
    watch = Watch(context, empty.url)
    page = context.new_page()
    expect_calls = page.locator("#results tbody tr")
    for _ in range(50):
        page.goto(f"{empty.url}/view/calls")
        if expect_calls.count() == 2:
            break
        page.wait_for_timeout(100)
    page.get_by_label("Outcome").select_option("yes")
    expect(expect_calls).to_have_count(1)
    page.get_by_role("link", name="Contacts exported").click()
    expect(page.get_by_text("400")).to_be_visible()
    expect(page.get_by_text("The whole call was refused")).to_be_visible()
    expect(page.get_by_role("cell", name="contacts[0].externalId", exact=True)).to_be_visible()
    watch.assert_clean()


def test_deleted_and_merged_records_say_so(context: BrowserContext, empty: House) -> None:
    told = empty.send(
        "POST",
        "/contacts",
        {
            "contacts": [
                {"externalId": str(n), "firstName": f"Ada {n}", "email": f"ada{n}@example.com"}
                for n in range(3)
            ]
        },
    )
    gone, merged, kept = (one["crmId"] for one in told["results"])
    empty.execute("UPDATE contacts SET deleted_at = 1 WHERE id = :id", id=gone)
    empty.execute("UPDATE contacts SET merged_into = :kept WHERE id = :id", kept=kept, id=merged)
    for one in (gone, merged):
        empty.execute("INSERT INTO outbox (record_id) VALUES (:id)", id=one)
    empty.store.project_pending()
    empty.sign_in(context)
    watch = Watch(context, empty.url)
    page = context.new_page()
    page.goto(f"{empty.url}/view/contact/{gone}")
    expect(page.get_by_text("This contact was deleted.")).to_be_visible()
    page.goto(f"{empty.url}/view/contact/{merged}")
    expect(page).to_have_url(re.compile(rf"/view/contact/{kept}"))
    expect(page.get_by_text("was merged into this contact")).to_be_visible()
    page.goto(f"{empty.url}/view/contacts")
    assert rows(page) == ["Ada 2"]
    watch.assert_clean()


def test_everybody_who_waits_is_one_click_away(page: Page, crm: House) -> None:
    page.goto(f"{crm.url}/")
    waiting = page.get_by_role("region", name="Waiting for an answer")
    first = waiting.get_by_role("listitem").first.get_by_role("link").inner_text()
    waiting.get_by_role("link", name="All who wait").click()
    expect(page.locator("#results .who a").first).to_have_text(first)
    assert page.locator(".mark-waiting").count() == page.locator("#results tbody tr").count()
    page.locator("summary", has_text="Filter").click()
    expect(page.get_by_label("Replied")).to_have_value("waiting")


def test_a_campaign_leads_to_its_people_and_they_to_it(page: Page, crm: House) -> None:
    lines = crm.store.catalogue.campaign_lines()
    line = max(lines, key=lambda one: one.funnel.replied)
    page.goto(f"{crm.url}/view/campaigns")
    search = page.get_by_label("Search campaigns")
    search.press_sequentially(line.name[:12].upper(), delay=20)
    expect(page).to_have_url(re.compile(r"[?&]q="))
    page.get_by_role("link", name=line.name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(line.name)
    page.get_by_role("row", name=re.compile("^Replied")).get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"replied=yes"))
    expect(
        page.get_by_text(re.compile(rf"^{line.funnel.replied} contacts? in all"))
    ).to_be_visible()
    # Its other filters are where everybody looks for filters.
    page.locator("summary", has_text="Filter").click()
    page.get_by_label("Step sent").fill("1")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(r"step=1"))
    settled(page)
    page.locator("#results tbody .who a").first.click()
    page.locator(".facts").get_by_role("link", name=line.name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(line.name)
