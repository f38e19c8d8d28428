"""Characters that no database can store, in every place of a URL and of a form."""

import json
import random
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from customcrm.dashboard import routes
from customcrm.dashboard.routes import VIEWS
from tests.databases import database_url, postgresql_server
from tests.integration.dashboard.desk import KEY, Browser, House, house
from tests.integration.dashboard.rendered_forms import forms_of

__all__ = ["database_url", "postgresql_server"]


YES = True


def cursor(*parts: Any) -> str:
    """A place in a list, as a URL names it."""
    return urlsafe_b64encode(json.dumps(list(parts)).encode()).decode().rstrip("=")


TEXTS = [
    "%00",
    "a%00b",
    "%00%00",
    "%ED%A0%80",
    "a%ED%B0%80b",
    "%ED%A0%BD%ED%B8%80",
    "%FF",
    "%C3",
    "%EF%BF%BF",
    "%F4%90%80%80",
    "%F0%9F%9A%80",
    "%E2%80%AE",
    "%0D%0A",
    "%2500",
    "%25ED%25A0%2580",
    "%5Cu0000",
    "%5Cud800",
    "%22%5Cu0000%22",
    "%22%5Cud800%22",
    "%5B%22%5Cud800%22%5D",
    "null",
    "true",
    "-1",
    "99999999999999999999",
    "1e400",
    "NaN",
    "%7B%22%5Cu0000%22%3A1%7D",
    "%5B" * 200,
    "contact_%00",
    "task_%ED%A0%80",
    "%3F" + quote("q=\0&prop=\0&value=\0"),
    quote("q=%00&owner=%ED%A0%80&at=" + cursor("\0", 1, 0)),
    cursor("\ud800", 1, 0),
    cursor("\0", 1, 0),
    cursor("a\0b", 1, 1),
    cursor(YES, 1, 0),
    cursor("a", YES, 0),
    cursor("a", 1, YES),
    cursor("a", 1, 0),
    cursor(1, 1, 0),
    cursor(-(2**63), 2**63 - 1, 1),
    cursor(2**63, 1, 0),
    cursor(1.5, 1, 0),
    cursor(None, 1, 0),
    cursor(["\0"], 1, 0),
    cursor("\uffff", 1, 0),
]
"""Escaped as they are sent."""


def names_in_the_code(pattern: str) -> set[str]:
    folder = Path(routes.__file__).parent
    text = "\n".join(each.read_text() for each in folder.rglob("*.py"))
    text += "\n".join(each.read_text() for each in folder.rglob("*.html"))
    return {name for name in re.findall(pattern, text) if name.isascii()}


PARAMETERS = sorted(
    names_in_the_code(r"""[\[( ,]["']([a-z_]{1,20})["'][,)\]]""")
    | {"at", "q", "prop", "value", "from", "to", "col", "sort", "in", "next", "back", "since"}
)
"""Names that a page may look for, and many that none does."""

FIELDS = sorted(names_in_the_code(r'name="([a-z_.-]{1,40})"') | set(PARAMETERS))


@pytest.fixture
def crm(tmp_path: Path, database_url: str) -> Iterator[House]:
    with house(tmp_path, database_url=database_url) as one:
        yield one


def ids_of(crm: House) -> dict[str, str]:
    """One of each kind of thing that a path names."""
    browser = crm.browser("admin")
    headers = {"X-API-Key": KEY, "Content-Type": "application/json"}

    def call(method: str, path: str, body: Any) -> Any:
        answer = browser.fetch(method, path, json.dumps(body).encode(), headers)
        assert answer.is_success, answer.text
        return answer.json()

    contact = {"externalId": "1", "email": "a@b.example", "firstName": "A", "campaigns": "C"}
    company = {"externalId": "1", "name": "B", "domain": "b.example"}
    one = call("POST", "/contacts", {"contacts": [contact]})["results"][0]["crmId"]
    other = call("POST", "/companies", {"companies": [company]})["results"][0]["crmId"]
    task = call("POST", "/tasks", {"subject": "S", "contactId": one})["id"]
    activity = {"type": "EMAIL", "direction": "INBOUND", "contactId": one, "body": "B"}
    return {
        "contact": one,
        "company": other,
        "task": task,
        "activity": call("POST", "/activities", activity)["id"],
    }


def path_of(template: str, ids: dict[str, str], dice: random.Random) -> str:
    """A path of a page, with an id that is there or one that nobody has."""

    def fill(match: re.Match[str]) -> str:
        noun = template.split("/")[2]
        if noun in ids and match[1] == "id" and dice.random() < 0.6:
            return ids[noun]
        return dice.choice(TEXTS)

    return re.sub(r"{(\w+)(?::path)?}", fill, template)


