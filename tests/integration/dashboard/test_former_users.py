"""Colleagues who left: their names everywhere, their place in choices while they own something."""

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, NamedTuple

import openpyxl
import pytest

from customcrm.crm.records import CONTACT_RULES
from customcrm.operations.browsing.owners import CACHE_SECONDS, OwnerDirectory
from customcrm.operations.ports import Origin
from customcrm.operations.records import create_records
from customcrm.operations.users import add_user, list_users, remove_user
from tests.integration.dashboard.desk import KEY, ORIGIN, House, house


class Scene(NamedTuple):
    """A server that somebody left, and the ids of what they own."""

    crm: House
    leo: str
    ids: dict[str, str]


def call(crm: House, path: str, body: Any, method: str = "POST") -> Any:
    content = json.dumps(body).encode()
    return crm.browser().fetch(method, path, content, {"x-api-key": KEY}).json()


def owned_by(crm: House, owner: str, mark: str) -> dict[str, str]:
    """Make one of each noun that somebody owns, and return their ids."""
    contact = {"externalId": mark, "lastName": f"Owned{mark}", "campaigns": "Spring"}
    company = {"externalId": mark, "name": f"Owned{mark} Works"}
    acting = Origin(f"user:{owner}", ORIGIN.clock, ORIGIN.new_id)
    made = create_records(crm.store, CONTACT_RULES, [{**contact, "ownerId": owner}], acting)
    contact_id = made[0].record_id
    company_id = call(crm, "/companies", {"companies": [{**company, "ownerId": owner}]})["results"]
    task = {"subject": f"Call {mark}", "ownerId": owner, "contactId": contact_id}
    activity = {"type": "EMAIL", "direction": "OUTBOUND", "subject": f"Mail {mark}"}
    twin = {"externalId": f"{mark}-2", "lastName": "Twin"}
    ids = {
        "other": create_records(crm.store, CONTACT_RULES, [twin], acting)[0].record_id,
        "contact": contact_id,
        "company": company_id[0]["crmId"],
        "task": call(crm, "/tasks", task)["id"],
        "activity": call(
            crm, "/activities", {**activity, "ownerId": owner, "contactId": contact_id}
        )["id"],
    }
    for noun in ("contacts", "companies"):
        one = ids["contact" if noun == "contacts" else "company"]
        for value in (None, owner):
            call(crm, f"/{noun}", {noun: [{"crmId": one, "ownerId": value}]}, "PUT")
    call(crm, f"/tasks/{ids['task']}", {"ownerId": None}, "PATCH")
    call(crm, f"/tasks/{ids['task']}", {"ownerId": owner}, "PATCH")
    crm.store.project_pending()
    return ids


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with house(tmp_path_factory.mktemp("former")) as crm:
        leo = add_user(crm.store, "Leo Parts", "leo@example.com", ORIGIN).id
        ids = owned_by(crm, leo, "leo")
        remove_user(crm.store, leo, ORIGIN)
        yield Scene(crm, leo, ids)


def shown(page: str) -> str:
    """Return what somebody reads of a page: its texts, without markup."""
    body = re.sub(r"<(script|style|select|textarea)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


PAGES = [
    "/",
    "/view/contacts",
    "/view/contacts?col=owner&col=ownerId",
    "/view/companies",
    "/view/tasks",
    "/view/activities",
    "/view/contact/{contact}",
    "/view/contact/{contact}?changes=yes&tasks=yes",
    "/view/contact/{contact}/origins",
    "/view/company/{company}",
    "/view/company/{company}?changes=yes&tasks=yes",
    "/view/task/{task}",
    "/view/activity/{activity}",
    "/view/campaign?name=Spring",
    "/view/merge/contact/{contact}",
    "/view/duplicates/contact/{contact}/{other}",
    "/view/property?kind=contact&name=ownerId",
    "/view/property/facts?kind=contact&name=ownerId",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_the_name_of_who_left_and_never_the_id(scene: Scene, path: str) -> None:
    answer = scene.crm.browser("admin").get(path.format_map(scene.ids))
    assert answer.status_code == 200
    text = shown(answer.text)
    assert scene.leo not in text
    # The task has no date, and so is not on Home; to merge with somebody names no owner.
    if path not in {"/", "/view/merge/contact/{contact}"}:
        assert "Leo Parts (left)" in text


@pytest.mark.parametrize("noun", ["contact", "company", "task"])
def test_exports_name_who_left(scene: Scene, noun: str) -> None:
    browser = scene.crm.browser("admin")
    told = browser.get(f"/view/export/{noun}?id={scene.ids[noun]}").text
    (line,) = csv.DictReader(io.StringIO(told, newline=""))
    assert line["owner"] == "Leo Parts (left)"
    book = browser.get(f"/view/export/{noun}?format=excel&id={scene.ids[noun]}").content
    header, row = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0].values
    assert dict(zip(header, row, strict=True))["owner"] == "Leo Parts (left)"


def options(page: str, name: str) -> list[tuple[str, str]]:
    """Return the values and labels of a select."""
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL)
    assert select is not None
    found = re.findall(r'<option value="([^"]*)"( selected)?>([^<]*)', select[0])
    return [(value, unescape(label)) for value, _, label in found]


