"""Many at once, views and exports, in the browser."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.addresses import view_of
from tests.browser.attack import assert_links_lead_somewhere, listened
from tests.browser.house import PATIENCE_MS, House, settled
from tests.browser.payloads import PAYLOADS

FIRST = "#results tbody tr >> nth=0"


@pytest.fixture
def without_scripts(browser: Browser, crm: House) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE_MS)
    crm.sign_in(context)
    yield context.new_page()
    context.close()


def assert_accessible(page: Page) -> None:
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []


def test_a_few_lines_get_an_owner_and_lose_it_again(page: Page, crm: House) -> None:
    page.goto(f"{crm.url}/view/contacts?sort=name&col=owner")
    bar, boxes = page.locator("#bulk"), page.locator("input.pick")
    expect(bar).to_be_hidden()
    boxes.nth(0).check()
    boxes.nth(1).check()
    expect(page.locator("#picked")).to_have_text("2 selected")
    before = page.locator("td[data-label=Owner]").nth(0).inner_text()
    bar.get_by_role("button", name="Set the owner").click()
    expect(page.get_by_role("heading", name="2 contacts")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Owner").select_option("")
    page.get_by_role("button", name="Change 2 contacts").click()
    expect(page.locator("#job")).to_contain_text("2 changed")
    page.get_by_role("button", name="Undo").first.click()
    expect(page.locator("#job")).to_contain_text("2 taken back")
    crm.store.project_pending()
    page.goto(f"{crm.url}/view/contacts?sort=name&col=owner")
    expect(page.locator("td[data-label=Owner]").nth(0)).to_have_text(before)


def test_the_page_is_ticked_and_all_that_match_are_as_many_as_the_list_says(
    page: Page, crm: House
) -> None:
    page.goto(f"{crm.url}/view/contacts?replied=yes&count=exact")
    told = page.get_by_text(re.compile(r"[\d,]+ contacts? in all")).inner_text()
    number = re.search(r"[\d,]+", told)
    assert number is not None
    page.goto(f"{crm.url}/view/contacts?replied=yes")
    page.get_by_label("Select this page").check()
    expect(page.locator("input.pick:checked")).to_have_count(page.locator("input.pick").count())
    page.get_by_label(re.compile("that match")).check()
    expect(page.locator("#matching")).to_have_text(number[0])
    assert_accessible(page)
    page.get_by_role("button", name="Set a property").click()
    expect(page.get_by_role("heading", name=f"{number[0]} contact")).to_be_visible()
    page.get_by_label("Property").fill("tier")
    page.get_by_role("textbox", name="Value").fill("gold")
    page.get_by_role("button", name=re.compile("^Change")).click()
    expect(page.locator("#job")).to_contain_text(f"{number[0]} changed")
    page.goto(f"{crm.url}/view/jobs")
    expect(page.locator("tbody tr").first).to_contain_text("Tier: gold")


def test_progress_is_shown_until_it_is_over_and_what_it_was_can_be_taken_back(
    page: Page, crm: House
) -> None:
    page.goto(f"{crm.url}/view/companies")
    page.get_by_label("Select this page").check()
    page.get_by_role("button", name="Delete").click()
    # What the server would say while it works: the page asks again until it is over.
    page.get_by_role("button", name=re.compile(r"^Delete \d+")).click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.locator("#job .title")).to_contain_text("done")
    expect(page.locator("#job")).not_to_have_attribute("hx-trigger", "every 1s")
    page.locator("#job").get_by_role("button", name="Undo").click()
    expect(page.locator("#job")).to_contain_text("taken back")


def test_ticks_survive_what_is_replaced_around_them(page: Page, crm: House) -> None:
    page.goto(f"{crm.url}/view/contacts?sort=name")
    name = page.locator(f"{FIRST} >> .who a").inner_text()
    page.locator("input.pick").nth(0).check()
    page.get_by_label("Search contacts").fill(name)
    expect(page).to_have_url(re.compile("q="))
    settled(page)
    expect(page.locator("input.pick").nth(0)).to_be_checked()
    expect(page.locator("#picked")).to_have_text("1 selected")


def test_without_scripts_too(without_scripts: Page, crm: House) -> None:
    page = without_scripts
    page.goto(f"{crm.url}/view/tasks?state=upcoming")
    if not page.locator("input.pick").count():
        page.goto(f"{crm.url}/view/tasks?state=overdue")
    page.locator("input.pick").nth(0).check()
    page.get_by_role("button", name="Complete", exact=True).click()
    page.get_by_role("button", name="Complete 1 task").click()
    expect(page.get_by_role("progressbar")).to_be_visible()


def test_an_export_is_what_the_list_shows(page: Page, crm: House, tmp_path: Path) -> None:
    page.goto(f"{crm.url}/view/contacts?replied=yes&sort=name&col=email&count=exact")
    told = re.search(r"[\d,]+", page.get_by_text("in all").inner_text())
    assert told is not None
    first = page.locator(f"{FIRST} >> .who a").inner_text()
    with page.expect_download() as loading:
        page.get_by_role("link", name="CSV", exact=True).click()
    kept = tmp_path / "export.csv"
    loading.value.save_as(kept)
    assert re.fullmatch(r"contacts-\d{4}-\d\d-\d\d\.csv", loading.value.suggested_filename)
    header, *lines = csv.reader(kept.read_text("utf-8").splitlines())
    assert header == ["id", "name", "email"]
    assert f"{len(lines):,}" == told[0]
    assert lines[0][1] == first


def test_a_view_from_its_saving_to_its_end(page: Page, crm: House) -> None:
    page.goto(f"{crm.url}/view/contacts?replied=yes")
    page.locator("#views summary").click()
    page.locator("#views input[name=name]").fill("They replied")
    page.get_by_label("Everybody sees it").check()
    assert_accessible(page)
    page.get_by_role("button", name="Save", exact=True).click()
    chip = page.locator("#views .chip[aria-current]")
    expect(chip).to_have_text("They replied")
    page.locator("#views summary").click()
    page.get_by_role("button", name="Pin to the side").click()
    expect(page.locator(".pins")).to_contain_text("They replied")
    # As soon as the filters differ, it says so.
    page.get_by_label("Search contacts").fill("a")
    expect(chip).to_contain_text("changed")
    settled(page)
    page.locator("#views summary").click()
    page.get_by_role("button", name="Update to what is shown").click()
    expect(chip).to_have_text("They replied")
    page.locator("#views summary").click()
    page.locator("#views input[name=name]").first.fill("Replies")
    page.get_by_role("button", name="Rename").click()
    expect(chip).to_have_text("Replies")
    page.locator("#views summary").click()
    page.locator("#views").get_by_role("button", name="Delete").click()
    expect(page.locator("#views .chip", has_text="Replies")).to_have_count(0)
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(chip).to_have_text("Replies")


def test_a_shared_view_is_seen_by_others_who_make_it_their_own(
    context: BrowserContext, crm: House
) -> None:
    view_of(crm)
    crm.sign_in(context, "member")
    page = context.new_page()
    page.goto(f"{crm.url}/view/contacts")
    page.locator("#views .chip").nth(1).click()
    expect(page).to_have_url(re.compile("replied=yes.*view="))
    page.locator("#views summary").click()
    expect(page.get_by_role("button", name="Rename")).to_have_count(0)
    page.get_by_role("button", name="Copy it").click()
    expect(page.locator("#views .chip[aria-current]")).to_contain_text("(copy)")


def test_names_and_values_of_a_stranger_run_nowhere(context: BrowserContext, crm: House) -> None:
    heard = listened(context)
    crm.sign_in(context)
    page = context.new_page()
    for payload in PAYLOADS[::8]:
        page.goto(f"{crm.url}/view/contacts?q=a")
        page.locator("#views summary").click()
        page.locator("#views input[name=name]").fill(payload[:100].strip() or "x")
        page.get_by_role("button", name="Save", exact=True).click()
        assert_links_lead_somewhere(page)
        page.goto(f"{crm.url}/view/contacts")
        page.locator("input.pick").first.check()
        page.get_by_role("button", name="Set a property").click()
        page.get_by_label("Property").fill(payload[:300])
        page.get_by_role("textbox", name="Value").fill(payload)
        page.get_by_role("button", name="Change 1 contact").click()
        settled(page)
    page.goto(f"{crm.url}/view/jobs")
    assert_links_lead_somewhere(page)
    assert heard == []
