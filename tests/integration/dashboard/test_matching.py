"""The box that explains: what it shows is what the API answers, and it stores nothing."""

import html
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from customcrm.crm.records import Kind
from customcrm.operations.browsing.events import CallFilter
from customcrm.operations.rulebook import LINKS
from tests.integration.dashboard.desk import KEY, Browser, House, house

BOX = "/view/matching"
CHAIN = "/view/matching/chain"
USUAL = ("Enginy's id", "Email", "LinkedIn", "Phone", "Name and company")
REFUSED = "refused contacts[0].externalId"


@pytest.fixture
def new(tmp_path: Path) -> Iterator[House]:
    """One of its own, for what would be noticed by other tests."""
    with house(tmp_path) as one:
        yield one


def call(crm: House, method: str, path: str, body: Any) -> Any:
    content = json.dumps(body).encode()
    return crm.browser().fetch(method, path, content, {"x-api-key": KEY}).json()


def explained(browser: Browser, body: Any, **form: str) -> str:
    text = body if isinstance(body, str) else json.dumps(body)
    answer = browser.post(BOX, {**browser.form, "kind": "contact", "body": text, **form})
    assert answer.status_code == 200
    return answer.text


def told(page: str, name: str) -> Any:
    found = re.search(rf'id="{name}"[^>]*>(.*?)</code>', page, re.DOTALL)
    return json.loads(html.unescape(found[1])) if found else None


def test_it_shows_what_enginy_then_gets(crm: House) -> None:
    jane = {"externalId": "1", "email": "jane@acme.com", "leadScore": 7, "company": "Acme"}
    call(crm, "POST", "/contacts", {"contacts": [jane]})
    again = {"externalId": "2", "email": " JANE@acme.com", "title": "<b>CEO</b>"}
    for record in (again, {"externalId": "3", "email": "joe@acme.com"}):
        page = explained(crm.browser("member"), record)
        body = {"contacts": [record]}
        assert told(page, "looked-for-1") == call(crm, "POST", "/contacts/sync", body)
        exported = call(crm, "POST", "/contacts", body)
        # Nobody has the id of a record that there is not yet.
        assert told(page, "exported-1") == (exported if record is again else None)
    assert "<b>CEO" not in explained(crm.browser("member"), again)


def test_a_whole_body_says_what_it_holds(crm: House) -> None:
    call(crm, "POST", "/companies", {"companies": [{"externalId": "1", "domain": "acme.com"}]})
    body = {
        "companies": [{"externalId": "2", "website": "https://www.acme.com"}, {"externalId": 3}]
    }
    page = explained(crm.browser("member"), body)
    assert told(page, "looked-for-1") == call(crm, "POST", "/companies/sync", {
        "companies": body["companies"][:1]
    })  # fmt: skip
    assert told(page, "looked-for-2") == {"results": []}
    assert "How a company is found" in page


def test_a_record_can_be_taken_as_never_seen(crm: House) -> None:
    jane = {"externalId": "seen", "email": "seen@acme.com"}
    call(crm, "POST", "/contacts", {"contacts": [jane]})
    browser = crm.browser("member")
    assert "found by Enginy&#39;s id" in explained(browser, jane)
    assert "found by Email" in explained(browser, jane, as_new="yes")


def test_what_cannot_be_read_is_told_and_stays_in_the_box(crm: House) -> None:
    browser = crm.browser("member")
    answer = browser.post(BOX, {**browser.form, "body": '{"externalId": "<i>",\n "a": }'})
    assert answer.status_code == 422
    assert "Line 2, column 7: " in answer.text
    assert "&lt;i&gt;" in answer.text
    answer = browser.post(BOX, {**browser.form, "body": '[{"externalId": "1"}, {}]'})
    assert answer.status_code == 422
    assert "contacts[1].externalId" in answer.text
    assert "The API would refuse this" in answer.text


def test_a_stored_record_fills_the_box(crm: House) -> None:
    jane = {"externalId": "odd", "email": "odd@acme.com", "odd": {"a": [1]}}
    (made,) = call(crm, "POST", "/contacts", {"contacts": [jane]})["results"]
    browser = crm.browser("member")
    page = browser.get(f"{BOX}?kind=contact&record={made['crmId']}").text
    box = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert box
    assert json.loads(html.unescape(box[1])) == jane
    assert told(page, "looked-for-1")["results"][0]["crmId"] == made["crmId"]
    for query in (
        f"kind=company&record={made['crmId']}",
        "record=nobody",
        "call=9",
        "call=x&item=0",
    ):
        assert browser.get(f"{BOX}?{query}").status_code == 404


def test_every_example_is_explained(crm: House) -> None:
    browser = crm.browser("member")
    page = browser.get(BOX).text
    found = re.findall(r'href="(/view/matching\?example=[a-z]+)#explained"', page)
    assert len(found) == 4
    for link in found:
        assert told(browser.get(link).text, "looked-for-1") == {"results": []}


