"""Nothing that a stranger writes runs in anybody's browser, whichever of the two layers fails."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, expect

from customcrm.dashboard import activities
from tests.browser.house import House, Watch, house, settled
from tests.browser.payloads import PAYLOADS

ENOUGH = 60
RUN_UNPROTECTED = 25
"""Of the payloads, how many at least run in this browser where nothing protects: the others are
for other browsers, or want a click."""

RAN = "a script of a stranger has run"
LEAD_SOMEWHERE = ("http:", "https:", "mailto:", "tel:", "data:image/", "#", "/", "?")

CONTACT = (
    *("firstName", "lastName", "title", "company", "linkedinUrl", "phone", "mobilePhone"),
    *("location", "leadCountry", "industry", "companySize", "domain", "description"),
    *("emailVerificationStatus", "campaigns", "lastContactedBy", "ownerId", "custom"),
)
COMPANY = (
    *("name", "domain", "website", "industry", "linkedinUrl", "description", "location"),
    *("foundedYear", "revenue", "companyType", "technologiesUsed", "leadCountries", "ownerId"),
    "custom",
)


def contact(number: int, payload: str) -> dict[str, Any]:
    return {
        "externalId": f"{number} {payload}",
        "email": payload,
        "list": [payload],
        "map": {payload: payload},
        **dict.fromkeys((*CONTACT, payload), payload),
    }


def company(number: int, payload: str) -> dict[str, Any]:
    return {"externalId": f"{number} {payload}", **dict.fromkeys((*COMPANY, payload), payload)}


@dataclass
class Written:
    """What Enginy has written, by our ids: one of each for each payload, and two with all of them.

    The last contact and the last company have every payload as the name and the value of a
    property, and all tasks and activities are theirs.
    """

    crm: House
    contacts: list[str]
    companies: list[str]
    tasks: list[str]
    activities: list[str]


def write(crm: House) -> Written:
    """Have Enginy write each payload into every field that it can write."""
    every = {f"{number} {payload}": payload for number, payload in enumerate(PAYLOADS)}
    contacts = [contact(*one) for one in enumerate(PAYLOADS)] + [{"externalId": "all", **every}]
    companies = [company(*one) for one in enumerate(PAYLOADS)] + [{"externalId": "all", **every}]
    told = crm.send("POST", "/contacts", {"contacts": contacts})["results"]
    contact_ids = [one["crmId"] for one in told]
    told = crm.send("POST", "/companies", {"companies": companies})["results"]
    company_ids = [one["crmId"] for one in told]
    whose = {"contactId": contact_ids[-1], "companyId": company_ids[-1]}
    pair = {"contactCRMId": contact_ids[-1], "companyCRMId": company_ids[-1]}
    crm.send("POST", "/associations", {"associations": [pair]})
    tasks, activities = [], []
    for number, payload in enumerate(PAYLOADS):
        said = {
            "subject": payload,
            "ownerId": payload,
            "custom": payload,
            payload: payload,
            **whose,
        }
        task = {"description": payload, "type": payload, **said}
        tasks.append(crm.send("POST", "/tasks", task)["id"])
        kind = {"type": "EMAIL", "direction": "INBOUND", "body": payload}
        metadata = {"messageId": f"{number} {payload}", payload: payload}
        activity = {**kind, "metadata": metadata, **said}
        activities.append(crm.send("POST", "/activities", activity)["id"])
    crm.store.project_pending()
    return Written(crm, contact_ids, company_ids, tasks, activities)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    with house(tmp_path_factory.mktemp("hostile")) as one:
        yield write(one)


def listened(context: BrowserContext) -> list[str]:
    """Where it is noted that a script of a stranger has run, in whichever frame."""
    heard: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        # A browser that refuses to show the dialog has run the script all the same.
        if message.text == RAN or "alert()" in message.text:
            heard.append(message.text)

    def on_dialog(dialog: Dialog) -> None:
        heard.append("a dialog")
        dialog.dismiss()

    context.add_init_script(f"window.alert = () => console.log({RAN!r});")
    context.on("console", on_console)
    context.on("dialog", on_dialog)
    return heard


def provoke(page: Page) -> None:
    """Do to a page what its reader might: point at it, and go on with the keyboard."""
    page.mouse.move(300, 300)
    for _ in range(3):
        page.keyboard.press("Tab")


def assert_links_lead_somewhere(page: Page) -> None:
    found = page.eval_on_selector_all(
        "[href], [src], [action], [formaction]",
        "all => all.flatMap(one => ['href', 'src', 'action', 'formaction']"
        ".map(name => one.getAttribute(name)).filter(value => value !== null))",
    )
    led = [one for one in found if not one.lower().startswith(LEAD_SOMEWHERE)]
    assert led == []


def test_the_corpus_is_large() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= ENOUGH


def test_no_page_runs_anything(context: BrowserContext, written: Written) -> None:
    crm = written.crm
    crm.sign_in(context)
    heard, watch = listened(context), Watch(context, crm.url)
    page = context.new_page()
    first = [written.contacts[0], written.companies[0], written.tasks[0], written.activities[0]]
    paths = [
        "/",
        "/view/contacts?col=email&col=title&col=custom&col=list&col=map&col=linkedinUrl",
        "/view/companies?col=website&col=custom&col=industry",
        "/view/tasks?state=undated",
        "/view/activities",
        f"/view/contact/{written.contacts[-1]}?changes=yes&tasks=yes",
        f"/view/company/{written.companies[-1]}?changes=yes&tasks=yes",
        *(f"/view/{one.partition('_')[0]}/{one}" for one in first),
    ]
    for path in paths:
        page.goto(crm.url + path)
        while True:
            settled(page)
            provoke(page)
            assert_links_lead_somewhere(page)
            assert heard == [], page.url
            if not (further := page.locator("a[rel=next]")).count():
                break
            further.click()
            page.wait_for_url("**at=**")
    watch.assert_clean()


def test_older_entries_that_come_by_scrolling_run_nothing(
    context: BrowserContext, written: Written
) -> None:
    crm = written.crm
    crm.sign_in(context)
    heard, watch = listened(context), Watch(context, crm.url)
    page = context.new_page()
    page.goto(f"{crm.url}/view/contact/{written.contacts[-1]}")
    shown = page.locator(".said")
    while shown.count() < len(PAYLOADS):
        before = shown.count()
        page.locator(".older").scroll_into_view_if_needed()
        expect(shown.nth(before)).to_be_attached()
    settled(page)
    assert_links_lead_somewhere(page)
    assert heard == []
    watch.assert_clean()


def bodies(page: Page, written: Written, heard: list[str]) -> list[str]:
    """Open the body of every message by itself; those that have run something."""
    ran = []
    for payload, activity in zip(PAYLOADS, written.activities, strict=True):
        heard.clear()
        page.goto(f"{written.crm.url}/view/activity/{activity}/body")
        provoke(page)
        if heard:
            ran.append(payload)
    return ran


@pytest.fixture
def guest(context: BrowserContext, written: Written) -> tuple[Page, list[str]]:
    """A browser that is signed in, and what it hears."""
    written.crm.sign_in(context)
    heard = listened(context)
    return context.new_page(), heard


def unsanitised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activities, "sanitised", lambda body, **_: body)


def unframed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activities, "message_policy", lambda **_: "")


def test_both_layers_stop_every_body(guest: tuple[Page, list[str]], written: Written) -> None:
    page, heard = guest
    assert bodies(page, written, heard) == []


def test_the_sanitiser_alone_stops_every_body(
    guest: tuple[Page, list[str]], written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    unframed(monkeypatch)
    page, heard = guest
    assert bodies(page, written, heard) == []


def test_the_frame_alone_stops_every_body(
    guest: tuple[Page, list[str]], written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    unsanitised(monkeypatch)
    page, heard = guest
    assert bodies(page, written, heard) == []


def test_the_sandbox_of_the_page_alone_stops_bodies(
    guest: tuple[Page, list[str]], written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The frame's own attribute, where neither the sanitiser nor the body's policy is there."""
    unsanitised(monkeypatch)
    unframed(monkeypatch)
    page, heard = guest
    for activity in written.activities[:: len(PAYLOADS) // 12]:
        page.goto(f"{written.crm.url}/view/activity/{activity}")
        settled(page)
        assert heard == []


def test_without_the_layers_they_do_run(
    guest: tuple[Page, list[str]], written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The payloads are alive, and this browser would tell."""
    unsanitised(monkeypatch)
    unframed(monkeypatch)
    page, heard = guest
    assert len(bodies(page, written, heard)) >= RUN_UNPROTECTED