def query_of(dice: random.Random) -> str:
    chosen = [
        f"{dice.choice([*PARAMETERS, *TEXTS]) if dice.random() < 0.9 else ''}={dice.choice(TEXTS)}"
        for _ in range(dice.randint(0, 4))
    ]
    return "&".join(chosen)


def failures_of(browser: Browser, ids: dict[str, str], seed: int, rounds: int) -> list[str]:
    """The requests that were answered with an internal error."""
    dice = random.Random(seed)  # noqa: S311 - for a test
    failed = []
    for _ in range(rounds):
        for view in VIEWS:
            if view.path in {"/view/live", "/view/sign-out"}:
                continue
            url = f"{path_of(view.path, ids, dice)}?{query_of(dice)}"
            body = ""
            headers = {}
            if view.method == "POST":
                body = "&".join(
                    [
                        urlencode(browser.form),
                        *(f"{dice.choice(FIELDS)}={dice.choice(TEXTS)}" for _ in range(6)),
                    ]
                )
                headers = {
                    "content-type": "application/x-www-form-urlencoded",
                    "origin": "http://crm.example",
                }
            answer = browser.fetch(view.method, url, body.encode() or None, headers)
            if answer.status_code >= 500:
                failed.append(f"{answer.status_code} {view.method} {url} {body}")
    return failed


def test_no_page_and_no_form_fails_on_odd_characters(crm: House) -> None:
    ids = ids_of(crm)
    assert failures_of(crm.browser("admin"), ids, seed=20261201, rounds=6) == []


def test_no_list_fails_on_odd_cursors_and_parameters(crm: House) -> None:
    browser = crm.browser("member")
    failed = []
    lists = [
        *("/view/contacts", "/view/companies", "/view/tasks", "/view/activities", "/view/calls"),
        *("/view/bin", "/view/jobs", "/view/campaigns", "/view/duplicates"),
    ]
    orders = ("", "&sort=name", "&sort=-created", "&sort=-updated", "&sort=lastActivity")
    for path in lists:
        for text in TEXTS:
            for order in orders if text.startswith("W") else ("",):
                for name in ("at", "q", "owner"):
                    answer = browser.get(f"{path}?{name}={text}{order}")
                    if answer.status_code >= 500:
                        failed.append(f"{path}?{name}={text}{order}")
    assert failed == []


def test_no_operation_fails_on_odd_characters_in_its_path(crm: House) -> None:
    browser = crm.browser()
    headers = {"X-API-Key": KEY, "Content-Type": "application/json"}
    for folder in ("/tasks/", "/activities/", "/", "/contacts/", "/view/", "/static/"):
        for text in TEXTS:
            for method, body in (("GET", None), ("PATCH", b"{}")):
                answer = browser.fetch(method, folder + text, body, headers)
                assert answer.status_code < 500, (method, folder, text)


RAW = ["\0", "a\0b", "\ufffd", "\uffff", "\U0010ffff", "\u202e", "\r\n\t", '"\\u0000"', '"\\ud800"']
"""Typed into a form."""


def test_no_form_of_a_page_fails_on_what_is_typed_into_it(crm: House) -> None:
    ids = ids_of(crm)
    browser = crm.browser("admin")
    dice = random.Random(20261203)  # noqa: S311 - for a test
    contact, company, task = ids["contact"], ids["company"], ids["task"]
    pages = [
        *(f"/view/contact/{contact}{end}" for end in ("", "/edit", "/link", "/origins")),
        *(f"/view/company/{company}{end}" for end in ("", "/edit", "/link")),
        *(f"/view/task/{task}{end}" for end in ("", "/edit")),
        *("/view/contacts", "/view/contacts/new", "/view/companies/new", "/view/tasks"),
        *("/view/properties", "/view/property?noun=contacts&name=campaigns", "/view/matching"),
        *("/view/account", "/view/setup", "/view/team", "/view/duplicates", "/view/bin"),
    ]
    sent, failed = 0, []
    for page in pages:
        for form in forms_of(browser.get(page).text):
            action = form.attributes.get("action", page)
            if form.attributes.get("method", "").lower() != "post" or "sign-out" in action:
                continue
            for name in dict(form.entries):
                text = dice.choice(RAW)
                changed = {**dict(form.entries), name: text, **browser.form}
                url = action if action.startswith("/") else page.partition("?")[0] + action
                answer = browser.post(url, changed)
                sent += 1
                if answer.status_code >= 500:
                    failed.append(f"{url}: {name} = {text!r}")
    assert failed == []
    assert sent > 50


def test_what_cannot_be_stored_is_replaced_or_dropped(crm: House) -> None:
    browser = crm.browser("member")
    form = {**browser.form, "subject": "a\0b", "\0description": "x"}
    location = browser.post("/view/tasks", form).headers["location"]
    page = browser.get(location).text
    assert "ab" in page
    assert "\0" not in page
