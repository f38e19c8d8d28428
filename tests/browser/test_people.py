"""Getting in and out: the first link, signing in, invitations, roles, sessions, passwords."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from customcrm.operations.accounts.links import first_link
from tests.browser.house import ADMIN, MEMBER, ORIGIN, PASSWORD, House, Watch, house

NEW_PASSWORD = "eight brown boxes falling"


@pytest.fixture
def stranger(browser: Browser) -> Page:
    """Somebody else's browser, on another machine."""
    return browser.new_context().new_page()


def sign_in(page: Page, email: str, password: str) -> None:
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_the_first_link_makes_the_first_admin(context: BrowserContext, tmp_path: Path) -> None:
    with house(tmp_path, people=False) as crm:
        link = first_link(crm.store, ORIGIN)
        watch = Watch(context, crm.url)
        page = context.new_page()
        page.goto(f"{crm.url}/")
        expect(page).to_have_url(re.compile(r"/view/sign-in"))
        expect(page.get_by_text("Nobody has an account yet")).to_be_visible()
        page.goto(f"{crm.url}/view/link/{link}")
        page.get_by_label("Your name").fill("Grace Hopper")
        page.get_by_label("Email").fill("Grace@Example.com")
        page.get_by_label("Password").fill("short")
        page.get_by_role("button").click()
        assert page.get_by_label("Password").evaluate("field => !field.validity.valid")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button").click()
        expect(
            page.get_by_role("heading", name="Connect Enginy, and watch it fill up")
        ).to_be_visible()
        expect(page.get_by_role("link", name="Grace Hopper")).to_be_visible()
        watch.assert_clean()
        # It works once.
        page.goto(f"{crm.url}/view/link/{link}")
        expect(page.get_by_text("Ask whoever sent it for a new one.")).to_be_visible()
        assert first_link(crm.store, ORIGIN) is None


def test_a_deep_link_leads_through_the_door_to_the_record(
    context: BrowserContext, crm: House
) -> None:
    watch = Watch(context, crm.url)
    page = context.new_page()
    contact = crm.talkative_contact()
    page.goto(f"{crm.url}/view/contact/{contact.id}?direction=INBOUND")
    sign_in(page, ADMIN[1], "not the password at all")
    watch.forgive("401")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Email")).to_have_value(ADMIN[1])
    sign_in(page, ADMIN[1].upper(), PASSWORD)
    expect(page).to_have_url(f"{crm.url}/view/contact/{contact.id}?direction=INBOUND")
    expect(page.get_by_role("heading", level=1)).to_have_text(contact.name)
    page.goto(f"{crm.url}/view/account")
    page.locator("header.head").get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile(r"/view/sign-in"))
    page.goto(f"{crm.url}/")
    expect(page).to_have_url(re.compile(r"/view/sign-in"))
    watch.assert_clean()


def test_an_invitation_lets_somebody_in(
    context: BrowserContext, stranger: Page, empty: House
) -> None:
    empty.sign_in(context)
    watch, theirs = Watch(context, empty.url), Watch(stranger.context, empty.url)
    page = context.new_page()
    page.goto(f"{empty.url}/view/team")
    page.get_by_label("Name").fill("Priya Nair")
    page.get_by_label("Email").fill("priya@example.com")
    page.get_by_role("button", name="Make an invitation").click()
    link = page.get_by_role("textbox", name="Link").inner_text()
    expect(page.get_by_text("has not joined yet")).to_be_visible()
    stranger.goto(link)
    expect(stranger.get_by_label("Your name")).to_have_value("Priya Nair")
    stranger.get_by_label("Password").fill(NEW_PASSWORD)
    stranger.get_by_role("button").click()
    expect(stranger.get_by_role("link", name="Priya Nair")).to_be_visible()
    expect(stranger.get_by_role("link", name="Team")).to_have_count(0)
    # A change of role holds from the next page on.
    page.goto(f"{empty.url}/view/team")
    row = page.locator("li.person", has_text="Priya Nair")
    row.get_by_label("Role of Priya Nair").select_option("admin")
    row.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_be_visible()
    stranger.goto(f"{empty.url}/")
    expect(stranger.get_by_role("link", name="Team")).to_be_visible()
    row.get_by_text("More for Priya Nair").locator("..").click()
    row.get_by_role("button", name="Remove from the team").click()
    expect(page.get_by_role("status")).to_be_visible()
    stranger.goto(f"{empty.url}/")
    expect(stranger).to_have_url(re.compile(r"/view/sign-in"))
    watch.assert_clean()
    theirs.assert_clean()


