"""A hundred records of any values, opened in *Edit all* and saved untouched: nothing changes.

Everything goes over HTTP: the API creates, the page is parsed, and its form is sent as browsers do.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customcrm.crm.property_types import PropertyType
from customcrm.crm.records import Kind
from customcrm.operations.accounts.members import change_profile
from customcrm.operations.properties import PropertyBook, Shape
from tests.integration.dashboard.desk import KEY, ORIGIN, Browser, House, house
from tests.integration.dashboard.rendered_forms import form_with

CHOICES = ("Gold", "Silver", "5", "yes", "no", "2026-01-31", "<b>")
ZONES = ("UTC", "Europe/Madrid", "America/New_York", "Pacific/Kiritimati")
MANY = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

HOSTILE = st.sampled_from(
    [
        *("31/01/2026", "31.01.2026", "2026-02-30", "Jan 5 2026", "20260131", " 2026-01-31"),
        *("2026-01-31", "2026-01-31T24:00:00Z", "0001-01-01", "9999-12-31T23:59:59Z", "2026"),
        *("true", "Oui", "1", "on", "maybe", "YES", "no ", "—", "None", "null", "undefined"),
        *("007", "1e5", "1,5", "1 000", "+34 600 111 222", "=1+1", "http://", "a.example"),
        *(" ", "\n", "\r\n", "\r", "\ta", "a\nb", "a\r\nb", "a\rb", "\na", "a\n", "\u2028", "\x0b"),
        *("</textarea><script>", "</option>", '"><img>', "&amp;", "&#10;", "&#0;", "<!--", "]]>"),
        *("👩‍💻", "\u200b", "\u202e", "\ufeff", "\ufffd", "x" * 199, "x" * 201, "x" * 20_000),
        *("x" * 20_001, "🚀" * 20_000, "%0D%0A", "+", "a+b", "a=b&c=d", "csrf", "{{ 7 * 7 }}"),
    ]
)
NUMBERS = st.one_of(
    st.integers(-(2**63), 2**63),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([0, 5, -0.0, 1e-7, 1e16, 0.06666666666666667, 20260131, 10**30, 2**53 + 1]),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
DATES = st.datetimes().map(str) | st.dates().map(str)
VALUES = HOSTILE | NUMBERS | st.booleans() | TEXTS | DATES | st.lists(TEXTS, max_size=2)
TYPED = [f"{type_} {number}" for type_ in PropertyType for number in (1, 2)]
PROPERTIES = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(TYPED, VALUES),
        **dict.fromkeys(["name", "title", "industry", "description"], VALUES),
        **dict.fromkeys(["foundedYear", "numberOfEmployees", "linkedinUrl", "ownerId"], VALUES),
        **dict.fromkeys(["untyped", "a\nb", " blanks ", "seen-0", "field", '"><b>'], VALUES),
    },
)
DUE = st.one_of(
    st.none(),
    st.dates().map(str),
    st.datetimes().map(lambda moment: f"{moment.isoformat()}Z"),
    st.sampled_from(["2026-11-01T06:30:00Z", "2026-10-25T01:30:07Z", "9999-12-31T23:59:59Z"]),
    st.sampled_from(["0001-01-01T00:00:00Z", "2030-03-15", "0001-01-01", "9999-12-31"]),
)


@pytest.fixture(scope="module")
def crm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server that has properties of every type, of contacts and of companies."""
    with house(tmp_path_factory.mktemp("crm")) as one:
        book = PropertyBook(one.store)
        for kind in Kind:
            for type_ in PropertyType:
                choices = CHOICES if type_ is PropertyType.CHOICE else ()
                shape = Shape(type=type_, choices=choices)
                for number in (1, 2):
                    book.define_property(kind, f"{type_} {number}", shape, ORIGIN)
        yield one


def call(crm: House, path: str, body: Any) -> Any:
    """Call the API as Enginy does."""
    headers = {"content-type": "application/json", "x-api-key": KEY}
    answer = crm.browser().fetch("POST", path, json.dumps(body).encode(), headers)
    assert answer.status_code == 201, answer.text
    return answer.json()


COLUMNS = {
    "contact": "SELECT properties, updated_at, layers FROM contacts WHERE id = ?",
    "company": "SELECT properties, updated_at, layers FROM companies WHERE id = ?",
    "task": "SELECT * FROM tasks WHERE id = ?",
}


