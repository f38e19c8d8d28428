"""Everyday jobs, done as somebody does them who has read nothing, and counted.

`docs/walk-through.md` says how many clicks and keys each takes: here it is found out.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from customcrm.crm.records import CONTACT_RULES
from customcrm.operations.browsing.events import CallFilter
from customcrm.operations.editing import delete_records
from tests.browser.hand import Hand
from tests.browser.house import (
    ORIGIN,
    PATIENCE_MS,
    START_SECONDS,
    House,
    Watch,
    house,
    settled,
)

WALK: Final = Path(__file__).parents[2] / "docs" / "walk-through.md"
FEWEST: Final = 20


class Cost(NamedTuple):
    """What a job takes."""

    clicks: int
    keys: int


def told() -> Mapping[str, Cost]:
    """What the walk-through says of each job."""
    lines = [line.strip("| \n").split(" | ") for line in WALK.read_text("utf-8").splitlines()]
    rows = [line for line in lines if len(line) == len(("job", "how", "clicks", "keys"))]
    return {job: Cost(int(clicks), int(keys)) for job, _, clicks, keys in rows if clicks.isdigit()}


# Each begins on the home page.


def who_waits(hand: Hand) -> None:
    hand.sees("Can you send me the prices?")
    hand.click("link", "Ada Lovelace", hand.find("region", "Waiting for an answer"))


def last_reply(hand: Hand) -> None:
    to_ada(hand)
    hand.click("link", "Received")
    hand.sees("Can you send me the prices?")


def complete_and_undo(hand: Hand) -> None:
    to_ada(hand)
    hand.click("button", "Complete: Call Ada")
    hand.sees("Task completed")
    hand.click("button", "Undo")
    expect(hand.find("button", "Complete: Call Ada")).to_be_visible()


def task_for_tomorrow(hand: Hand) -> None:
    to_ada(hand)
    hand.open("Add a task")
    hand.type("Send the offer")
    hand.click("button", "Tomorrow")
    hand.click("button", "Add")
    hand.sees(re.compile("due tomorrow"))


def another_day(hand: Hand) -> None:
    hand.click("link", "Tasks")
    hand.click("checkbox", "Select Write to Emmy")
    hand.click("button", "Set the date")
    hand.click("button", "In a week")
    hand.click("button", "Change 1 task")
    hand.sees("1 changed")


def title_and_undo(hand: Hand) -> None:
    to_ada(hand)
    hand.text("CEO")
    hand.type("CTO")
    hand.press("Enter")
    hand.sees("Title changed")
    hand.click("button", "Undo")
    expect(hand.page.get_by_text("CEO", exact=True)).to_be_visible()


def where_from(hand: Hand) -> None:
    to_ada(hand)
    hand.point("Engines")
    value = hand.page.get_by_text("Engines", exact=True)
    company = hand.page.get_by_role("definition").filter(has=value)
    expect(company.get_by_text(re.compile("Enginy · "))).to_be_visible()


def old_value(hand: Hand) -> None:
    to_ada(hand)
    hand.click("link", "Changes")
    hand.click("button", "Restore this value: Paris")
    expect(hand.page.get_by_role("definition").get_by_text("Paris", exact=True)).to_be_visible()


def link_a_company(hand: Hand) -> None:
    to_ada(hand)
    hand.click("link", "Link")
    hand.type("engines")
    hand.click("button", "Link Engines Ltd")
    expect(hand.find("button", "Unlink Engines Ltd")).to_be_visible()


def by_hand(hand: Hand) -> None:
    hand.click("link", "Contacts")
    hand.click("link", "Add a contact")
    for text in ("Grace", "Hopper", "grace@navy.example"):
        hand.type(text)
        hand.press("Enter" if "@" in text else "Tab")
    expect(hand.page.get_by_role("heading", name="Grace Hopper")).to_be_visible()


def delete_and_undo(hand: Hand) -> None:
    to_ada(hand)
    hand.open("More")
    hand.click("button", "Delete")
    hand.sees("Ada Lovelace deleted")
    hand.click("button", "Undo")
    hand.sees("Ada Lovelace restored")


def from_the_bin(hand: Hand) -> None:
    hand.click("link", "Contacts")
    hand.click("link", "Deleted contacts")
    hand.click("button", re.compile("^Restore Charles Babbage"))
    hand.sees("Charles Babbage restored")


def filtered(hand: Hand) -> None:
    hand.click("link", "Contacts")
    hand.open("Filter")
    hand.choose("Owner", "Tom Becker")
    hand.choose("Replied", "Has replied")
    hand.click("button", "Apply")
    expect(hand.find("button", "Apply")).to_be_hidden()
    expect(hand.page).to_have_url(re.compile("owner=.*replied=yes"))
    settled(hand.page)


def kept_at_hand(hand: Hand) -> None:
    filtered(hand)
    hand.open("Save this view")
    hand.type("Tom's replies")
    hand.click("checkbox", "Pin it to the side")
    hand.click("button", "Save")
    hand.sees("View Tom's replies saved")
    hand.click("link", "Home")
    hand.click("link", "Tom's replies")
    expect(hand.page).to_have_url(re.compile("owner=.*replied=yes"))


def to_a_colleague(hand: Hand) -> None:
    hand.click("link", "Contacts")
    hand.click("checkbox", "Select Ada Lovelace")
    hand.click("checkbox", "Select Emmy Noether")
    hand.click("button", "Set the owner")
    hand.choose("Owner", "Tom Becker")
    hand.click("button", "Change 2 contacts")
    hand.sees("2 changed")
    hand.click("button", "Undo", hand.page.get_by_role("main"))
    hand.sees("2 taken back")


def as_a_file(hand: Hand) -> None:
    hand.click("link", "Contacts")
    with hand.page.expect_download() as loading:
        hand.click("link", "Excel")
    assert loading.value.suggested_filename.endswith(".xlsx")


def merge_and_undo(hand: Hand) -> None:
    hand.click("link", "Duplicates")
    hand.click("link", re.compile("^Compare"), hand.line("listitem", "Mary Somerville"))
    hand.click("button", "Merge into Mary Somerville")
    hand.click("button", "Undo")
    hand.sees("both are as they were")


def not_the_same(hand: Hand) -> None:
    hand.click("link", "Duplicates")
    hand.click("button", re.compile("^Not the same"), hand.line("listitem", "Hedy Lamarr"))
    expect(hand.page.get_by_role("listitem").filter(has_text="Hedy Lamarr")).to_have_count(0)


def who_replied(hand: Hand) -> None:
    hand.click("link", "Campaigns")
    hand.click("link", "Spring")
    number = hand.page.get_by_role("row", name=re.compile("^Replied")).get_by_role("link")
    hand.press_on(number)
    hand.sees("1 contact in all")


def why_matched(hand: Hand) -> None:
    hand.click("link", "Enginy")
    hand.press_on(hand.line("row", "recognised").get_by_role("link"))
    hand.click("link", re.compile(r"^Why\?"))
    hand.sees(re.compile("It was recognised as Ada Lovelace by Email"))


def own_label(hand: Hand) -> None:
    hand.click("link", "Properties")
    hand.click("link", "Seats")
    hand.click("textbox", "Label")
    hand.type("Licences")
    hand.press("Enter")
    expect(hand.find("link", "Licences")).to_be_visible()


def goes_back(hand: Hand) -> None:
    hand.click("link", "Properties")
    switch = hand.find("switch", "Region goes back to Enginy")
    hand.press_on(switch)
    expect(switch).to_be_checked()


def one_by_one(hand: Hand) -> None:
    hand.click("link", "Contacts")
    hand.click("link", "Emmy Noether")
    hand.click("link", re.compile("^Next"))
    expect(hand.page.get_by_role("heading", level=1)).not_to_have_text("Emmy Noether")


def without_the_mouse(hand: Hand) -> None:
    hand.press("Control+k")
    find_ada(hand)


def invite(hand: Hand) -> None:
    hand.click("link", "Team")
    hand.click("textbox", "Name")
    hand.type("Priya Nair")
    hand.press("Tab")
    hand.type("priya@example.com")
    hand.press("Enter")
    hand.click("button", "Copy the link")
    hand.sees("Copied")


def make_a_key(hand: Hand) -> None:
    hand.click("link", "Setup")
    hand.click("button", "Make a key")
    hand.click("button", "Copy API key")
    hand.sees("Copied")


def to_ada(hand: Hand) -> None:
    hand.click("link", "Find")
    find_ada(hand)


def find_ada(hand: Hand) -> None:
    hand.type("ada lov")
    hand.press("Enter")
    expect(hand.page.get_by_role("heading", level=1)).to_have_text("Ada Lovelace")


JOBS: Final[Mapping[str, Callable[[Hand], None]]] = {
    "See who waits for an answer, and open one": who_waits,
    "Read what somebody wrote last": last_reply,
    "Complete somebody's task, and take it back": complete_and_undo,
    "Add a task for tomorrow": task_for_tomorrow,
    "Move a task to next week": another_day,
    "Correct a title where it stands, and take it back": title_and_undo,
    "See where a value came from": where_from,
    "Bring back a value of before": old_value,
    "Link somebody to a company": link_a_company,
    "Add a contact by hand": by_hand,
    "Delete somebody, and take it back": delete_and_undo,
    "Bring back who was deleted last week": from_the_bin,
    "List who of a colleague's has replied": filtered,
    "Keep that list at the side of every page": kept_at_hand,
    "Give two contacts to a colleague, and take it back": to_a_colleague,
    "Take a list along as a file": as_a_file,
    "Merge two that are one, and take it back": merge_and_undo,
    "Say of two that they are not the same": not_the_same,
    "See who of a campaign has replied": who_replied,
    "See why an item of a call matched": why_matched,
    "Call a property what the team calls it": own_label,
    "Let a property go back to Enginy": goes_back,
    "Go from one contact of a list to the next": one_by_one,
    "Find somebody without the mouse": without_the_mouse,
    "Invite a colleague": invite,
    "Make a key": make_a_key,
}


def person(number: int, first: str, last: str, **more: Any) -> dict[str, Any]:
    return {"externalId": f"walk {number}", "firstName": first, "lastName": last, **more}


def furnish(crm: House) -> None:
    """People with whom each job can be done, and what Enginy has told of them."""
    ada = {
        "email": "ada@engines.example",
        "campaigns": "Spring",
        "location": "Paris",
        "company": "Engines",
    }
    people = [
        person(1, "Hedy", "Lamarr", company="Hop Ltd", phone="+34600000001"),
        person(2, "Hedy", "Lamarr", company="Hop Ltd", city="Vigo"),
        person(3, "Mary", "Somerville", company="Moon Ltd", title="Owner"),
        person(4, "Mary", "Somerville", company="Moon Ltd", city="Bath"),
        person(5, "Charles", "Babbage"),
        person(6, "Emmy", "Noether", seats=12, region="South"),
        person(7, "Ada", "Lovelace", title="CEO", **ada),
    ]
    results = crm.send("POST", "/contacts", {"contacts": people})["results"]
    ids = [one["crmId"] for one in results]
    lovelace = ids[-1]
    crm.send("PUT", "/contacts", {"contacts": [{"crmId": lovelace, "location": "London"}]})
    crm.send("POST", "/companies", {"companies": [{"externalId": "e", "name": "Engines Ltd"}]})
    for contact, subject in ((lovelace, "Call Ada"), (ids[-2], "Write to Emmy")):
        due = {"subject": subject, "dueDate": "2020-02-03T10:00:00Z", "contactId": contact}
        crm.send("POST", "/tasks", due)
    said = {"type": "EMAIL", "direction": "INBOUND", "body": "Can you send me the prices?"}
    crm.send(
        "POST",
        "/activities",
        {"contactId": lovelace, "timestamp": "2026-01-05T10:00:00Z", "messageId": "1", **said},
    )
    crm.send("POST", "/contacts", {"contacts": [person(8, "Ada", "", email=ada["email"])]})
    delete_records(crm.store, CONTACT_RULES, [ids[4]], ORIGIN)
    crm.store.project_pending()
    crm.store.find_pending()
    wanted, deadline = CallFilter(operation="create_contacts"), time.monotonic() + START_SECONDS
    while len(crm.store.catalogue.calls(wanted, None, 2).items) < len(("export", "again")):
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("walk")) as crm:
        furnish(crm)
        yield crm


@pytest.fixture(scope="module")
def newcomer(browser: Browser, walked: House) -> Iterator[BrowserContext]:
    """The window of an admin who has just come."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE_MS)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    walked.sign_in(context)
    yield context
    context.close()


@pytest.mark.parametrize("job", JOBS)
def test_a_job_takes_what_the_walk_through_says(
    job: str, newcomer: BrowserContext, walked: House
) -> None:
    watch, page = Watch(newcomer, walked.url), newcomer.new_page()
    page.goto(f"{walked.url}/")
    hand = Hand(page)
    JOBS[job](hand)
    page.close()
    watch.assert_clean()
    assert Cost(hand.clicks, hand.keys) == told().get(job)


def test_the_walk_through_tells_of_these_jobs_and_no_others() -> None:
    assert len(JOBS) >= FEWEST
    assert list(told()) == list(JOBS)
