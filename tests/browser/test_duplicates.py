"""Records that may be one: looked at, dismissed, merged, and taken apart again."""

import re

from playwright.sync_api import Browser, Page, expect

from customcrm.crm.records import Kind
from tests.browser.addresses import twins
from tests.browser.house import House, Watch, settled


def undone(page: Page) -> None:
    page.locator(".toast").get_by_role("button", name="Undo").click()


def test_a_pair_is_dismissed_in_place_and_comes_back(page: Page, crm: House) -> None:
    twins(crm, "dismissed")
    page.goto(f"{crm.url}/view/duplicates?reason=name")
    pairs = page.locator(".pairs > li").filter(has_text="Jane Twin")
    before = pairs.count()
    assert before >= 1
    total = page.get_by_text(re.compile(r"[\d,]+ pairs? in all"))
    told = total.inner_text()
    pairs.first.get_by_role("button", name="Not the same").click()
    expect(pairs).to_have_count(before - 1)
    assert "reason=name" in page.url
    undone(page)
    expect(pairs).to_have_count(before)
    settled(page)
    assert total.inner_text() == told


def test_two_become_one_with_the_values_chosen_and_two_again(page: Page, crm: House) -> None:
    first, second = twins(crm, "merged")
    page.goto(f"{crm.url}/view/duplicates")
    page.locator(f".pairs a[href$='{first}/{second}']").click()
    page.get_by_role("radio", name="Chief executive").check()
    page.get_by_role("button", name="Merge into Jane Twin").click()

    expect(page).to_have_url(re.compile(first))
    expect(page.get_by_text("Chief executive at Acme merged")).to_be_visible()
    expect(page.get_by_text("Vigo")).to_be_visible()
    page.goto(f"{crm.url}/view/contact/{second}")
    expect(page).to_have_url(re.compile(rf"{first}\?merged="))

    page.get_by_role("button", name="Undo merge").click()
    expect(page.get_by_text("both are as they were")).to_be_visible()
    expect(page.get_by_text("CEO at Acme merged")).to_be_visible()
    page.goto(f"{crm.url}/view/contact/{second}")
    expect(page).to_have_url(re.compile(f"{second}$"))


def test_it_works_without_scripts_and_the_other_one_can_stay(browser: Browser, crm: House) -> None:
    first, second = twins(crm, "plain")
    context = browser.new_context(java_script_enabled=False)
    crm.sign_in(context, "member")
    watch = Watch(context, crm.url)
    page = context.new_page()
    page.goto(f"{crm.url}/view/contact/{first}")
    page.get_by_role("link", name="Merge with…").click()
    page.get_by_label("Search contacts").fill("jane twin")
    page.get_by_label("Search contacts").press("Enter")
    page.locator(f".rows a[href$='{second}']").click()
    page.get_by_role("link", name="Keep the other one").click()
    page.get_by_role("button", name="Merge into Jane Twin").click()
    expect(page).to_have_url(re.compile(second))
    undone(page)
    expect(page.get_by_text("both are as they were")).to_be_visible()
    records = crm.store.read(lambda reader: reader.records_by_id(Kind.CONTACT, [first, second]))
    assert [records[one].id for one in (first, second)] == [first, second]
    watch.assert_clean()
    context.close()


def test_an_admin_has_all_looked_at_again(page: Page, crm: House) -> None:
    page.goto(f"{crm.url}/view/duplicates?kind=company")
    page.get_by_role("button", name="Look again").click()
    expect(page.locator(".toast")).to_contain_text("looked at again")
    assert "kind=company" in page.url
