"""Changing many at once, from a form to what has become of it; no browser."""

import csv
import io
import json
import re
import time
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from customcrm.crm.records import CONTACT_RULES, Kind
from customcrm.operations.accounts.members import change_profile
from customcrm.operations.bulk.jobs import Job, State
from customcrm.operations.merging.merges import merge_records
from customcrm.operations.records import create_records
from tests.integration.dashboard.desk import ORIGIN, Browser, House, house

PATIENCE: Final = 20


@pytest.fixture(scope="module")
def crm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("bulk")
    with house(folder) as one:
        yield one


@pytest.fixture
def ids(crm: House, request: pytest.FixtureRequest) -> list[str]:
    """Three contacts whom nobody else's test has."""
    mark = re.sub(r"\W", "", request.node.name)
    records: list[dict[str, Any]] = [
        {"externalId": f"{mark}-{n}", "firstName": f"Ada {n}", "lastName": mark, "phone": "+34 600"}
        for n in range(3)
    ]
    made = create_records(crm.store, CONTACT_RULES, records, ORIGIN)
    crm.store.project_pending()
    return [one.record_id for one in made]


def picked(browser: Browser, ids: list[str], action: str, **more: str) -> dict[str, str]:
    boxes = {f"pick.{one}": "yes" for one in ids}
    return {**browser.form, "noun": "contact", "action": action, **boxes, **more}


def said_in(answer: httpx.Response) -> str:
    """What the next page says in its corner."""
    sealed = answer.headers["set-cookie"].partition("=")[2].partition(";")[0].partition(".")[0]
    return urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4)).decode()


def started(crm: House, browser: Browser, form: dict[str, str]) -> Job:
    """A job that was asked for by a form, when it is over."""
    answer = browser.post("/view/bulk/start", form)
    assert answer.status_code == 303, answer.text
    return ended(crm, answer.headers["location"].removeprefix("/view/job/"))


def ended(crm: House, job_id: str) -> Job:
    deadline = time.monotonic() + PATIENCE
    while True:
        job = crm.store.read_jobs(lambda reader: reader.job(job_id))
        assert job is not None
        if job.ended:
            return job
        assert time.monotonic() < deadline
        time.sleep(0.02)


def values(crm: House, ids: list[str], name: str) -> list[Any]:
    records = crm.store.read(lambda reader: reader.records_by_id(Kind.CONTACT, ids))
    return [records[one].properties.get(name) for one in ids]


def test_before_anything_is_done_it_is_shown_what_would_be(crm: House, ids: list[str]) -> None:
    browser = crm.browser("member")
    page = browser.post("/view/bulk", picked(browser, ids, "owner")).text
    assert "3 contacts" in page
    assert "Ada 2" in page
    assert values(crm, ids, "ownerId") == [None] * 3


def test_all_that_match_are_counted(crm: House, ids: list[str]) -> None:
    browser = crm.browser("member")
    mark = re.sub(r"\W", "", "test_all_that_match_are_counted")
    form = picked(browser, ids[:1], "owner", all="yes", query=f"?q={mark}")
    assert "3 contacts, all that match" in browser.post("/view/bulk", form).text
    owner = crm.people["member"].id
    job = started(crm, browser, {**form, "owner": owner})
    assert (job.total, job.changed) == (3, 3)
    assert values(crm, ids, "ownerId") == [owner] * 3


@pytest.mark.parametrize("path", ["/view/bulk", "/view/bulk/start"])
@pytest.mark.parametrize("many", ["x=" + "y" * 8_000, "&".join(["x=y"] * 200)])
def test_a_list_with_too_many_filters_is_refused_and_never_cut(
    crm: House, ids: list[str], path: str, many: str
) -> None:
    browser = crm.browser("member")
    form = picked(browser, [], "delete", all="yes", query=f"?{many}&q=nobody-is-called-this")
    answer = browser.post(path, {**form, "back": "/view/contacts?q=a"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/view/contacts?q=a")
    assert "too many filters" in said_in(answer)
    found = crm.store.read(lambda reader: reader.records_by_id(Kind.CONTACT, ids))
    assert not any(one.deleted for one in found.values())


@pytest.mark.parametrize(
    ("kind", "told", "value"),
    [("text", "gold", "gold"), ("number", "12", 12), ("yes_no", "yes", True), ("clear", "", None)],
)
def test_a_property_of_a_type(
    crm: House, ids: list[str], kind: str, told: str, value: object
) -> None:
    browser = crm.browser("member")
    form = picked(browser, ids[:2], "property", name="phone", type=kind, value=told)
    started(crm, browser, form)
    assert values(crm, ids, "phone") == [value, value, "+34 600"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"name": "", "type": "text", "value": "x"}, "Name the property"),
        ({"name": "externalId", "type": "text", "value": "x"}, "must have another name"),
        ({"name": "crmId", "type": "clear", "value": ""}, "must have another name"),
        ({"name": "x" * 256, "type": "text", "value": "x"}, "1 to 255 characters"),
        ({"name": "phone", "type": "text", "value": " "}, "Say which value"),
        ({"name": "phone", "type": "number", "value": "many"}, "must be a number"),
    ],
)
def test_what_makes_no_sense_is_asked_once_more(
    crm: House, ids: list[str], more: dict[str, str], said: str
) -> None:
    browser = crm.browser("member")
    answer = browser.post("/view/bulk/start", picked(browser, ids, "property", **more))
    assert answer.status_code == 422
    assert said in answer.text
    assert values(crm, ids, "phone") == ["+34 600"] * 3


