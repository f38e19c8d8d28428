"""Editing by hand: in place with mouse and keyboard, two at once, undone, deleted and restored."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from customcrm.crm.records import Kind
from customcrm.operations.nouns import Noun
from customcrm.operations.records import read_records
from tests.browser.house import House, Watch, settled


@pytest.fixture
def ada(crm: House, request: pytest.FixtureRequest) -> str:
    """A contact: no two tests have the same."""
    sent = {
        "externalId": request.node.name,
        "firstName": "Ada",
        "lastName": "Lovelace",
        "title": "CEO",
        "email": f"{request.node.name}@lovelace.example",
        "odd": ["a", "b"],
    }
    told = crm.send("POST", "/contacts", {"contacts": [sent]})
    return str(told["results"][0]["crmId"])


def row(page: Page, label: str) -> Locator:
    """The row of a value."""
    exactly = page.locator("dt", has_text=re.compile(f"^{label}$"))
    return page.locator(".fact").filter(has=exactly).first


def toast(page: Page) -> Locator:
    return page.locator("#toasts .toast").last


def write(page: Page, label: str, text: str) -> None:
    """Type a value, and save it."""
    field = page.get_by_role("textbox", name=label)
    field.fill(text)
    field.press("Enter")


def stored(crm: House, contact: str) -> dict[str, Any]:
    (found,) = read_records(crm.store, Kind.CONTACT, [contact])
    return found.record.properties


def test_a_value_is_edited_where_it_stands_and_taken_back(page: Page, crm: House, ada: str) -> None:
    page.goto(f"{crm.url}/view/contact/{ada}")
    row(page, "First name").locator(".told").click()
    field = page.get_by_role("textbox", name="First name")
    expect(field).to_be_focused()
    field.fill("Augusta")
    # Leaving it saves it, whatever one goes to: here, to the next one.
    row(page, "Title").locator(".told").click()
    expect(toast(page)).to_contain_text("First name changed")
    expect(row(page, "First name").locator(".told")).to_have_text("Augusta")
    expect(page.get_by_role("heading", level=1)).to_have_text("Augusta Lovelace")
    expect(page.get_by_role("textbox", name="Title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(row(page, "Title").locator(".told")).to_have_text("CEO")
    toast(page).get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ada Lovelace")
    assert stored(crm, ada)["firstName"] == "Ada"
    # What nobody edits by hand says why.
    assert row(page, "Odd").locator(".pencil").count() == 0
    assert "only Enginy" in str(row(page, "Odd").locator(".told").get_attribute("title"))


def test_the_keyboard_alone_does_it_and_stays_where_it_was(
    page: Page, crm: House, ada: str
) -> None:
    page.goto(f"{crm.url}/view/contact/{ada}")
    pencil = page.get_by_role("link", name="Change Title")
    pencil.focus()
    expect(row(page, "Title").locator(".from")).to_contain_text("Enginy")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Title")).to_be_focused()
    page.keyboard.type("CTO")
    page.keyboard.press("Enter")
    expect(row(page, "Title").locator(".told")).to_have_text("CTO")
    expect(pencil).to_be_focused()
    expect(row(page, "Title").locator(".from")).to_contain_text("Ana Ruiz")
    # What one has done oneself is no news.
    expect(page.locator("#news")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Title")).to_be_focused()
    page.keyboard.type("nobody wants this")
    page.keyboard.press("Escape")
    expect(row(page, "Title").locator(".told")).to_have_text("CTO")
    expect(pencil).to_be_focused()
    assert stored(crm, ada)["title"] == "CTO"


def test_a_property_is_added_mended_and_cleared(
    context: BrowserContext, crm: House, ada: str
) -> None:
    crm.sign_in(context)
    watch = Watch(context, crm.url)
    watch.forgive("422")
    page = context.new_page()
    page.goto(f"{crm.url}/view/contact/{ada}")
    page.locator("summary", has_text="Add a property").click()
    page.locator("#properties .chip", has_text="LinkedIn").click()
    write(page, "LinkedIn", "not an address")
    expect(page.get_by_role("alert")).to_contain_text("must be an address")
    expect(page.get_by_role("textbox", name="LinkedIn")).to_be_focused()
    write(page, "LinkedIn", "linkedin.com/in/ada")
    expect(row(page, "LinkedIn").get_by_role("link", name="linkedin.com/in/ada")).to_be_visible()
    write(page, "Name of a property", "shoe size")
    page.get_by_role("textbox", name="shoe size").fill("38")
    page.get_by_role("button", name="Save").click()
    expect(row(page, "shoe size").locator(".told")).to_have_text("38")
    row(page, "shoe size").locator(".told").click()
    expect(page.get_by_role("textbox", name="shoe size")).to_be_focused()
    page.keyboard.press("Escape")
    expect(row(page, "shoe size").locator(".told")).to_have_text("38")
    row(page, "shoe size").locator(".told").click()
    write(page, "shoe size", "")
    expect(toast(page)).to_contain_text("shoe size cleared")
    expect(page.get_by_text("shoe size", exact=True)).to_have_count(0)
    assert stored(crm, ada)["linkedinUrl"] == "https://linkedin.com/in/ada"
    watch.assert_clean()


def test_two_at_once_both_get_to_see_it(browser: Browser, crm: House, ada: str) -> None:
    pages = []
    for who in ("admin", "member"):
        context = browser.new_context()
        crm.sign_in(context, who)
        watch = Watch(context, crm.url)
        watch.forgive("409")
        pages.append((context, watch, context.new_page()))
    (_, _, ana), (_, _, tom) = pages
    for page in (ana, tom):
        page.goto(f"{crm.url}/view/contact/{ada}")
        row(page, "Title").locator(".told").click()
    ana.get_by_role("textbox", name="Title").fill("CTO")
    ana.keyboard.press("Enter")
    expect(toast(ana)).to_contain_text("Title changed")
    tom.get_by_role("textbox", name="Title").fill("COO")
    tom.keyboard.press("Enter")
    both = tom.get_by_role("alert")
    expect(both).to_contain_text("Ana Ruiz changed this just now")
    expect(both).to_contain_text(re.compile("CTO.*COO", re.DOTALL))
    assert stored(crm, ada)["title"] == "CTO"
    tom.get_by_role("button", name="Use mine").click()
    expect(row(tom, "Title").locator(".told")).to_have_text("COO")
    assert stored(crm, ada)["title"] == "COO"
    # And the other way round: Enginy was faster, and its value stays.
    row(ana, "Title").locator(".told").click()
    ana.get_by_role("textbox", name="Title").fill("CFO")
    crm.send("PUT", "/contacts", {"contacts": [{"crmId": ada, "title": "Founder"}]})
    ana.keyboard.press("Enter")
    ana.get_by_role("link", name="Keep theirs").click()
    expect(row(ana, "Title").locator(".told")).to_have_text("Founder")
    for context, watch, _ in pages:
        watch.assert_clean()
        context.close()


def test_a_value_of_before_comes_back_from_the_history(page: Page, crm: House, ada: str) -> None:
    crm.send("PUT", "/contacts", {"contacts": [{"crmId": ada, "title": "Intern"}]})
    page.goto(f"{crm.url}/view/contact/{ada}?changes=yes")
    page.get_by_role("button", name="Restore this value: CEO").click()
    expect(row(page, "Title").locator(".told")).to_have_text("CEO")
    expect(page).to_have_url(re.compile("changes=yes"))
    toast(page).get_by_role("button", name="Undo").click()
    expect(row(page, "Title").locator(".told")).to_have_text("Intern")


def test_a_deleted_contact_is_in_the_bin_and_comes_back(page: Page, crm: House, ada: str) -> None:
    page.goto(f"{crm.url}/view/contact/{ada}")
    page.locator("summary", has_text="More").click()
    page.get_by_role("button", name="Delete").click()
    expect(page).to_have_url(re.compile("/view/contacts"))
    expect(toast(page)).to_contain_text("Ada Lovelace deleted")
    toast(page).get_by_role("button", name="Undo").click()
    expect(toast(page)).to_contain_text("Ada Lovelace restored")
    toast(page).get_by_role("button", name="Undo").click()
    expect(toast(page)).to_contain_text("Ada Lovelace deleted")
    page.goto(f"{crm.url}/view/contact/{ada}")
    expect(page.get_by_text("was deleted by Ana Ruiz just now")).to_be_visible()
    assert page.locator(".pencil").count() == 0
    page.goto(f"{crm.url}/view/contacts")
    page.get_by_role("link", name="Deleted contacts").click()
    gone = page.get_by_role("listitem").filter(has_text="Ada Lovelace").first
    expect(gone).to_contain_text("by Ana Ruiz")
    page.locator(f'form[action$="{ada}/restore"] button').click()
    expect(toast(page)).to_contain_text("Ada Lovelace restored")
    expect(page).to_have_url(re.compile("/view/bin"))
    assert stored(crm, ada)["title"] == "CEO"


def test_a_contact_is_made_by_hand_and_a_second_one_only_on_purpose(
    context: BrowserContext, crm: House, ada: str
) -> None:
    company = crm.send(
        "POST",
        "/companies",
        {"companies": [{"externalId": "difference", "name": "Difference Ltd"}]},
    )["results"][0]["crmId"]
    crm.store.project_pending()
    crm.sign_in(context)
    watch = Watch(context, crm.url)
    watch.forgive("409", "422")
    page = context.new_page()
    page.goto(f"{crm.url}/view/contacts")
    page.get_by_role("link", name="Add a contact").click()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("must say who it is")
    page.get_by_label("First name").fill("Charles")
    page.get_by_label("Email").fill(str(stored(crm, ada)["email"]).upper())
    page.get_by_label("Company", exact=True).press_sequentially("Diff", delay=20)
    page.get_by_role("radio", name="Difference Ltd").check()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Ada Lovelace has this email already")
    page.get_by_role("button", name="Add anyway").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Charles")
    expect(page.get_by_role("link", name="Difference Ltd")).to_have_attribute(
        "href", re.compile(company)
    )
    page.get_by_role("button", name="Unlink Difference Ltd").click()
    expect(toast(page)).to_contain_text("Charles no longer linked to Difference Ltd")
    expect(page.get_by_role("button", name="Unlink Difference Ltd")).to_have_count(0)
    page.get_by_role("link", name="Link", exact=True).click()
    page.get_by_label("Search companies").press_sequentially("Diff", delay=20)
    page.get_by_role("button", name="Link Difference Ltd").click()
    expect(page.get_by_role("button", name="Unlink Difference Ltd")).to_be_visible()
    watch.assert_clean()


def test_a_task_is_edited_deleted_and_restored(page: Page, crm: House, ada: str) -> None:
    crm.store.project_pending()
    subject = "Ring the engine"
    task = crm.send("POST", "/tasks", {"subject": subject, "dueDate": "2031-02-03T10:00:00Z"})["id"]
    page.goto(f"{crm.url}/view/task/{task}")
    row(page, "Due").locator(".told").click()
    page.get_by_label("Due", exact=True).fill("2031-05-06")
    page.get_by_label("Due, hour").fill("09:30")
    page.keyboard.press("Enter")
    expect(row(page, "Due")).to_contain_text("6 May 2031, 09:30")
    # Madrid, in summer.
    assert crm.send("GET", f"/tasks/{task}")["dueDate"] == "2031-05-06T07:30:00Z"
    row(page, "Contact").get_by_text("none").click()
    page.get_by_label("Search contacts").press_sequentially(
        stored(crm, ada)["email"].partition("@")[0], delay=5
    )
    expect(page.get_by_role("radio", name="Ada Lovelace")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(row(page, "Contact").get_by_role("link", name="Ada Lovelace")).to_be_visible()
    assert crm.send("GET", f"/tasks/{task}")["contactId"] == ada
    page.locator("summary", has_text="More").click()
    page.get_by_role("button", name="Delete").click()
    expect(page).to_have_url(re.compile("/view/tasks"))
    crm.refused("GET", f"/tasks/{task}", None)
    gone = crm.store.catalogue.bin(Noun.TASK, None, 1).items[0]
    assert (gone.id, gone.name) == (task, subject)
    page.goto(f"{crm.url}/view/task/{task}")
    page.get_by_role("button", name="Restore").click()
    expect(page.get_by_role("button", name="Complete")).to_be_visible()


def test_everything_is_edited_without_scripts(browser: Browser, crm: House, ada: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    crm.sign_in(context)
    watch = Watch(context, crm.url)
    watch.forgive("409", "422")
    page = context.new_page()
    page.goto(f"{crm.url}/view/contact/{ada}")
    page.get_by_role("link", name="Change Title").click()
    page.get_by_role("textbox", name="Title").fill("CTO")
    page.get_by_role("button", name="Save").click()
    expect(row(page, "Title").locator(".told")).to_have_text("CTO")
    page.get_by_role("button", name="Undo").click()
    expect(row(page, "Title").locator(".told")).to_have_text("CEO")
    page.locator("summary", has_text="More").click()
    page.get_by_role("link", name="Edit all").click()
    page.get_by_role("textbox", name="Title").fill("COO")
    page.get_by_role("textbox", name="Location").fill("London")
    crm.send("PUT", "/contacts", {"contacts": [{"crmId": ada, "title": "Theirs"}]})
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("wrote Theirs meanwhile")
    assert "location" not in stored(crm, ada)
    page.get_by_role("button", name="Save").click()
    expect(row(page, "Title").locator(".told")).to_have_text("COO")
    expect(row(page, "Location").locator(".told")).to_have_text("London")
    page.locator("summary", has_text="More").click()
    page.get_by_role("link", name="Where values came from").click()
    expect(page.get_by_role("row").filter(has_text="Location")).to_contain_text("Ana Ruiz")
    settled(page)
    watch.assert_clean()
    context.close()
