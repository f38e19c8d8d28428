"""With scripts off one can sign in, find a contact, read its timeline and complete a task."""

import re

from playwright.sync_api import Browser, expect

from tests.browser.house import ADMIN, PASSWORD, House, Watch


def test_everything_needed_works_without_scripts(browser: Browser, crm: House) -> None:
    contact = crm.talkative_contact()
    told = crm.send("POST", "/tasks", {"subject": "Without scripts", "contactId": contact.id})
    context = browser.new_context(java_script_enabled=False)
    watch = Watch(context, crm.url)
    page = context.new_page()
    page.goto(crm.url)
    page.get_by_label("Email").fill(ADMIN[1])
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("navigation", name="Main", exact=True).get_by_role(
        "link", name="Contacts"
    ).click()
    page.get_by_label("Search contacts").fill(str(contact.email))
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=contact.name).click()
    expect(page.locator(".said.in").first).to_be_visible()
    page.get_by_role("button", name="Complete: Without scripts").click()
    expect(page).to_have_url(re.compile(contact.id))
    expect(page.get_by_role("button", name="Complete: Without scripts")).to_have_count(0)
    assert crm.send("GET", f"/tasks/{told['id']}")["completed"] is True
    page.locator("header .nav").last.get_by_role("link", name=ADMIN[0]).click()
    page.locator("header.head").get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/view/sign-in"))
    watch.assert_clean()
    context.close()


def test_a_match_is_explained_without_scripts(browser: Browser, crm: House) -> None:
    contact = crm.talkative_contact()
    context = browser.new_context(java_script_enabled=False)
    crm.sign_in(context)
    watch = Watch(context, crm.url)
    page = context.new_page()
    page.goto(f"{crm.url}/view/matching")
    page.get_by_label("JSON").fill(f'{{"externalId": "new", "email": "{contact.email}"}}')
    page.get_by_role("button", name="Explain").click()
    expect(page.get_by_text("found by Email")).to_be_visible()
    expect(page.locator(".trail .verdict-won").get_by_role("link")).to_have_text(contact.name)
    page.get_by_role("button", name="Earlier: Phone").click()
    expect(page.get_by_text("The order holds from now on")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="As the settings say")).to_have_count(0)
    watch.assert_clean()
    context.close()
