"""Properties, in the browser: looked at, named, typed, hidden, ordered, and sent back."""

import re
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.house import House, Watch, settled, texts


def row(page: Page, name: str) -> Locator:
    """The line of a property, by its exact name."""
    return page.locator("tr").filter(has=page.locator(f'code[title="{name}"]'))


def stock(crm: House) -> str:
    """Have Enginy send a few contacts; the id of the first."""
    people: list[dict[str, Any]] = [
        {
            "externalId": str(n),
            "firstName": f"Ada {n}",
            "score": n,
            "mood": "warm" if n % 2 else "cold",
        }
        for n in range(12)
    ]
    told = crm.send("POST", "/contacts", {"contacts": people})["results"]
    crm.store.project_pending()
    first: str = told[0]["crmId"]
    return first


def synced(crm: House) -> dict[str, Any]:
    """What Enginy gets of the first contact."""
    asked = {"contacts": [{"externalId": "0"}]}
    found: dict[str, Any] = crm.send("POST", "/contacts/sync", asked)["results"][0]["properties"]
    return found


def test_what_records_hold_comes_by_itself_and_leads_to_the_list(page: Page, crm: House) -> None:
    page.goto(f"{crm.url}/view/properties")
    line = row(page, "engagement_status")
    line.scroll_into_view_if_needed()
    count = line.get_by_role("link", name=re.compile(r"^[\d,]+ contacts?$"))
    expect(count).to_be_visible()
    told = count.inner_text()
    samples = texts(page, f"#{line.locator('.seen > div').get_attribute('id')} .samples > *")
    assert 0 < len(samples) == len(set(samples)) <= 5
    search = page.get_by_label("Search properties")
    search.press_sequentially("engagement STATUS", delay=10)
    others = page.locator("tbody tr").filter(
        has_not_text=re.compile("engagement.status", re.IGNORECASE)
    )
    expect(others).to_have_count(0)
    expect(page).to_have_url(re.compile("q=engagement"))
    expect(search).to_be_focused()
    count.click()
    page.get_by_role("link", name="Show total").click()
    expect(page.get_by_text(f"{told} in all")).to_be_visible()


def test_an_admin_names_and_types_a_property(context: BrowserContext, empty: House) -> None:
    contact = stock(empty)
    empty.sign_in(context)
    watch = Watch(context, empty.url)
    page = context.new_page()
    page.goto(f"{empty.url}/view/properties")
    # What its values look like is offered as its choices.
    row(page, "mood").get_by_role("link", name="Mood").click()
    choices = page.get_by_label("Choices, one on a line")
    expect(choices).to_be_hidden()
    page.get_by_label("Label").fill("Temper")
    page.get_by_label("Type").select_option("Choice")
    assert set(choices.input_value().split()) == {"warm", "cold"}
    page.get_by_role("button", name="Save").click()
    expect(row(page, "mood")).to_contain_text("Temper")
    expect(row(page, "mood")).to_contain_text("Choice")

    page.goto(f"{empty.url}/view/contact/{contact}")
    assert texts(page, "dt[title=mood]") == ["Temper"]
    expect(page.locator("dd .chip", has_text="cold")).to_be_visible()

    # The filter offers the choices as soon as the property is chosen.
    page.goto(f"{empty.url}/view/contacts")
    page.locator("summary", has_text="Filter").click()
    page.locator("select[name=prop]").last.select_option("Temper")
    page.locator("select[name=value]").select_option("warm")
    expect(page.locator("#results tbody tr")).to_have_count(6)
    expect(page).to_have_url(re.compile("prop=mood&value=warm"))
    watch.assert_clean()