def logged(crm: House, wanted: set[str]) -> dict[str, str]:
    """Where items of calls lead, by effect and id. Calls are written a second later."""
    deadline = time.monotonic() + 10
    while True:
        links = {
            f"{item.effect} {item.id}": f"{BOX}?call={line.number}&item={item.index}"
            for line in crm.store.catalogue.calls(CallFilter(), None, 50).items
            for item in line.call.tally.items
        }
        if wanted <= set(links):
            return links
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_items_of_calls_lead_to_their_explanation(crm: House) -> None:
    jane = {"externalId": "called", "email": "called@acme.com"}
    call(crm, "POST", "/contacts", {"contacts": [jane]})
    again = {"externalId": "again", "email": "CALLED@acme.com", "title": "CEO"}
    call(crm, "POST", "/contacts", {"contacts": [again]})
    call(crm, "PUT", "/contacts", {"contacts": [{"crmId": "nobody", "title": "CEO"}]})
    call(crm, "POST", "/contacts", {"contacts": [{"email": "no-id@acme.com"}]})
    where = logged(crm, {"linked again", "failed nobody", REFUSED})
    browser = crm.browser("member")
    number = where["linked again"].split("call=")[1].split("&")[0]
    assert html.escape(where["linked again"]) in browser.get(f"/view/call/{number}").text
    page = browser.get(where["linked again"]).text
    assert "It was recognised as" in page
    assert "found by Email" in page
    assert "Calls are not kept whole" in page
    assert "never given to any record" in browser.get(where["failed nobody"]).text
    refused = browser.get(where[REFUSED]).text
    assert "is required" in refused
    assert told(refused, "looked-for-1") is None


def do(crm: House, what: str, link: str = "", **more: str) -> int:
    """Change the chain of contacts as its forms do; the status that comes."""
    browser = crm.browser("admin")
    form = {**browser.form, "kind": "contact", "do": what, "link": link, **more}
    return browser.post(CHAIN, form).status_code


def links(crm: House) -> tuple[str, ...]:
    """The names of the links in force, as a member sees them."""
    rule = r'class="place">\d</span><span class="name">([^<]+)'
    found = re.findall(rule, crm.browser("member").get(BOX).text)
    return tuple(html.unescape(one) for one in found)


def test_an_admin_orders_the_chain_and_gives_it_back(new: House) -> None:
    assert links(new) == USUAL
    assert do(new, "up", "phone") == 303
    assert do(new, "down", "externalId") == 303
    assert do(new, "off", "name") == 303
    assert links(new) == ("Email", "Enginy's id", "Phone", "LinkedIn")
    member = new.browser("member")
    assert "switched off" in explained(member, {"externalId": "1", "firstName": "Jane"})
    assert "by Ana Ruiz" in re.sub(r"\s+", " ", member.get(BOX).text)
    assert "As the settings say" in new.browser("admin").get(BOX).text
    assert "As the settings say" not in member.get(BOX).text
    assert do(new, "on", "name") == 303
    assert links(new)[-1] == "Name and company"
    assert do(new, "set", chain="phone,email") == 303
    assert links(new) == ("Phone", "Email")
    assert do(new, "reset") == 303
    assert links(new) == USUAL
    history = new.store.catalogue.history("rules_contact", None, 20)
    assert {change.actor for change in history} == {f"user:{new.people['admin'].id}"}
    assert len(history) == 6


def test_one_way_to_find_a_record_stays_on(new: House) -> None:
    first, *others = LINKS[Kind.CONTACT]
    for link in others:
        assert do(new, "off", link) == 303
    # An export recognises by its own fixed links.
    page = explained(new.browser("member"), {"externalId": "1"})
    assert page.count("an export goes by it all the same") == 2
    for what, link in (("off", first), ("on", "shoe size"), ("sideways", first), ("set", "")):
        assert do(new, what, link) == 422
    assert links(new) == USUAL[:1]


def test_nothing_of_it_is_stored(new: House) -> None:
    jane = {"externalId": "1", "email": "jane@acme.com", "company": "Acme"}
    explained(new.browser("member"), jane)
    assert call(new, "POST", "/contacts/sync", {"contacts": [jane]}) == {"results": []}
    assert new.store.read(lambda reader: reader.is_empty())


def test_a_crm_of_ones_own_is_explained_too(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    with house(tmp_path / "own", own_backend=True) as crm:
        jane = {"externalId": "1", "email": "jane@acme.com"}
        call(crm, "POST", "/contacts", {"contacts": [jane]})
        page = explained(crm.browser("member"), {**jane, "externalId": "2"})
        assert "found by Email" in page
        assert "/view/contact/" not in page


def test_it_says_why_a_shared_key_does_not_link(crm: House) -> None:
    mark = "shared-key"
    ann = {"externalId": f"{mark}-1", "email": f"info@{mark}.example", "phone": "+34911777888"}
    ann |= {"firstName": "Ann", "lastName": "Lee"}
    call(crm, "POST", "/contacts", {"contacts": [ann]})
    bob = {**ann, "externalId": f"{mark}-2", "firstName": "Bob", "lastName": "Orff"}
    page = explained(crm.browser("member"), {**bob, "linkedinUrl": "linkedin.com/in/none"})
    assert "does not link" in page
    assert "Role mailbox: links only if the names agree" in page
    assert "different name" in page
    assert "Placeholder: not used for matching" in page
    assert "are noted as possible duplicates" in page
    assert told(page, "looked-for-1") == {"results": []}
