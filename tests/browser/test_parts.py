"""When a part of a page is replaced: where the keyboard is, what is said, and who is signed out."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.house import House, settled


def press(page: Page, selector: str) -> None:
    """Press something as who uses a keyboard does."""
    page.locator(selector).first.focus()
    page.keyboard.press("Enter")


def test_another_page_of_a_list_begins_at_its_top(page: Page, crm: House) -> None:
    page.goto(f"{crm.url}/view/contacts")
    press(page, "a[rel=next]")
    page.wait_for_url("**at=**")
    settled(page)
    expect(page.locator("#content")).to_be_focused()
    assert page.evaluate("window.scrollY") == 0
    expect(page.locator("p[aria-live]")).to_contain_text("shown")


def test_a_heading_that_sorts_keeps_the_keyboard(page: Page, crm: House) -> None:
    page.goto(f"{crm.url}/view/contacts")
    press(page, "th:nth-child(2) a, th:nth-child(3) a")
    page.wait_for_url("**sort=**")
    settled(page)
    expect(page.locator("th a:focus")).to_have_count(1)


def test_a_task_that_goes_leaves_the_keyboard_in_the_list(page: Page, crm: House) -> None:
    page.goto(f"{crm.url}/view/tasks")
    page.locator(".tabs a", has_text="Done").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**state=done**")
    settled(page)
    expect(page.locator(".tabs a:focus")).to_contain_text("Done")


def test_a_search_that_finds_nothing_says_so(page: Page, crm: House) -> None:
    page.goto(f"{crm.url}/view/contacts")
    search = page.locator("#content .search input")
    search.press_sequentially("qqzzxx")
    expect(page.locator("p[aria-live]")).to_have_text("Nothing matches")
    expect(search).to_be_focused()
    expect(search).to_have_value("qqzzxx")


def test_who_is_signed_out_meanwhile_is_told_at_the_next_step(page: Page, crm: House) -> None:
    with page.expect_response("**/view/live?**"):
        page.goto(f"{crm.url}/view/activities")
    page.context.clear_cookies()
    page.locator("#direction").select_option("INBOUND")
    page.wait_for_url("**/view/sign-in?next=**")
    expect(page.get_by_label("Password")).to_be_visible()


def test_in_somebodys_own_colours_it_is_seen_where_one_is(browser: Browser, crm: House) -> None:
    context = browser.new_context(forced_colors="active")
    crm.sign_in(context)
    page = context.new_page()
    page.goto(crm.url)
    here, there = page.locator(".nav a[aria-current]"), page.locator(".nav a:not([aria-current])")
    expect(here.first).to_have_css("outline-style", "solid")
    expect(there.first).to_have_css("outline-style", "none")
    page.goto(f"{crm.url}/view/styleguide")
    dots = page.locator(".legend .dot")
    colours = {dot.evaluate("dot => getComputedStyle(dot).backgroundColor") for dot in dots.all()}
    assert len(colours) > 1
    context.close()
