"""Editing on the pages: what forms bear, what is refused, who is told what."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

import msgspec
import pytest

from customcrm.clock import system_clock
from customcrm.contract.tasks import CreateTask
from customcrm.crm.records import COMPANY_RULES, CONTACT_RULES, Kind
from customcrm.dashboard import toasts
from customcrm.operations.associations import create_associations
from customcrm.operations.editing import delete_records
from customcrm.operations.nouns import Noun
from customcrm.operations.ports import Pair
from customcrm.operations.records import create_records, read_records
from customcrm.operations.repeats import Request
from customcrm.operations.tasks import create_task, read_task
from tests.integration.dashboard.desk import ORIGIN, House


def made(crm: House, external_id: str, **values: Any) -> str:
    sent = [{"externalId": external_id, **values}]
    return create_records(crm.store, CONTACT_RULES, sent, ORIGIN)[0].record_id


def task_of(crm: House, subject: str, **said: Any) -> str:
    asked = CreateTask(subject, **said)
    request = Request("test", subject.encode(), subject)
    return create_task(crm.store, asked, {}, request, ORIGIN).task.id


def values_of(crm: House, contact: str) -> dict[str, Any]:
    return read_records(crm.store, Kind.CONTACT, [contact])[0].record.properties


def fields_of(page: str) -> dict[str, str]:
    """What the form of a page bears, hidden or not."""
    form = page[page.index('class="in-place"') :]
    inputs = re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', form)
    return {name: unescape(value) for name, value in inputs}


def saved(crm: House, path: str, form: Mapping[str, str]) -> int:
    browser = crm.browser("member")
    return browser.post(path, {**browser.form, **form}).status_code


@pytest.mark.parametrize(
    ("before", "typed", "after"),
    [
        ("CEO", "CTO", "CTO"),
        (7, "8.5", 8.5),
        (True, "no", False),
        ("Yes", "no", "No"),
        ("2026-01-31", "2026-02-01", "2026-02-01"),
        ("https://a.example", "b.example", "https://b.example"),
        ('"><script>', "</textarea>", "</textarea>"),
        ("one\r\ntwo", "one\r\ntwo\r\nthree", "one\ntwo\nthree"),
        ("gone", "  ", None),
    ],
)
def test_each_kind_of_value_stays_of_its_kind(
    crm: House, before: Any, typed: str, after: Any
) -> None:
    contact = made(crm, f"kind {before}", it=before)
    path = f"/view/contact/{contact}/edit"
    page = crm.browser("member").get(f"{path}?field=it").text
    seen = fields_of(page)["seen"]
    assert msgspec.json.decode(seen) == before
    assert saved(crm, path, {"field": "it", "seen": seen, "value": typed}) == 303
    assert values_of(crm, contact).get("it") == after


@pytest.mark.parametrize(
    ("before", "typed"),
    [(7, "many"), (True, "perhaps"), ("2026-01-31", "soon"), ("x", "x" * 20_001)],
)
def test_what_is_no_such_value_is_told_beneath_it(crm: House, before: Any, typed: str) -> None:
    contact = made(crm, f"wrong {before}", it=before)
    browser = crm.browser("member")
    form = {"field": "it", "seen": msgspec.json.encode(before).decode(), "value": typed}
    answer = browser.post(f"/view/contact/{contact}/edit", {**browser.form, **form})
    assert answer.status_code == 422
    assert 'class="problem"' in answer.text
    assert values_of(crm, contact)["it"] == before


@pytest.mark.parametrize("name", ["", "externalId", "crmId", "id", "n" * 256])
def test_some_names_are_not_taken(crm: House, name: str) -> None:
    contact = made(crm, "names")
    form = {"field": name, "seen": "null", "value": "x"}
    assert saved(crm, f"/view/contact/{contact}/edit", form) == 422
    assert values_of(crm, contact) == {}


@pytest.mark.parametrize("seen", ["{", "[" * 5_000, f'"{"x" * 130_000}"'])
def test_a_form_that_none_of_ours_bears_does_nothing(crm: House, seen: str) -> None:
    contact = made(crm, "forged", title="CEO")
    path = f"/view/contact/{contact}/edit"
    assert saved(crm, path, {"field": "title", "seen": seen, "value": "x"}) == 403
    assert saved(crm, path, {"field": "title", "seen": '"CEO"', "exact": "{"}) == 403
    assert values_of(crm, contact)["title"] == "CEO"


def test_lists_and_long_texts_are_shown_and_left_alone(crm: House) -> None:
    contact = made(crm, "odd", tags=["a", "b"], essay="x" * 20_001)
    browser = crm.browser("member")
    for name in ("tags", "essay"):
        page = browser.get(f"/view/contact/{contact}/edit?field={name}").text
        assert 'name="value"' not in page
    page = browser.get(f"/view/contact/{contact}/edit").text
    assert "tags" not in page
    assert "essay" not in page


def test_whoever_was_faster_is_named_and_nothing_is_stored(crm: House) -> None:
    contact = made(crm, "both", title="CEO")
    ana, tom = crm.browser("admin"), crm.browser("member")
    path, form = f"/view/contact/{contact}/edit", {"field": "title", "seen": '"CEO"'}
    assert ana.post(path, {**ana.form, **form, "value": "<b>CTO"}).status_code == 303
    answer = tom.post(path, {**tom.form, **form, "value": "COO"})
    assert answer.status_code == 409
    assert "Ana Ruiz changed this" in answer.text
    assert "&lt;b&gt;CTO" in answer.text
    assert values_of(crm, contact)["title"] == "<b>CTO"
    mine = fields_of(answer.text.replace('class="row wrap" method', 'class="in-place" method'))
    assert tom.post(path, {**tom.form, **mine}).status_code == 303
    assert values_of(crm, contact)["title"] == "COO"


def test_what_is_deleted_is_edited_by_nobody(crm: House) -> None:
    contact, task = made(crm, "deleted", title="CEO"), task_of(crm, "deleted")
    delete_records(crm.store, CONTACT_RULES, [contact], ORIGIN)
    form = {"field": "title", "seen": '"CEO"', "value": "CTO"}
    assert saved(crm, f"/view/contact/{contact}/edit", form) == 404
    assert saved(crm, f"/view/contact/{contact}/delete", {}) == 404
    assert saved(crm, f"/view/task/{task}/delete", {}) == 303
    form = {"field": "subject", "seen": '"deleted"', "value": "x"}
    assert saved(crm, f"/view/task/{task}/edit", form) == 404
    page = crm.browser("member").get(f"/view/task/{task}").text
    assert "This task was deleted by Tom Becker" in page
    assert saved(crm, f"/view/task/{task}/restore", {}) == 303
    assert read_task(crm.store, task).subject == "deleted"


def test_a_task_keeps_a_subject_and_takes_no_odd_values(crm: House) -> None:
    task = task_of(crm, "strict")
    path, form = f"/view/task/{task}/edit", {"field": "subject", "seen": '"strict"'}
    assert saved(crm, path, {**form, "value": " "}) == 422
    assert saved(crm, path, {**form, "exact": "null"}) == 403
    assert saved(crm, path, {**form, "exact": "[1]"}) == 403
    assert saved(crm, path, {"field": "completed", "seen": "false", "value": "yes"}) == 422
    due = {"field": "dueDate", "seen": "null"}
    assert saved(crm, path, {**due, "value": "0000-13-40"}) == 422
    assert saved(crm, path, {**due, "value": "2031-05-06", "time": "25:00"}) == 422
    assert saved(crm, path, {**due, "value": "2031-05-06"}) == 303
    told = read_task(crm.store, task).due_date
    assert told is not None
    assert told.isoformat() == "2031-05-06T00:00:00+00:00"
    long = {"field": "contactId", "seen": "null", "value": "x" * 256}
    assert saved(crm, path, long) == 422


def test_a_form_to_add_somebody_sent_twice_adds_one(crm: House) -> None:
    form = {"firstName": "Twice", "email": "twice@example.com", "once": "form_7"}
    assert saved(crm, "/view/contacts/new", form) == 303
    assert saved(crm, "/view/contacts/new", form) == 303
    # Somebody who went back and typed another one means another one.
    other = {**form, "firstName": "Other", "email": "other@example.com"}
    assert saved(crm, "/view/contacts/new", other) == 303
    browser = crm.browser("member")
    answer = browser.post("/view/contacts/new", {**browser.form, "email": "TWICE@example.com"})
    assert answer.status_code == 409
    assert re.search("Twice</a>\\s+has this email already", answer.text)


def test_a_company_is_added_and_its_domain_is_one_companys(crm: House) -> None:
    form = {"name": "Acme", "domain": "acme.example", "numberOfEmployees": "12"}
    assert saved(crm, "/view/companies/new", form) == 303
    assert saved(crm, "/view/companies/new", {**form, "name": "Other"}) == 409
    assert saved(crm, "/view/companies/new", {"name": "B", "numberOfEmployees": "few"}) == 422
    assert saved(crm, "/view/companies/new", {"industry": "Toys"}) == 422


def test_links_are_made_and_taken_away_from_both_sides(crm: House) -> None:
    contact = made(crm, "link", firstName="Ann")
    sent = [{"externalId": "link", "name": "Bolt"}]
    company = create_records(crm.store, COMPANY_RULES, sent, ORIGIN)[0].record_id
    assert saved(crm, f"/view/contact/{contact}/link", {"other": company}) == 303
    assert saved(crm, f"/view/company/{company}/unlink", {"other": contact}) == 303
    assert saved(crm, f"/view/company/{company}/unlink", {"other": contact}) == 303
    assert saved(crm, f"/view/company/{company}/link", {"other": "contact_none"}) == 404
    told = [change.action for change in crm.store.catalogue.history(contact, None, 3)]
    assert told == ["dissociated", "associated", "created"]
    page = crm.browser("member").get(f"/view/contact/{contact}?changes=yes").text
    assert "No longer linked" in page
    assert "Bolt" in page


def test_the_undo_of_an_unlinking_brings_back_what_was_said_of_the_link(crm: House) -> None:
    contact = made(crm, "said", firstName="Ann")
    sent = [{"externalId": "said", "name": "Bolt"}]
    company = create_records(crm.store, COMPANY_RULES, sent, ORIGIN)[0].record_id
    create_associations(crm.store, [Pair(contact, company, {"role": "CEO"})], ORIGIN)
    browser = crm.browser("member")

    def taken() -> Any:
        return crm.store.catalogue.history(contact, None, 1)[0].old["links"][0][2]

    answer = browser.post(f"/view/contact/{contact}/unlink", {**browser.form, "other": company})
    assert taken() == {"role": "CEO"}
    cookie = answer.headers["set-cookie"].partition(";")[0]
    headers = {"cookie": f"customcrm_session={browser.secret}; {cookie}"}
    page = browser.get(f"/view/contact/{contact}", headers).text
    form = page[page.index(f'action="/view/contact/{contact}/link"') :].partition("</form>")[0]
    inputs = re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', form)
    browser.post(f"/view/contact/{contact}/link", {name: unescape(v) for name, v in inputs})

    browser.post(f"/view/contact/{contact}/unlink", {**browser.form, "other": company})
    assert taken() == {"role": "CEO"}


def test_a_change_of_somebody_else_brings_nothing_back(crm: House) -> None:
    one, other = made(crm, "one", title="CEO"), made(crm, "other", title="CEO")
    form = {"field": "title", "seen": '"CEO"', "value": "CTO"}
    assert saved(crm, f"/view/contact/{one}/edit", form) == 303
    number = str(crm.store.catalogue.history(one, None, 1)[0].number)
    for bad in (number, "x", "9" * 30, ""):
        form = {"number": bad, "field": "title"}
        assert saved(crm, f"/view/contact/{other}/revert", form) == 404
    assert saved(crm, f"/view/contact/{one}/revert", {"number": number, "field": "email"}) == 404
    form = {"number": number, "field": "title", "seen": '"CTO"'}
    assert saved(crm, f"/view/contact/{one}/revert", form) == 303
    assert values_of(crm, one)["title"] == "CEO"


def test_an_old_value_takes_the_place_of_none_that_was_not_seen(crm: House) -> None:
    one = made(crm, "seen", title="CEO")
    form = {"field": "title", "seen": '"CEO"', "value": "CTO"}
    assert saved(crm, f"/view/contact/{one}/edit", form) == 303
    number = str(crm.store.catalogue.history(one, None, 1)[0].number)
    assert saved(crm, f"/view/contact/{one}/edit", {**form, "seen": '"CTO"', "value": "COO"}) == 303
    form = {"number": number, "field": "title", "seen": '"CTO"'}
    assert saved(crm, f"/view/contact/{one}/revert", form) == 409
    assert values_of(crm, one)["title"] == "COO"


def test_nobody_is_offered_to_take_back_what_somebody_else_has_done(crm: House) -> None:
    browser, one = crm.browser("member"), made(crm, "twice", title="CEO")
    task = task_of(crm, "twice")
    edit = {"field": "title", "seen": '"CEO"', "value": "CTO"}

    def offered(path: str, form: Mapping[str, str]) -> bool:
        answer = browser.post(path, {**browser.form, **form})
        sealed = answer.cookies[toasts.COOKIE].strip(chr(34))
        toast = toasts.opened(sealed, browser.form["csrf"], system_clock())
        assert toast is not None
        return toast.undo is not None

    deeds: list[tuple[str, dict[str, str]]] = [
        (f"/view/contact/{one}/edit", edit),
        (f"/view/task/{task}/complete", {}),
        (f"/view/task/{task}/reopen", {}),
    ]
    assert [offered(*deed) for deed in deeds for _ in range(2)] == [True, False] * len(deeds)
    assert offered(f"/view/contact/{one}/delete", {})
    restore = f"/view/contact/{one}/restore"
    assert [offered(restore, {}) for _ in range(2)] == [True, False]


def test_whom_a_search_finds_can_be_chosen_and_the_bin_has_what_is_gone(crm: House) -> None:
    contact = made(crm, "found", firstName="Zenobia")
    crm.store.project_pending()
    browser = crm.browser("member")
    assert contact in browser.get("/view/choices?of=contact&q=zeno").text
    assert "Nobody is found" in browser.get("/view/choices?of=contact&q=nobody-at-all").text
    delete_records(crm.store, CONTACT_RULES, [contact], ORIGIN)
    page = browser.get("/view/bin?of=contact").text
    assert "Zenobia" in page
    assert "by the command line" in page
    assert crm.store.catalogue.bin(Noun.CONTACT, None, 1).items[0].id == contact
