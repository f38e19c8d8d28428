"""Activities whose type or direction is not the contract's, on every page that shows activities."""

import re
import time

import pytest

from customcrm.contract.activities import CreateActivity
from customcrm.crm.records import CONTACT_RULES
from customcrm.operations.activities import create_activity
from customcrm.operations.records import create_records
from customcrm.operations.repeats import Request
from tests.integration.dashboard.desk import KEY, ORIGIN, House

TYPES = (
    "WHATSAPP",
    "Voice note",
    "<script>alert(1)</script>",
    "'\"&amp;",
    "{{ 7 * 7 }}",
    "电话",
    "OTHER",
    "\u200b",
    "items",
    "X" * 100,
)


def contact_of(crm: House, external_id: str) -> str:
    sent = [{"externalId": external_id, "firstName": "Ann", "campaigns": "Types"}]
    return create_records(crm.store, CONTACT_RULES, sent, ORIGIN)[0].record_id


def logged(crm: House, type_: str, direction: str | None, contact: str) -> str:
    sent = CreateActivity(type_, direction, subject=None, body="hi", contact_id=contact)
    request = Request("create_activity", f"{type_}{direction}{contact}".encode())
    return create_activity(crm.store, sent, {}, request, ORIGIN).activity.id


@pytest.mark.parametrize("type_", TYPES)
def test_every_page_shows_an_unknown_type(crm: House, type_: str) -> None:
    browser = crm.browser("member")
    contact = contact_of(crm, type_)
    made = [
        logged(crm, type_, direction, contact) for direction in ("INBOUND", "OUTBOUND", None, "UP")
    ]
    crm.store.project_pending()
    pages = [
        "/",
        "/view/activities",
        f"/view/contact/{contact}",
        *(f"/view/activity/{one}" for one in made),
        "/view/campaign?name=Types",
        "/view/contacts?channel=OTHER",
    ]
    for page in pages:
        answer = browser.get(page)
        assert answer.status_code == 200, page
        assert "<script>alert(1)" not in answer.text
    record = browser.get(f"/view/contact/{contact}").text
    assert all(f'id="{one}"' in record for one in made)


def test_activities_are_filtered_by_an_unknown_type(crm: House) -> None:
    browser = crm.browser("member")
    contact = contact_of(crm, "filtered")
    made = logged(crm, "SMS", "INBOUND", contact)
    other = logged(crm, "CALL", "INBOUND", contact)
    page = browser.get("/view/activities?type=SMS").text
    assert f"/view/activity/{made}" in page
    assert f"/view/activity/{other}" not in page
    assert '<option value="SMS" selected>SMS</option>' in page
    assert '<option value="CALL">CALL</option>' in page
    crm.store.project_pending()
    timeline = browser.get(f"/view/contact/{contact}?type=CALL").text
    assert f'id="{other}"' in timeline
    assert f'id="{made}"' not in timeline


def test_the_call_log_says_what_was_not_known(crm: House) -> None:
    sent = b'{"type": "PIGEON", "direction": "SIDEWAYS"}'
    headers = {"x-api-key": KEY, "content-type": "application/json"}
    answer = crm.browser().fetch("POST", "/activities", sent, headers)
    assert answer.status_code == 201
    browser = crm.browser("member")
    deadline = time.monotonic() + 10
    while "2 noted" not in (calls := browser.get("/view/calls").text):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    numbers = re.findall(r'href="/view/call/(\d+)"', calls)
    call = browser.get(f"/view/call/{numbers[0]}").text
    assert "unknown activity type PIGEON" in call
    assert "unknown activity direction SIDEWAYS" in call
    assert f"/view/activity/{answer.json()['id']}" in call
    assert browser.get(f"/view/matching?call={numbers[0]}&item=0").status_code == 200