@pytest.mark.parametrize("path", ["/view/bulk", "/view/bulk/start"])
def test_nothing_selected_leads_back(crm: House, path: str) -> None:
    browser = crm.browser("member")
    form = picked(browser, [], "owner", back="/view/contacts?q=a")
    assert browser.post(path, form).headers["location"] == "/view/contacts?q=a"


def test_deleted_and_undone(crm: House, ids: list[str]) -> None:
    browser = crm.browser("member")
    job = started(crm, browser, picked(browser, ids, "delete"))
    assert "3 changed" in browser.get(f"/view/job/{job.id}").text
    answer = browser.post(f"/view/job/{job.id}/undo", browser.form)
    undo = ended(crm, answer.headers["location"].removeprefix("/view/job/"))
    assert undo.changed == 3
    assert "3 taken back" in browser.get(f"/view/job/{undo.id}").text
    page = browser.get("/view/jobs").text
    assert f"/view/job/{job.id}" in page
    assert "done, undone" in page
    # A second time there is nothing to take back.
    again = browser.post(f"/view/job/{job.id}/undo", browser.form)
    assert again.headers["location"] == f"/view/job/{undo.id}"
    assert browser.post(f"/view/job/{undo.id}/undo", browser.form).status_code == 409


def test_whoever_was_merged_is_left_and_the_job_says_so(crm: House, ids: list[str]) -> None:
    browser = crm.browser("member")
    merge_records(crm.store.merges, CONTACT_RULES, ids[0], ids[1], {}, ORIGIN)
    job = started(crm, browser, picked(browser, ids[1:], "delete"))
    page = browser.get(f"/view/job/{job.id}").text
    assert "1 changed" in page
    assert "1 left: merged since, or full" in page
    assert "had nothing to change" not in page


def test_what_somebody_else_has_asked_for_is_theirs(crm: House, ids: list[str]) -> None:
    admin, member = crm.browser("admin"), crm.browser("member")
    job = started(crm, admin, picked(admin, ids, "delete"))
    assert member.get(f"/view/job/{job.id}").status_code == 200
    for deed in ("undo", "cancel"):
        assert member.post(f"/view/job/{job.id}/{deed}", member.form).status_code == 403
    # What is over cannot be stopped: it stays as it is.
    assert admin.post(f"/view/job/{job.id}/cancel", admin.form).status_code == 303
    assert ended(crm, job.id).state is State.DONE


def test_the_history_of_a_record_says_that_it_was_in_bulk(crm: House, ids: list[str]) -> None:
    browser = crm.browser("member")
    job = started(crm, browser, picked(browser, ids, "owner", owner=crm.people["admin"].id))
    assert f"/view/job/{job.id}" in browser.get(f"/view/contact/{ids[0]}?changes=yes").text


def exported(crm: House, query: str) -> bytes:
    answer = crm.browser("member").get(f"/view/export/contact?{query}")
    assert answer.status_code == 200
    assert re.search(r'filename="contacts-\d{4}-\d\d-\d\d\.', answer.headers["content-disposition"])
    return answer.content


def test_an_export_has_the_lines_and_columns_of_the_list(crm: House, ids: list[str]) -> None:
    mark = "test_an_export_has_the_lines_and_columns_of_the_list"
    told = exported(crm, f"q={mark}&col=phone&col=created&col=owner&sort=name").decode()
    header, *lines = csv.reader(io.StringIO(told, newline=""))
    assert header == ["id", "name", "phone", "created", "owner"]
    assert [line[0] for line in lines] == ids
    assert {line[2] for line in lines} == {"+34 600"}
    assert told.splitlines()[0] == '"id","name","phone","created","owner"'