PICKERS = [
    ("/view/contacts", "owner"),
    ("/view/companies", "owner"),
    ("/view/tasks", "owner"),
    ("/view/activities", "owner"),
    ("/view/contacts/new", "ownerId"),
    ("/view/contact/{contact}", "owner"),
    ("/view/contact/{contact}/edit?field=ownerId", "value"),
    ("/view/task/{task}/edit?field=ownerId", "value"),
]


@pytest.mark.parametrize(("path", "name"), PICKERS)
def test_a_picker_offers_who_is_here_then_who_left_and_still_owns_something(
    scene: Scene, path: str, name: str
) -> None:
    page = scene.crm.browser("admin").get(path.format_map(scene.ids)).text
    found = [value for value, _ in options(page, name) if value]
    assert found[-1] == scene.leo
    assert {person.id for person in scene.crm.people.values()} <= set(found[:-1])
    assert (scene.leo, "Leo Parts (left)") in options(page, name)


def test_the_filter_by_who_left_finds_what_they_own(scene: Scene) -> None:
    browser = scene.crm.browser("admin")
    for path, found in (
        ("contacts", "Ownedleo"), ("companies", "Ownedleo Works"),
        ("tasks", "Call leo"), ("activities", "Mail leo"),
    ):  # fmt: skip
        page = browser.get(f"/view/{path}?owner={scene.leo}").text
        assert found in shown(page)
        assert f'<option value="{scene.leo}" selected>Leo Parts (left)' in page


def test_editing_something_else_keeps_the_owner_who_left(scene: Scene) -> None:
    page = scene.crm.browser("admin").get(f"/view/contact/{scene.ids['contact']}/edit").text
    assert f'<option value="{scene.leo}" selected>Leo Parts (left)</option>' in page


def test_enginy_is_not_offered_who_left(scene: Scene) -> None:
    assert scene.leo not in {user.id for user in list_users(scene.crm.store)}


@pytest.mark.parametrize("noun", ["contact", "company", "task", "activity"])
def test_who_left_is_offered_for_one_thing_of_any_noun(scene: Scene, noun: str) -> None:
    crm = scene.crm
    user = add_user(crm.store, f"Nia {noun}", None, ORIGIN).id
    remove_user(crm.store, user, ORIGIN)
    seconds = iter([0.0, 1.0, CACHE_SECONDS + 1.0])
    directory = OwnerDirectory(crm.store, crm.store.catalogue, lambda: next(seconds))
    assert not directory.still_owns(user)
    one = {"externalId": user, "lastName": "Nia", "name": "Nia", "ownerId": user}
    bodies: dict[str, Any] = {
        "contact": ("/contacts", {"contacts": [one]}),
        "company": ("/companies", {"companies": [one]}),
        "task": ("/tasks", {"subject": "S", "ownerId": user}),
        "activity": ("/activities", {"type": "EMAIL", "ownerId": user}),
    }
    call(crm, *bodies[noun])
    crm.store.project_pending()
    assert not directory.still_owns(user)  # As of a second ago.
    assert directory.still_owns(user)


def test_who_left_and_owns_nothing_is_offered_only_where_they_are_chosen(scene: Scene) -> None:
    crm = scene.crm
    user = add_user(crm.store, "Olga Gone", None, ORIGIN).id
    remove_user(crm.store, user, ORIGIN)
    browser = crm.browser("admin")
    assert "Olga Gone" not in browser.get("/view/contacts").text
    page = browser.get(f"/view/contacts?owner={user}").text
    assert f'<option value="{user}" selected>Olga Gone (left)' in page
