"""What is read on a record: pictures on request, older entries, raw JSON; and lists narrowed."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.house import House, Watch, texts

ELSEWHERE = "https://pictures.invalid/pixel.png"


def test_pictures_from_elsewhere_wait_until_they_are_asked_for(
    context: BrowserContext, empty: House
) -> None:
    body = f'<p>Hello</p><img src="{ELSEWHERE}" alt="logo">'
    activity = empty.send("POST", "/activities", {"type": "EMAIL", "body": body})["id"]
    empty.sign_in(context)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto(f"{empty.url}/view/activity/{activity}")
    expect(page.frame_locator("iframe").get_by_text("Hello")).to_be_visible()
    assert ELSEWHERE not in asked
    with page.expect_request(ELSEWHERE):
        page.get_by_role("link", name="Load images").click()
    page.get_by_role("link", name="Hide images").click()
    expect(page.frame_locator("iframe").get_by_text("Hello")).to_be_visible()
    assert asked.count(ELSEWHERE) == 1


def test_older_entries_come_as_one_scrolls(context: BrowserContext, empty: House) -> None:
    new = {"contacts": [{"externalId": "1", "firstName": "Ada"}]}
    contact = empty.send("POST", "/contacts", new)["results"][0]["crmId"]
    for number in range(90):
        sent = {"type": "LINKEDIN", "direction": "INBOUND", "body": f"message {number}"}
        when = f"2026-03-{number % 28 + 1:02}T10:00:00Z"
        meta = {"messageId": str(number)}
        empty.send(
            "POST",
            "/activities",
            {**sent, "contactId": contact, "occurredAt": when, "metadata": meta},
        )
    empty.sign_in(context)
    watch = Watch(context, empty.url)
    page = context.new_page()
    page.goto(f"{empty.url}/view/contact/{contact}")
    shown = page.locator(".said")
    assert shown.count() < 90
    while (count := shown.count()) < 90:
        page.locator(".older").scroll_into_view_if_needed()
        expect(shown.nth(count)).to_be_attached()
    said = texts(page, ".said .text")
    assert len(said) == len(set(said)) == 90
    watch.assert_clean()


def test_the_engineer_reads_a_record_as_json(page: Page, crm: House) -> None:
    contact = crm.talkative_contact()
    page.goto(f"{crm.url}/view/contact/{contact.id}")
    page.get_by_role("link", name="JSON").click()
    expect(page.locator("body")).to_contain_text(f'"id": "{contact.id}"')
    expect(page.locator("body")).to_contain_text('"externalIds"')


@pytest.mark.parametrize("field", ["campaign", "channel"])
def test_every_choice_of_a_filter_narrows_the_list(page: Page, crm: House, field: str) -> None:
    page.goto(f"{crm.url}/view/contacts?count=exact")
    total = page.get_by_text(re.compile(r"contacts? in all")).inner_text()
    page.locator("summary", has_text="Filter").click()
    page.locator(f"select[name={field}]").select_option(index=1)
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(rf"{field}="))
    page.get_by_role("link", name="Show total").click()
    told = page.get_by_text(re.compile(r"contacts? in all"))
    expect(told).to_be_visible()
    assert told.inner_text() != total


def test_a_companys_people_are_a_list(page: Page, crm: House) -> None:
    page.goto(f"{crm.url}/view/companies")
    row = page.locator("#results tbody tr", has=page.locator("td[data-label=People] a")).first
    people = row.locator("td[data-label=People] a")
    number = int(people.inner_text())
    people.click()
    expect(page.get_by_text("People at")).to_be_visible()
    expect(page.locator("#results tbody tr")).to_have_count(number)