def test_an_export_of_some_for_programs(crm: House, ids: list[str]) -> None:
    some = f"id={ids[1]}&id={ids[2]}"
    lines = [json.loads(line) for line in exported(crm, f"{some}&format=jsonl").splitlines()]
    assert {line["id"] for line in lines} == set(ids[1:])
    assert lines[0]["phone"] == "+34 600"


def test_a_property_that_is_called_id_takes_no_id_away(crm: House) -> None:
    theirs = [{"externalId": "with-id", "lastName": "Withid", "id": "THEIRS"}]
    made = create_records(crm.store, CONTACT_RULES, theirs, ORIGIN)
    crm.store.project_pending()
    (line,) = exported(crm, "q=withid&format=jsonl").splitlines()
    assert json.loads(line)["id"] == made[0].record_id


def test_an_export_is_longer_than_a_page_and_empty_where_nothing_matches(crm: House) -> None:
    many = [{"externalId": f"long-{n}", "lastName": "Longlist"} for n in range(450)]
    create_records(crm.store, CONTACT_RULES, many, ORIGIN)
    crm.store.project_pending()
    for order in ("name", "-lastActivity", "-updated"):
        lines = exported(crm, f"q=longlist&sort={order}").splitlines()
        assert len(set(lines)) == 451
    assert exported(crm, "q=nobody-is-called-this").splitlines() == [
        b'"id","name","title","company","owner","lastActivity"'
    ]


def test_tasks_are_exported_too(crm: House) -> None:
    browser = crm.browser("member")
    browser.post("/view/tasks", {**browser.form, "subject": "=1+1", "due": "2020-01-02"})
    answer = browser.get("/view/export/task?state=overdue")
    assert '"=1+1"' in answer.text
    found = browser.get("/view/export/task?state=overdue&format=jsonl").json()
    named = browser.get(f"/view/export/task?id={found['id']}&id=task_of_nobody").text
    assert len(named.splitlines()) == 2


def test_tasks_are_completed_reopened_and_dated(crm: House) -> None:
    browser = crm.browser("member")
    browser.post("/view/tasks", {**browser.form, "subject": "Call Ada", "due": "2020-05-06"})
    found = browser.get("/view/export/task?format=jsonl").text.splitlines()
    task = next(one for one in map(json.loads, found) if one["subject"] == "Call Ada")["id"]
    form = {**browser.form, "noun": "task", "picked": task}
    assert "Call Ada" in browser.post("/view/bulk", {**form, "action": "complete"}).text
    assert started(crm, browser, {**form, "action": "complete"}).changed == 1
    assert started(crm, browser, {**form, "action": "reopen"}).changed == 1
    assert started(crm, browser, {**form, "action": "due", "due": "2031-02-03"}).changed == 1
    assert '"dueDate": "2031-02-03T00:00:00Z"' in browser.get(f"/view/task/{task}/json").text
    early = started(crm, browser, {**form, "action": "due", "due": "0001-01-01"})
    assert (early.state, early.changed) == (State.DONE, 1)
    assert '"dueDate": "0001-01-01T00:00:00Z"' in browser.get(f"/view/task/{task}/json").text
    for due in ("soon", "0000-01-01"):
        bad = browser.post("/view/bulk/start", {**form, "action": "due", "due": due})
        assert bad.status_code == 422
    # A day is the same day in every zone, also the first one far in the east.
    me = crm.people["member"]
    change_profile(crm.store, me.id, me.name, "Etc/GMT-14", ORIGIN)
    assert started(crm, browser, {**form, "action": "due", "due": "9999-12-31"}).changed == 1
    assert '"dueDate": "9999-12-31T00:00:00Z"' in browser.get(f"/view/task/{task}/json").text
    assert started(crm, browser, {**form, "action": "due", "due": "0001-01-01"}).changed == 1
    change_profile(crm.store, me.id, me.name, "UTC", ORIGIN)
    started(crm, browser, {**form, "action": "due", "due": ""})
    assert '"dueDate": null' in browser.get(f"/view/task/{task}/json").text
    everything = {**browser.form, "noun": "task", "all": "yes", "query": "state=undated"}
    assert "1 task" in browser.post("/view/bulk", {**everything, "action": "owner"}).text
