"""What an address asks for and the server does not understand matches nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pytest

from customcrm.crm.records import CONTACT_RULES
from customcrm.operations.records import create_records
from tests.integration.dashboard.desk import ORIGIN, House, house

REFUSED: Final = "This search was not understood"
QUERIES: Final = (
    *("q=%E2%80%94", "q=%E2%80%8B", "q=--", "q=%7C%7C", "q=...", "q=%00"),
    *("q=" + "%20".join("abcdefghijklmnopq"), "q=" + "x" * 201, "q=" + "x" * 400),
    "&".join(f"prop=p{n}" for n in range(6)),
    *("value=gold", "prop=p&from=ten", "prop=p&value=a&from=1", "prop=p&from=1&to=2026-01-01"),
    *("created_from=9999-12-32", "created_to=soon", "updated_from=2026-02-30"),
    *("owned=maybe", "engaged=1", "replied=FAX", "contacted=PIGEON", "connected=ja"),
    *("step=1000", "step=-1", "replied_after=two", "contacted_in=never", "replied_in=9999-12-32"),
    *("sort=salary", "sort=-", "at=xyz", "count=some", "owner=a&owner=b", "onwer=user_1"),
    "&".join(f"col=c{n}" for n in range(31)),
)
SIGNS: Final = ("🚀", "???", "@", "&", "***", "%", "👩\u200d💻", "€", "#", "+++", "\u0000", "'\"")


@pytest.fixture(scope="module")
def crm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("not_understood")
    with house(folder) as one:
        records: list[dict[str, Any]] = [
            {"externalId": f"e{n}", "firstName": "Ann", "lastName": f"Number {n}", "score": n}
            for n in range(3)
        ]
        create_records(one.store, CONTACT_RULES, records, ORIGIN)
        one.store.project_pending()
        yield one


def test_an_empty_search_finds_everybody(crm: House) -> None:
    for query in ("", "?q=", "?q=%20%20", "?q=ann"):
        assert "Number 2" in crm.browser("member").get(f"/view/contacts{query}").text


@pytest.mark.parametrize("query", QUERIES)
def test_a_list_that_is_not_understood_is_empty_and_says_so(crm: House, query: str) -> None:
    answer = crm.browser("member").get(f"/view/contacts?{query}")
    assert answer.status_code == 200
    assert REFUSED in answer.text
    assert "Number" not in answer.text.partition('id="results"')[2]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("path", ["/view/bulk", "/view/bulk/start"])
def test_nothing_is_deleted_by_a_query_that_is_not_understood(
    crm: House, query: str, path: str
) -> None:
    browser = crm.browser("member")
    form = {**browser.form, "noun": "contact", "action": "delete", "all": "yes"}
    answer = browser.post(path, {**form, "query": f"?{query}"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/view/contacts"
    assert crm.store.read_jobs(lambda reader: reader.open_job()) is None
    assert "Number 2" in browser.get("/view/contacts").text


@pytest.mark.parametrize("query", QUERIES)
def test_an_export_that_is_not_understood_is_refused(crm: House, query: str) -> None:
    answer = crm.browser("member").get(f"/view/export/contact?{query}")
    assert answer.status_code == 400
    assert "This address is not understood" in answer.text
    assert "Number" not in answer.text


@pytest.mark.parametrize("query", QUERIES)
def test_a_view_that_is_not_understood_is_not_saved(crm: House, query: str) -> None:
    if query.startswith(("at=", "count=")):
        return
    browser = crm.browser("member")
    form = {**browser.form, "noun": "contact", "name": "Odd", "query": f"?{query}"}
    assert "view=" not in browser.post("/view/views", form).headers["location"]


@pytest.mark.parametrize("signs", SIGNS)
@pytest.mark.parametrize("path", ["contacts", "companies", "campaigns"])
def test_signs_find_nobody(crm: House, signs: str, path: str) -> None:
    answer = crm.browser("member").get(f"/view/{path}?q={quote(signs)}")
    assert answer.status_code == 200
    assert "Number" not in answer.text


@pytest.mark.parametrize("signs", SIGNS)
def test_signs_change_nobody(crm: House, signs: str) -> None:
    browser = crm.browser("member")
    form = {**browser.form, "noun": "contact", "action": "delete", "all": "yes"}
    browser.post("/view/bulk/start", {**form, "query": f"?q={quote(signs)}"})
    assert "Number 2" in browser.get("/view/contacts").text
    exported = browser.get(f"/view/export/contact?q={quote(signs)}")
    assert "Number" not in exported.text


def test_a_form_that_names_no_list_changes_nothing(crm: House) -> None:
    browser = crm.browser("member")
    form = {**browser.form, "noun": "contact", "action": "delete", "all": "yes"}
    assert browser.post("/view/bulk/start", form).headers["location"] == "/view/contacts"
    assert "Number 2" in browser.get("/view/contacts").text


@pytest.mark.parametrize(
    "address",
    [
        *("/view/tasks?state=late", "/view/tasks?at=x", "/view/tasks?q=a", "/view/bin?of=lead"),
        *("/view/activities?type=FAX", "/view/activities?direction=UP", "/view/bin?at=x"),
        *("/view/activities?since=9999-12-32", "/view/activities?until=x", "/view/calls?at=x"),
        *("/view/calls?operation=x", "/view/calls?failed=maybe", "/view/duplicates?kind=lead"),
        *("/view/duplicates?reason=luck", "/view/duplicates?at=x", "/view/campaigns?sort=x"),
        *("/view/campaigns?page=x", "/view/campaigns?page=0", "/view/companies?sort=company"),
        *("/view/campaigns?q=a&q=b", "/view/tasks?owner=" + "x" * 301),
    ],
)
def test_every_list_says_what_it_does_not_understand(crm: House, address: str) -> None:
    answer = crm.browser("member").get(address)
    assert answer.status_code == 200
    assert REFUSED in answer.text


@pytest.mark.parametrize("query", ["state=late", "at=x", "q=a", "owner=a&owner=b"])
def test_tasks_are_not_changed_by_a_query_that_is_not_understood(crm: House, query: str) -> None:
    browser = crm.browser("member")
    form = {**browser.form, "noun": "task", "action": "complete", "all": "yes"}
    answer = browser.post("/view/bulk/start", {**form, "query": query})
    assert answer.headers["location"] == "/view/tasks"
    assert browser.get(f"/view/export/task?{query}").status_code == 400


def test_an_address_with_too_many_parameters_is_refused(crm: House) -> None:
    answer = crm.browser("member").get("/view/contacts?" + "&".join(["x=y"] * 201))
    assert answer.status_code == 400
    assert "Number" not in answer.text


@pytest.mark.parametrize("query", ["created_from=9999-12-31", "replied_in=9999-12-31"])
def test_the_last_of_all_days_finds_nobody(crm: House, query: str) -> None:
    browser = crm.browser("member")
    form = {**browser.form, "noun": "contact", "action": "delete", "all": "yes", "query": query}
    browser.post("/view/bulk/start", form)
    assert "Number" not in browser.get(f"/view/contacts?{query}").text
    assert "Number 2" in browser.get("/view/contacts").text