def test_numbers_are_filtered_by_the_ends_between_which_they_lie(
    context: BrowserContext, empty: House
) -> None:
    stock(empty)
    empty.sign_in(context)
    watch = Watch(context, empty.url)
    page = context.new_page()
    page.goto(f"{empty.url}/view/contacts")
    found = page.locator("#results tbody tr")
    expect(found).to_have_count(12)
    page.keyboard.press("f")
    # Nobody has given it a type: its values say what it is.
    page.locator("select[name=prop]").last.select_option("Score")
    page.get_by_label("From", exact=True).fill("3")
    page.get_by_label("From", exact=True).press("Tab")
    expect(found).to_have_count(9)
    page.get_by_label("To", exact=True).fill("5")
    page.get_by_role("button", name="Apply").click()
    expect(found).to_have_count(3)
    expect(page).to_have_url(re.compile("prop=score&from=3&to=5"))
    page.get_by_role("link", name="Show total").click()
    expect(page.get_by_text("3 contacts in all")).to_be_visible()

    # It can be kept as a view, and is found again by its name.
    page.locator("summary", has_text="Save this view").click()
    page.get_by_role("textbox", name="Name").fill("Lukewarm")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"{empty.url}/")
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("luke")
    page.get_by_role("option", name="Lukewarm").click()
    expect(found).to_have_count(3)
    watch.assert_clean()


def test_an_admin_hides_and_orders_properties(context: BrowserContext, empty: House) -> None:
    contact = stock(empty)
    empty.sign_in(context)
    watch = Watch(context, empty.url)
    page = context.new_page()
    page.goto(f"{empty.url}/view/properties")
    row(page, "score").scroll_into_view_if_needed()
    expect(row(page, "score")).to_contain_text("12 contacts")
    # It happens in place, and what was counted stays.
    row(page, "score").get_by_role("button", name="up").click()
    names = page.locator("table").last.locator("code")
    expect(names.last).to_have_text("mood")
    expect(row(page, "score")).to_contain_text("12 contacts")
    shown = page.get_by_role("switch", name="Score shown", exact=True)
    shown.click()
    expect(shown).to_have_attribute("aria-checked", "false")
    expect(shown).to_be_focused()

    page.goto(f"{empty.url}/view/contact/{contact}")
    expect(page.locator("dt[title=score]")).to_be_hidden()
    page.locator("summary", has_text="Hidden properties").click()
    expect(page.locator("dt[title=score]")).to_be_visible()
    watch.assert_clean()


def test_what_is_switched_on_goes_back_to_enginy(context: BrowserContext, empty: House) -> None:
    stock(empty)
    assert synced(empty) == {}
    empty.sign_in(context)
    watch = Watch(context, empty.url)
    page = context.new_page()
    page.goto(f"{empty.url}/view/properties")
    switch = page.get_by_role("switch", name="Mood goes back to Enginy")
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "true")
    assert synced(empty) == {"mood": "cold"}
    expect(page.locator("ol li").last).to_have_text("Mood")
    page.get_by_role("button", name="Undo").click()
    expect(switch).to_have_attribute("aria-checked", "false")
    assert synced(empty) == {}
    page.get_by_role("button", name="Back to the settings").click()
    expect(page.get_by_text("An admin has chosen these")).to_be_hidden()
    settled(page)
    watch.assert_clean()


def test_a_new_property_and_a_member(context: BrowserContext, empty: House) -> None:
    contact = stock(empty)
    empty.sign_in(context)
    page = context.new_page()
    page.goto(f"{empty.url}/view/properties")
    page.locator("summary", has_text="New property").click()
    page.get_by_label("Name").fill("renewalDate")
    page.get_by_label("Type").select_option("Date")
    page.get_by_role("button", name="Add").click()
    expect(row(page, "renewalDate")).to_contain_text("Renewal date")
    page.goto(f"{empty.url}/view/contact/{contact}")
    expect(page.locator("dt[title=renewalDate] + dd .told")).to_have_text("empty")

    empty.sign_in(context, "member")
    page.goto(f"{empty.url}/view/properties")
    row(page, "renewalDate").scroll_into_view_if_needed()
    expect(row(page, "renewalDate")).to_contain_text("No contact has it yet.")
    assert page.locator("main button, main [role=switch]").count() == 0
