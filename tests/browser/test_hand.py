"""The palette and the shortcuts: everything from the keyboard."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.house import House, settled, texts


def found_in(page: Page) -> Locator:
    """What the palette shows: a page has options of its own."""
    return page.locator("#palette-list")


def test_the_palette_finds_records_and_goes_there(page: Page, crm: House) -> None:
    contact = crm.talkative_contact()
    page.goto(f"{crm.url}/view/tasks")
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Find or do anything")
    expect(field).to_be_focused()
    # Before anything is asked, it shows what can be done.
    expect(found_in(page).get_by_role("option", name="Contacts")).to_be_visible()
    field.press_sequentially(str(contact.email), delay=10)
    found = found_in(page).get_by_role("option", name=contact.name)
    expect(found).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", str(found.get_attribute("id")))
    assert Axe().run(page, ".palette").response["violations"] == []
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{crm.url}/view/contact/{contact.id}")
    # Where one was is offered first, elsewhere.
    page.goto(f"{crm.url}/view/companies")
    page.keyboard.press("Control+k")
    first = found_in(page).get_by_role("option").first
    expect(first).to_contain_text(contact.name)
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "false")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{crm.url}/view/contact/{contact.id}")


def test_the_palette_does_things(page: Page, crm: House) -> None:
    page.goto(f"{crm.url}/view/calls")
    page.keyboard.press("/")
    page.keyboard.type("dark")
    # Whoever is faster than the answer gets what they have typed.
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.keyboard.press("Control+k")
    page.keyboard.type("add a ta")
    expect(found_in(page).get_by_role("option", name="Add a task")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{crm.url}/view/tasks#add-a-task")
    expect(page.get_by_label("What", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type("complete this")
    expect(page.get_by_text("Nothing is called")).to_have_count(0)
    expect(found_in(page).get_by_role("option")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()


def test_a_member_is_offered_what_a_member_may(browser: Browser, crm: House) -> None:
    context = browser.new_context()
    crm.sign_in(context, "member")
    page = context.new_page()
    page.goto(f"{crm.url}/")
    page.get_by_role("link", name="Find", exact=True).click()
    expect(found_in(page).get_by_role("option", name="Sign out")).to_be_visible()
    expect(found_in(page).get_by_role("option", name="Invite somebody")).to_have_count(0)
    context.close()


def test_keys_go_places_and_never_while_somebody_types(page: Page, crm: House) -> None:
    page.goto(f"{crm.url}/")
    page.keyboard.type("gc")
    expect(page).to_have_url(f"{crm.url}/view/contacts")
    page.get_by_label("Search contacts").focus()
    page.keyboard.type("gt?")
    settled(page)
    assert "/view/contacts" in page.url
    expect(page.locator("#keys")).to_be_hidden()
    page.goto(f"{crm.url}/view/contacts")
    names = page.locator("#results .who a")
    page.keyboard.type("jjk")
    expect(names.first).to_be_focused()
    page.keyboard.press("j")
    second = names.nth(1).get_attribute("href")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{crm.url}{second}")


def test_the_sheet_lists_them(page: Page, crm: House) -> None:
    page.goto(f"{crm.url}/")
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet).to_be_visible()
    expect(sheet.get_by_text("Who waits for an answer")).to_be_visible()
    assert Axe().run(page, "#keys").response["violations"] == []
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def test_single_keys_can_be_switched_off(page: Page, crm: House) -> None:
    page.goto(f"{crm.url}/view/account")
    page.get_by_role("button", name="Off").click()
    page.goto(f"{crm.url}/view/calls")
    page.keyboard.type("gc?")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()
    expect(page.locator("#keys")).to_be_hidden()
    assert page.url.endswith("/view/calls")


def test_a_task_is_completed_by_a_key(page: Page, crm: House) -> None:
    told = crm.send("POST", "/tasks", {"subject": "By a key", "dueDate": "2020-01-01T10:00:00Z"})
    page.goto(f"{crm.url}/view/tasks?state=overdue")
    page.keyboard.type("j")
    expect(page.get_by_role("link", name="By a key")).to_be_focused()
    page.keyboard.press("c")
    expect(page.locator("#toasts")).to_contain_text("Task completed")
    assert crm.send("GET", f"/tasks/{told['id']}")["completed"] is True


def test_anything_is_found_without_scripts(browser: Browser, crm: House) -> None:
    contact = crm.talkative_contact()
    context = browser.new_context(java_script_enabled=False)
    crm.sign_in(context)
    page = context.new_page()
    page.goto(f"{crm.url}/")
    page.get_by_role("link", name="Find", exact=True).click()
    page.get_by_label("Find anything").fill(str(contact.email))
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name=contact.name).click()
    expect(page).to_have_url(re.compile(contact.id))
    context.close()


def test_from_one_record_to_the_next_of_the_list(page: Page, crm: House) -> None:
    page.goto(f"{crm.url}/view/contacts?replied=yes&sort=name")
    names = texts(page, "#results .who a")
    page.locator("#results .who a").nth(1).click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(names[1])
    page.keyboard.press("n")
    expect(heading).to_have_text(names[2])
    page.keyboard.press("[")
    expect(heading).to_have_text(names[1])
    page.keyboard.press("p")
    expect(heading).to_have_text(names[0])
    beside = page.get_by_role("navigation", name="In the list")
    expect(beside.get_by_role("link", name="Before")).to_have_count(0)
    beside.get_by_role("link", name="Contacts").click()
    expect(page).to_have_url(re.compile(r"replied=yes&sort=name"))
    # Whoever comes from elsewhere is in no list.
    page.goto(f"{crm.url}/view/contact/{crm.talkative_contact().id}")
    expect(beside).to_have_count(0)


def test_going_back_takes_nothing_away(page: Page, crm: House) -> None:
    page.goto(f"{crm.url}/view/contacts")
    page.get_by_role("link", name="Last activity").click()
    expect(page).to_have_url(re.compile("sort="))
    settled(page)
    page.go_back()
    expect(page).to_have_url(f"{crm.url}/view/contacts")
    settled(page)
    expect(page.locator("#frame")).to_have_count(1)
    page.keyboard.press("Control+k")
    page.keyboard.type("tasks")
    expect(found_in(page).get_by_role("option", name="Tasks g t")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{crm.url}/view/tasks")
