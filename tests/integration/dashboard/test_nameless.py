"""Names without a visible character: each page says `Unnamed`, and every link can be seen."""

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from typing import Any, NamedTuple

import openpyxl
import pytest

from customcrm.crm.records import Kind
from customcrm.crm.text import has_visible
from customcrm.operations.nouns import Noun
from tests.integration.dashboard.desk import KEY, House, house

NAMES = [
    " ", "\t", "\u00a0", "\u2003", "\u3000", "\u200b", "\u200d", "\ufeff", "\u2060\u2060", "\u00ad",
    "\u202e", "\u3164", "\u115f\u1160", "\uffa0", "\u2800", "\u034f", "\ufe0f", "\u0301",
    "\U000e0041", "\x01\x02", "\x7f", " \u200b\u3164 \u2800",
]  # fmt: skip
"""Names and ids in which nobody sees anything."""


class Scene(NamedTuple):
    """A server with one of each noun for each name, and their ids."""

    crm: House
    ids: dict[str, list[str]]


def call(crm: House, path: str, body: Any) -> Any:
    content = json.dumps(body).encode()
    answer = crm.browser().fetch("POST", path, content, {"x-api-key": KEY})
    assert answer.is_success, answer.text
    return answer.json()


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with house(tmp_path_factory.mktemp("nameless")) as crm:
        contacts = [{"externalId": name, "firstName": name, "lastName": name} for name in NAMES]
        companies = [{"externalId": name, "name": name} for name in NAMES]
        made = call(crm, "/contacts", {"contacts": [*contacts, {"externalId": "x", " ": "v"}]})
        firms = call(crm, "/companies", {"companies": companies})
        ids = {
            "contact": [one["crmId"] for one in made["results"]],
            "company": [one["crmId"] for one in firms["results"]],
        }
        pairs = zip(ids["contact"], ids["company"], strict=False)
        links = [{"contactCRMId": one, "companyCRMId": other} for one, other in pairs]
        call(crm, "/associations", {"associations": links})
        about = {"contactId": ids["contact"][0], "companyId": ids["company"][0]}
        ids["task"] = [
            call(crm, "/tasks", {**about, "subject": name})["id"] for name in NAMES if name.strip()
        ]
        body = {**about, "type": "EMAIL", "direction": "INBOUND"}
        ids["activity"] = [
            call(crm, "/activities", {**body, "subject": name})["id"] for name in NAMES
        ]
        named = {f"\u200b{n}": {name: "v"} for n, name in enumerate(NAMES)}
        call(crm, "/contacts", {"contacts": [{"externalId": n, **v} for n, v in named.items()]})
        crm.store.project_pending()
        yield Scene(crm, ids)


class Links(HTMLParser):
    """Collects the links of a page with what is seen in each."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.title = ""
        self._open: list[str] = []
        self._tag = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._tag = tag
        if tag == "a":
            self._open.append("")
            self.found.append((dict(attributes).get("href") or "", ""))
        elif tag == "svg" and self._open:
            self._note("[icon]")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._open.pop()
        self._tag = ""

    def handle_data(self, data: str) -> None:
        if self._tag == "title":
            self.title += data
        if self._open:
            self._note(data)

    def _note(self, text: str) -> None:
        href, seen = self.found[-1]
        self.found[-1] = (href, seen + text)


def pages(scene: Scene) -> list[str]:
    found = [
        "/", "/view/contacts", "/view/companies", "/view/tasks", "/view/activities",
        "/view/campaigns", "/view/properties", "/view/duplicates", "/view/bin", "/view/calls",
        "/view/contacts?sort=name&col=email&col=%20&col=%E2%80%8B", "/view/find?q=unnamed",
        "/view/contacts?count=exact&sort=-name",
    ]  # fmt: skip
    for noun, ids in scene.ids.items():
        found += [f"/view/{noun}/{one}" for one in ids]
    for kind in Kind:
        one, other, *_ = scene.ids[kind]
        found += [
            f"/view/merge/{kind}/{one}",
            f"/view/duplicates/{kind}/{one}/{other}",
            f"/view/{kind}/{one}/edit",
            f"/view/{kind}/{one}/link",
            f"/view/{kind}/{one}/origins",
            f"/view/{kind}/{one}?changes=yes&tasks=yes",
        ]
    return found


def test_every_page_is_there_and_every_link_is_seen(scene: Scene) -> None:
    browser = scene.crm.browser("admin")
    for path in pages(scene):
        answer = browser.get(path)
        assert answer.status_code == 200, path
        links = Links()
        links.feed(answer.text)
        assert links.found
        unseen = [href for href, seen in links.found if not has_visible(unescape(seen))]
        assert unseen == [], path
        assert has_visible(links.title.removesuffix(" · customcrm")), path


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_a_record_is_called_unnamed(scene: Scene, number: int) -> None:
    browser = scene.crm.browser("admin")
    for kind in Kind:
        page = browser.get(f"/view/{kind}/{scene.ids[kind][number]}").text
        assert re.search(r"<h1[^>]*>\s*Unnamed\s*<", page), (kind, NAMES[number])
        assert "<title>Unnamed · customcrm</title>" in page


def test_tasks_are_called_unnamed(scene: Scene) -> None:
    browser = scene.crm.browser("admin")
    for one in scene.ids["task"]:
        page = browser.get(f"/view/task/{one}").text
        assert "<title>Unnamed · customcrm</title>" in page
    assert browser.get("/view/tasks").text.count(">Unnamed</a>") >= len(scene.ids["task"])


@pytest.mark.parametrize("kind", list(Kind))
def test_exports_call_a_record_unnamed(scene: Scene, kind: Kind) -> None:
    browser = scene.crm.browser("admin")
    one = f"id={scene.ids[kind][3]}"
    (line,) = csv.DictReader(io.StringIO(browser.get(f"/view/export/{kind}?{one}").text))
    assert line["name"] == "Unnamed"
    book = browser.get(f"/view/export/{kind}?format=excel&{one}").content
    _, row = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0].values
    assert row[1] == "Unnamed"


def test_two_without_a_name_are_no_possible_duplicates(scene: Scene) -> None:
    scene.crm.store.find_pending()
    assert "Unnamed" not in scene.crm.browser("admin").get("/view/duplicates").text


def test_messages_and_bulk_pages_say_unnamed(scene: Scene) -> None:
    browser = scene.crm.browser("admin")
    one = scene.ids["contact"][5]
    form = {**browser.form, "noun": "contact", "action": "delete", f"pick.{one}": "yes"}
    assert "Unnamed" in browser.post("/view/bulk", form).text
    deleted = browser.post(f"/view/contact/{one}/delete", browser.form)
    assert deleted.status_code == 303
    assert "Unnamed" in browser.get("/view/bin").text
    browser.post(f"/view/contact/{one}/restore", browser.form)


@pytest.mark.parametrize("name", NAMES)
def test_nobody_gives_a_view_or_a_user_a_name_that_is_not_seen(scene: Scene, name: str) -> None:
    browser = scene.crm.browser("admin")
    before = len(scene.crm.store.views.views(scene.crm.people["admin"].id, Noun.CONTACT))
    browser.post("/view/views", {**browser.form, "noun": "contact", "query": "q=a", "name": name})
    after = len(scene.crm.store.views.views(scene.crm.people["admin"].id, Noun.CONTACT))
    assert before == after
    invited = browser.post(
        "/view/team/invite", {**browser.form, "name": name, "email": "n@example.com"}
    )
    assert invited.status_code == 422
