"""Properties whose names are those of something else are ordinary properties everywhere."""

import html
import json
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.integration.dashboard.desk import KEY, House

NAMES = (
    "activities",
    "tasks",
    "history",
    "items",
    "keys",
    "values",
    "get",
    "update",
    "pop",
    "copy",
    "__class__",
    "self",
    "records",
    "companies",
    "people",
    "channels",
    "waiting",
    "layers",
    "merged",
    "timeline",
    "label",
    "{{ 7*7 }}",
)
TEXT = "Connection Request Sent, Message Sent"


def call(crm: House, method: str, path: str, body: Any) -> Any:
    content = json.dumps(body).encode()
    headers = {"x-api-key": KEY, "content-type": "application/json"}
    answer = crm.browser().fetch(method, path, content, headers)
    assert answer.status_code < 300, answer.text
    return answer.json()


KINDS = pytest.mark.parametrize(
    ("plural", "singular"), [("contacts", "contact"), ("companies", "company")]
)


def stored_under_every_name(crm: House, plural: str) -> tuple[str, dict[str, str]]:
    """A record that has a property under each name, made by a create and an update."""
    sent = {name: f"{TEXT} {number}" for number, name in enumerate(NAMES)}
    record = {"externalId": f"{plural} names", **sent}
    made = call(crm, "POST", f"/{plural}", {plural: [record]})
    crm_id = made["results"][0]["crmId"]
    changed = sent | {"activities": "Message Replied", "tasks": "2 open"}
    update = {"crmId": crm_id, "activities": changed["activities"], "tasks": changed["tasks"]}
    assert call(crm, "PUT", f"/{plural}", {plural: [update]})["results"][0]["success"] is True
    crm.store.project_pending()
    return crm_id, changed


@KINDS
def test_any_name_is_kept_and_shown(crm: House, plural: str, singular: str) -> None:
    crm_id, changed = stored_under_every_name(crm, plural)
    stored = call(crm, "POST", f"/{plural}/batch", {"ids": [crm_id]})["results"][0]["properties"]
    assert {name: stored.get(name) for name in changed} == changed
    browser = crm.browser("admin")
    record = f"/view/{singular}/{crm_id}"
    fields = [f"{record}/edit?{urlencode({'field': name})}" for name in NAMES]
    others = ["", "?changes=yes&tasks=yes", "/json", "/origins", "/edit"]
    for page in [*fields, *(f"{record}{one}" for one in others)]:
        assert browser.get(page).status_code == 200, page
    assert browser.get(f"/view/properties?kind={singular}").status_code == 200
    shown = html.unescape(browser.get(record).text)
    assert [name for name, value in changed.items() if value not in shown] == []


@KINDS
def test_any_name_is_a_column_a_filter_and_exported(crm: House, plural: str, singular: str) -> None:
    crm_id, changed = stored_under_every_name(crm, plural)
    browser = crm.browser("admin")
    offered = html.unescape(browser.get(f"/view/{plural}").text)
    for name in ("activities", "channels"):
        assert f'name="col" value="property:{name}"' in offered
    own = urlencode([("col", f"property:{name}") for name in ("activities", "channels")])
    assert "Message Replied" in browser.get(f"/view/{plural}?{own}").text
    for name in NAMES:
        asked = urlencode({"prop": name, "value": changed[name]})
        assert f"/view/{singular}/{crm_id}" in browser.get(f"/view/{plural}?{asked}").text, name
    exported = browser.get(f"/view/export/{singular}?{own}&format=csv")
    assert exported.status_code == 200
    assert f'"{changed["activities"]}","{changed["channels"]}"' in exported.text
    lines = browser.get(f"/view/export/{singular}?format=jsonl").text.splitlines()
    (line,) = [one for one in map(json.loads, lines) if one["id"] == crm_id]
    assert {name: line.get(name) for name in changed} == changed


SHOWN = [
    ("genesy_engagement_status", "Message Replied (2/3) - LINKEDIN", "step 2 of 3"),
    ("anything at all", "Message Sent (1/4) - EMAIL", "step 1 of 4"),
    ("state", "Voice Note Sent (3/3) - WHATSAPP", "WHATSAPP"),
    ("genesy_sequence_status", "Replied", '<span class="chip good">Replied</span>'),
    ("progress", "Not Started", '<span class="chip">Not Started</span>'),
    ("progress2", "ongoing", '<span class="chip accent">Ongoing</span>'),
    ("campaignOpens", 3, "3 opens"),
    ("campaign_clicks", "1", "1 click"),
    ("note", "Message Replied", "Message Replied"),
    ("bad", "<i>X</i> (1/2) - EMAIL", "&lt;i&gt;X&lt;/i&gt;"),
    ("activities", TEXT, TEXT),
]


@pytest.mark.parametrize(("name", "value", "text"), SHOWN)
def test_engagement_is_shown_as_what_it_is_under_any_name(
    crm: House, name: str, value: Any, text: str
) -> None:
    record = {"externalId": f"engaged {name}", "firstName": "Ann"}
    crm_id = call(crm, "POST", "/contacts", {"contacts": [record]})["results"][0]["crmId"]
    call(crm, "PUT", "/contacts", {"contacts": [{"crmId": crm_id, name: value}]})
    crm.store.project_pending()
    browser = crm.browser("member")
    assert text in browser.get(f"/view/contact/{crm_id}").text
    key = "property:activities" if name == "activities" else name
    column = urlencode({"col": key, "q": "Ann"})
    listed = browser.get(f"/view/contacts?{column}")
    assert listed.status_code == 200
    assert text in listed.text
    stored = call(crm, "POST", "/contacts/batch", {"ids": [crm_id]})["results"][0]["properties"]
    assert stored[name] == value