def test_the_last_admin_stays(context: BrowserContext, empty: House) -> None:
    empty.sign_in(context)
    watch = Watch(context, empty.url)
    page = context.new_page()
    page.goto(f"{empty.url}/view/team")
    row = page.locator("li.person", has_text=ADMIN[0])
    row.get_by_label(f"Role of {ADMIN[0]}").select_option("member")
    row.get_by_role("button", name="Save").click()
    watch.forgive("409")
    expect(page.get_by_role("alert")).to_contain_text("admin")
    expect(row.get_by_label(f"Role of {ADMIN[0]}")).to_have_value("admin")
    watch.assert_clean()


def test_sessions_are_listed_and_ended(
    context: BrowserContext, stranger: Page, empty: House
) -> None:
    empty.sign_in(context)
    watch = Watch(context, empty.url)
    stranger.goto(f"{empty.url}/view/sign-in")
    sign_in(stranger, ADMIN[1], PASSWORD)
    expect(stranger.get_by_role("link", name=ADMIN[0])).to_be_visible()
    # An open page would leave for the sign-in page by itself, at the same time as the test does.
    stranger.goto("about:blank")
    page = context.new_page()
    page.goto(f"{empty.url}/view/account")
    sessions = page.get_by_role("region", name="Where you are signed in")
    expect(sessions.get_by_role("listitem")).to_have_count(2)
    sessions.get_by_role("button", name="Sign out").click()
    expect(sessions.get_by_role("listitem")).to_have_count(1)
    stranger.goto(f"{empty.url}/")
    expect(stranger).to_have_url(re.compile(r"/view/sign-in"))
    watch.assert_clean()


def test_a_new_password_ends_all_other_sessions(
    context: BrowserContext, stranger: Page, empty: House
) -> None:
    empty.sign_in(context)
    watch = Watch(context, empty.url)
    stranger.goto(f"{empty.url}/view/sign-in")
    sign_in(stranger, ADMIN[1], PASSWORD)
    page = context.new_page()
    page.goto(f"{empty.url}/view/account")
    page.get_by_label("Current password").fill("not the password")
    page.get_by_label("New password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Change password").click()
    watch.forgive("422")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_label("New password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_role("status")).to_be_visible()
    # Its page asks for news every two seconds, and is sent to sign in by itself.
    stranger.wait_for_url("**/view/sign-in**")
    sign_in(stranger, ADMIN[1], PASSWORD)
    expect(stranger.get_by_role("alert")).to_be_visible()
    sign_in(stranger, ADMIN[1], NEW_PASSWORD)
    expect(stranger.get_by_role("link", name=ADMIN[0])).to_be_visible()
    watch.assert_clean()


def test_profile_and_zone_are_changed(context: BrowserContext, empty: House) -> None:
    empty.sign_in(context, "member")
    watch = Watch(context, empty.url)
    page = context.new_page()
    page.goto(f"{empty.url}/view/account")
    page.get_by_label("Name", exact=True).fill("Thomas Becker")
    page.get_by_label("Time zone").select_option("Asia/Tokyo")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.get_by_label("Time zone")).to_have_value("Asia/Tokyo")
    expect(page.get_by_role("link", name="Thomas Becker")).to_be_visible()
    assert MEMBER[0] not in page.content()
    watch.assert_clean()


def test_the_look_is_chosen_and_kept(context: BrowserContext, empty: House) -> None:
    empty.sign_in(context)
    watch = Watch(context, empty.url)
    page = context.new_page()
    page.goto(f"{empty.url}/view/account")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Dark").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    page.goto(f"{empty.url}/view/tasks")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    page.goto(f"{empty.url}/view/account")
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Same as system").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == light
    watch.assert_clean()


def test_a_forgotten_password_is_chosen_anew(
    context: BrowserContext, stranger: Page, empty: House
) -> None:
    empty.sign_in(context)
    watch = Watch(context, empty.url)
    page = context.new_page()
    page.goto(f"{empty.url}/view/team")
    row = page.locator("li.person", has_text=MEMBER[0])
    row.locator("summary").click()
    row.get_by_role("button", name="Link for a new password").click()
    link = page.get_by_role("textbox", name="Link").inner_text()
    stranger.goto(link)
    stranger.get_by_label("Password").fill(NEW_PASSWORD)
    stranger.get_by_role("button").click()
    expect(stranger.get_by_role("link", name=MEMBER[0])).to_be_visible()
    other = stranger.context.browser
    assert other is not None
    old = other.new_context().new_page()
    old.goto(f"{empty.url}/view/sign-in")
    sign_in(old, MEMBER[1], PASSWORD)
    expect(old.get_by_role("alert")).to_be_visible()
    watch.assert_clean()
