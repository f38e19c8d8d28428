"""Nothing that a stranger writes runs in anybody's browser, whichever of the two layers fails."""

import json
import re
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from customcrm.dashboard import activities
from customcrm.dashboard.pages import page_of
from customcrm.dashboard.pasted import MAX_EXPLAINED
from customcrm.dashboard.sanitise import Sanitised
from tests.browser.attack import (
    CAMPAIGN,
    Written,
    assert_links_lead_somewhere,
    contact,
    listened,
    provoke,
    write,
)
from tests.browser.house import Watch, house, settled
from tests.browser.payloads import PAYLOADS

ENOUGH = 60
RUN_UNPROTECTED = 25
"""Of the payloads, how many at least run in this browser where nothing protects: the others are
for other browsers, or want a click."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    with house(tmp_path_factory.mktemp("hostile")) as one:
        yield write(one)


def test_the_corpus_is_large() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= ENOUGH


def test_no_page_runs_anything(context: BrowserContext, written: Written) -> None:
    crm = written.crm
    crm.sign_in(context)
    heard, watch = listened(context), Watch(context, crm.url)
    page = context.new_page()
    first = [written.contacts[0], written.companies[0], written.tasks[0], written.activities[0]]
    campaigns = [one.name for one in crm.store.catalogue.campaign_lines() if "<" in one.name][:3]
    assert len(campaigns) == 3
    named = [f"{number} {payload}" for number, payload in enumerate(PAYLOADS) if not number % 7]
    edited = [*first[:3], written.contacts[-1]]
    paths = [
        "/",
        "/view/contacts?col=email&col=title&col=custom&col=list&col=map&col=linkedinUrl",
        f"/view/contacts?{urlencode([('col', one) for one in named[:12]])}&prop={quote(named[3])}",
        "/view/companies?col=website&col=custom&col=industry",
        "/view/tasks?state=undated",
        "/view/activities",
        "/view/campaigns",
        page_of(CAMPAIGN),
        *map(page_of, campaigns),
        f"/view/contacts?campaign={quote(campaigns[0])}",
        "/view/find?q=alert",
        f"/view/contact/{written.contacts[-1]}?changes=yes&tasks=yes",
        f"/view/company/{written.companies[-1]}?changes=yes&tasks=yes",
        "/view/properties",
        "/view/properties?kind=company",
        *(f"/view/property?kind=contact&name={quote(one)}" for one in named),
        *(f"/view/{one.partition('_')[0]}/{one}" for one in first),
        "/view/duplicates/contact/{}/{}".format(*written.contacts[2:4]),
        "/view/duplicates/company/{1}/{0}".format(*written.companies[-2:]),
        f"/view/merge/contact/{written.contacts[0]}?q=a",
        f"/view/matching?kind=contact&record={written.contacts[0]}&as_new=yes",
        f"/view/matching?kind=company&record={written.companies[0]}&as_new=yes",
        *(f"/view/{one.partition('_')[0]}/{one}/edit" for one in edited),
        f"/view/contact/{written.contacts[-1]}/edit?field={quote(f'0 {PAYLOADS[0]}')}",
        f"/view/contact/{written.contacts[-1]}/origins",
        f"/view/contact/{first[0]}/link?q=a",
        f"/view/contacts/new?firstName={quote(PAYLOADS[0])}",
        "/view/bin",
        "/view/bin?of=task",
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
            with page.expect_response(re.compile(r"[?&](at|page)=")):
                further.click()
    watch.assert_clean()


def test_no_record_that_is_pasted_runs_anything(context: BrowserContext, written: Written) -> None:
    crm = written.crm
    crm.sign_in(context)
    heard, watch = listened(context), Watch(context, crm.url)
    page = context.new_page()
    records = [contact(*one) for one in enumerate(PAYLOADS)]
    for start in range(0, len(records), MAX_EXPLAINED):
        page.goto(f"{crm.url}/view/matching")
        body = {"contacts": records[start : start + MAX_EXPLAINED]}
        page.get_by_label("JSON").fill(json.dumps(body))
        page.get_by_role("button", name="Explain").click()
        expect(page.locator("details.fold")).to_have_count(len(body["contacts"]))
        provoke(page)
        assert_links_lead_somewhere(page)
        assert heard == []
    watch.assert_clean()


def test_what_is_found_and_what_comes_by_itself_runs_nothing(
    context: BrowserContext, written: Written
) -> None:
    crm = written.crm
    crm.sign_in(context)
    heard, watch = listened(context), Watch(context, crm.url)
    page = context.new_page()
    page.goto(f"{crm.url}/view/contact/{written.contacts[0]}")
    payload = next(one for one in PAYLOADS if "<img" in one and "onerror" in one)
    said = {"type": "EMAIL", "direction": "INBOUND", "subject": payload, "body": payload}
    activity = crm.send("POST", "/activities", {**said, "contactId": written.contacts[0]})["id"]
    expect(page.locator(f"#{activity}")).to_be_attached()
    # Where somebody was is kept by its name, too.
    page.goto(f"{crm.url}/view/tasks")
    page.keyboard.press("Control+k")
    found = page.locator("#palette-list [role=option]")
    expect(found.first).to_have_attribute("data-href", f"/view/contact/{written.contacts[0]}")
    page.keyboard.type("alert")
    expect(page.locator("#palette-list .face").first).to_be_visible()
    provoke(page)
    assert heard == []
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
    monkeypatch.setattr(
        activities, "sanitised", lambda body, **_: Sanitised(body, remote_images=False)
    )


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
