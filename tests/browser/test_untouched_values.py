"""What nobody has touched stays as it is, in a browser that really sends the forms."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from customcrm.clock import new_id, system_clock
from customcrm.crm.property_types import PropertyType
from customcrm.crm.records import Kind
from customcrm.operations.ports import Origin
from customcrm.operations.properties import PropertyBook, Shape
from customcrm.operations.records import read_records
from customcrm.operations.tasks import read_task, values_of
from tests.browser.house import House

ORIGIN = Origin("cli", system_clock, new_id)
VALUES: list[Any] = [
    *("31/01/2026", "2026-02-30", " 2026-01-31", "20260131", "2026-01-31", "2026-01-31T10:00:00Z"),
    *("Oui", "true", "maybe", "YES", True, 1, 5, 0.06666666666666667, 1e16, 1e-7, 10**20),
    *("Bronze", " Gold", "two\nlines", "two\r\nlines", "\nfirst", "a\rb", " padded ", "\u2028x"),
    *("</textarea>", '"><img src=x>', "&amp;&#10;", "👩\u200d💻", "x" * 300, "\ufeffx", "a\x0bb"),
]


@pytest.fixture(scope="module")
def typed(crm: House) -> House:
    """A property of each type."""
    book = PropertyBook(crm.store)
    for type_ in PropertyType:
        choices = ("Gold", "Silver") if type_ is PropertyType.CHOICE else ()
        book.define_property(
            Kind.CONTACT, f"as_{type_}", Shape(type=type_, choices=choices), ORIGIN
        )
    return crm


def made(crm: House, **values: Any) -> str:
    sent = {"externalId": new_id("untouched"), "title": "CEO", **values}
    return str(crm.send("POST", "/contacts", {"contacts": [sent]})["results"][0]["crmId"])


def kept(crm: House, contact: str) -> tuple[str, int]:
    """A record's properties as JSON, and how many changes its history has."""
    (found,) = read_records(crm.store, Kind.CONTACT, [contact])
    changes = len(crm.store.catalogue.history(contact, None, 100))
    return json.dumps(found.record.properties), changes


def test_edit_all_changes_nothing_that_nobody_touched(page: Page, typed: House) -> None:
    names = [f"as_{type_}" for type_ in PropertyType]
    for value in VALUES:
        contact = made(typed, **dict.fromkeys([*names, "untyped", "a\nb"], value))
        before = kept(typed, contact)
        page.goto(f"{typed.url}/view/contact/{contact}/edit")
        page.get_by_role("button", name="Save").click()
        expect(page).to_have_url(f"{typed.url}/view/contact/{contact}")
        assert kept(typed, contact) == before, value


def test_one_value_is_changed_and_no_other(page: Page, typed: House) -> None:
    odd = {"as_date": "31/01/2026", "as_yes_no": "Oui", "as_number": 1e-7, "as_choice": "Bronze"}
    contact = made(typed, **odd, untyped="two\r\nlines")
    before = kept(typed, contact)
    page.goto(f"{typed.url}/view/contact/{contact}/edit")
    page.get_by_role("textbox", name="Title").fill("CTO")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#toasts .toast").last).to_contain_text("Title changed")
    assert kept(typed, contact) == (before[0].replace('"CEO"', '"CTO"'), before[1] + 1)


def test_a_pencil_that_is_opened_and_left_changes_nothing(browser: Browser, typed: House) -> None:
    """With scripts off, Save is pressed in each form of one value."""
    context: BrowserContext = browser.new_context(java_script_enabled=False)
    typed.sign_in(context)
    page = context.new_page()
    for type_ in PropertyType:
        for value in VALUES[::6]:
            contact = made(typed, **{f"as_{type_}": value})
            before = kept(typed, contact)
            page.goto(f"{typed.url}/view/contact/{contact}/edit?field=as_{type_}")
            page.get_by_role("button", name="Save").click()
            assert kept(typed, contact) == before, (type_, value)
    context.close()


@pytest.mark.parametrize(
    "due",
    [
        *("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2031-05-06T07:08:09.000001Z"),
        *("9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2030-03-15", "0001-01-01"),
    ],
)
def test_a_task_keeps_its_due_date(page: Page, typed: House, due: str) -> None:
    sent = {"subject": f"Due {due}\nand more", "dueDate": due, "flag": "maybe"}
    task = typed.send("POST", "/tasks", sent)["id"]
    before = values_of(read_task(typed.store, task))
    assert before["dueDate"] == due
    page.goto(f"{typed.url}/view/task/{task}/edit")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(f"{typed.url}/view/task/{task}")
    assert values_of(read_task(typed.store, task)) == before
    page.goto(f"{typed.url}/view/task/{task}/edit")
    page.get_by_role("textbox", name="Type").fill("call")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#toasts .toast").last).to_contain_text("Type changed")
    assert values_of(read_task(typed.store, task)) == {**before, "type": "call"}