def stored(crm: House, noun: str, record_id: str) -> tuple[Any, ...]:
    """What the database holds of a record, byte for byte, and its history."""
    with closing(sqlite3.connect(crm.file)) as database:
        row = database.execute(COLUMNS[noun], [record_id]).fetchone()
        history = "SELECT * FROM history WHERE record_id = ? ORDER BY number"
        return (*row, *database.execute(history, [record_id]).fetchall())


def saved(browser: Browser, noun: str, record_id: str, **typed: str) -> None:
    """Open *Edit all*, type into some of its inputs, and save it."""
    path = f"/view/{noun}/{record_id}/edit"
    page = browser.get(path)
    assert page.status_code == 200
    form = form_with(page.text, "field-0")
    suffix = {name: key.removeprefix("field") for key, name in form.entries if "field-" in key}
    changes = {f"value{suffix[name]}": value for name, value in typed.items()}
    answer = browser.post(path, form.sent(**changes))
    assert answer.status_code == 303, answer.text


def opened_one_by_one(browser: Browser, noun: str, record_id: str, only: str = "") -> None:
    """Open each value of the page, or only one, by its pencil, and save it."""
    path = f"/view/{noun}/{record_id}/edit"
    for key, name in form_with(browser.get(path).text, "field-0").entries:
        if key.startswith("field-") and only in {"", name}:
            page = browser.get(f"{path}?field={quote(name, safe='')}").text
            assert browser.post(path, form_with(page, "field").sent()).status_code == 303


@MANY
@given(values=PROPERTIES, kind=st.sampled_from([*Kind]))
def test_a_record_that_nobody_touched_stays(crm: House, values: dict[str, Any], kind: Kind) -> None:
    sent = {"externalId": ORIGIN.new_id("test"), "location": "Here", **values}
    plural = "contacts" if kind is Kind.CONTACT else "companies"
    record = call(crm, f"/{plural}", {plural: [sent]})["results"][0]["crmId"]
    browser, before = crm.browser("member"), stored(crm, kind, record)
    saved(browser, kind, record)
    assert stored(crm, kind, record) == before
    # To change one value changes no other.
    saved(browser, kind, record, location="Somewhere else")
    changed = before[0].replace('"location":"Here"', '"location":"Somewhere else"', 1)
    assert stored(crm, kind, record)[0] == changed


@settings(MANY, max_examples=15)
@given(values=PROPERTIES)
def test_values_that_are_opened_one_by_one_and_saved_stay(
    crm: House, values: dict[str, Any]
) -> None:
    sent = {"externalId": ORIGIN.new_id("test"), "location": "Here", **values}
    record = call(crm, "/contacts", {"contacts": [sent]})["results"][0]["crmId"]
    before = stored(crm, "contact", record)
    opened_one_by_one(crm.browser("member"), "contact", record)
    assert stored(crm, "contact", record) == before


@MANY
@given(
    subject=st.one_of(TEXTS, HOSTILE).filter(lambda text: bool(str(text).strip())),
    texts=st.fixed_dictionaries(
        {}, optional=dict.fromkeys(["description", "type", "contactId", "companyId"], HOSTILE)
    ),
    custom=st.dictionaries(st.sampled_from(["a\nb", " blanks ", "flag", "due"]), VALUES),
    due=DUE,
    zone=st.sampled_from(ZONES),
)
def test_a_task_that_nobody_touched_stays(
    crm: House,
    subject: str,
    texts: dict[str, str],
    custom: dict[str, Any],
    due: str | None,
    zone: str,
) -> None:
    member = crm.people["member"]
    change_profile(crm.store, member.id, member.name, zone, ORIGIN)
    short = {name: text[:255] for name, text in texts.items()}
    sent = {**custom, **short, "description": texts.get("description"), "dueDate": due}
    task = call(crm, "/tasks", {**sent, "subject": subject, "unique": ORIGIN.new_id("test")})["id"]
    browser, before = crm.browser("member"), stored(crm, "task", task)
    saved(browser, "task", task)
    assert stored(crm, "task", task) == before
    opened_one_by_one(browser, "task", task, "dueDate")
    assert stored(crm, "task", task) == before
    saved(browser, "task", task, ownerId="")
    saved(browser, "task", task, unique="Somebody else")
    after = stored(crm, "task", task)
    assert [after[0], *after[2:6]] == [before[0], *before[2:6]]
    for page in (f"/view/task/{task}", "/view/tasks?state=upcoming", "/"):
        assert browser.get(page).status_code == 200
