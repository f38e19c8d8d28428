"""What nobody has touched stays byte for byte, whatever input it is shown in."""

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import msgspec
import pytest

from customcrm.contract.due_dates import parse_due
from customcrm.contract.tasks import CreateTask
from customcrm.crm.moments import start_of_day
from customcrm.crm.property_types import PropertyType
from customcrm.crm.records import COMPANY_RULES, CONTACT_RULES, Kind
from customcrm.operations.accounts.members import change_profile
from customcrm.operations.properties import PropertyBook, Shape
from customcrm.operations.records import create_records
from customcrm.operations.repeats import Request
from customcrm.operations.tasks import create_task, read_task, values_of
from tests.integration.dashboard.desk import ORIGIN, Browser, House, house
from tests.integration.dashboard.rendered_forms import form_with

CHOICES = ("Gold", "Silver", "5", "yes")


@pytest.fixture(scope="module")
def crm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server on which there is a property of each type for each kind of record."""
    with house(tmp_path_factory.mktemp("crm")) as one:
        book = PropertyBook(one.store)
        for kind in Kind:
            for type_ in PropertyType:
                choices = CHOICES if type_ is PropertyType.CHOICE else ()
                shape = Shape(type=type_, choices=choices)
                book.define_property(kind, f"as_{type_}", shape, ORIGIN)
        yield one


def change_zone(crm: House, zone: str) -> None:
    """Show every time to the member in a zone."""
    member = crm.people["member"]
    change_profile(crm.store, member.id, member.name, zone, ORIGIN)


def made(crm: House, values: Mapping[str, Any], kind: Kind = Kind.CONTACT) -> str:
    rules = CONTACT_RULES if kind is Kind.CONTACT else COMPANY_RULES
    sent = [{"externalId": msgspec.json.encode(values).decode()[:255], **values}]
    return create_records(crm.store, rules, sent, ORIGIN)[0].record_id


def task_of(crm: House, subject: str = "Call", custom: Any = None, **values: Any) -> str:
    asked, key = CreateTask(subject, **values), repr((subject, custom, values))[:255]
    return create_task(crm.store, asked, custom or {}, Request("test", b"", key), ORIGIN).task.id


ROWS = {
    "contacts": "SELECT * FROM contacts WHERE id = ?",
    "companies": "SELECT * FROM companies WHERE id = ?",
    "tasks": "SELECT * FROM tasks WHERE id = ?",
}


def stored(crm: House, table: str, record_id: str) -> tuple[Any, ...]:
    """Everything that the database holds of a record, and the number of its changes."""
    with closing(sqlite3.connect(crm.file)) as database:
        row = database.execute(ROWS[table], [record_id]).fetchone()
        changes = "SELECT count(*) FROM history WHERE record_id = ?"
        return (*row, *database.execute(changes, [record_id]).fetchone())


def sends_back(crm: House, noun: str, record_id: str, **changes: str) -> None:
    """Open the page of all values and save it, with other values typed into some inputs."""
    browser = crm.browser("member")
    path = f"/view/{noun}/{record_id}/edit"
    page = browser.get(path)
    assert page.status_code == 200
    form = form_with(page.text, "field-0")
    names = {name: key.removeprefix("field") for key, name in form.entries if "field-" in key}
    typed = {f"value{names[name]}": value for name, value in changes.items()}
    answer = browser.post(path, form.sent(**typed))
    assert answer.status_code == 303, answer.text


def opens_and_saves(browser: Browser, noun: str, record_id: str, name: str) -> None:
    """Open one value by its pencil, and save it."""
    path = f"/view/{noun}/{record_id}/edit"
    page = browser.fetch("GET", f"{path}?{name}")
    assert page.status_code == 200
    answer = browser.post(path, form_with(page.text, "field").sent())
    assert answer.status_code == 303, answer.text


VALUES: list[Any] = [
    *("31/01/2026", "31.01.2026", "2026-02-30", "Jan 5 2026", "20260131", " 2026-01-31"),
    *("2026-01-31", "2026-01-31 ", "2026-01-31T10:00:00Z", "\uff12026-01-31", "0000-00-00"),
    *("true", "Oui", "1", "on", "maybe", "YES", "no ", "Yes", True, False),
    *(5, 0.06666666666666667, 1e-7, 1e16, 1234567890123456789, 10**29, -0.0, 20260131),
    *("5", "007", "1e5", "1,5", "a link", "acme.example", "https://a.example/ü", "http://"),
    *("", " ", "\t", "\u00a0", " padded ", "two\nlines", "two\r\nlines", "\n", "\nfirst", "a\rb"),
    *("Gold", "gold", "Bronze", "</textarea>", "<option selected>", '"><script>', "&amp;", "&#13;"),
    *("👩‍💻", "x" * 201, "  " + "y" * 300, "\u2028", "a\x0bb", "\ufeff"),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=ascii)
def test_a_value_that_nobody_touched_stays(crm: House, value: Any) -> None:
    names = ["untyped", *(f"as_{type_}" for type_ in PropertyType)]
    contact = made(crm, {"title": "CEO", **dict.fromkeys(names, value)})
    before = stored(crm, "contacts", contact)
    for name in names:
        opens_and_saves(crm.browser("member"), "contact", contact, f"field={name}")
    sends_back(crm, "contact", contact)
    assert stored(crm, "contacts", contact) == before
    sends_back(crm, "contact", contact, title="CTO")
    changed = stored(crm, "contacts", contact)[1]
    assert changed == before[1].replace('"CEO"', '"CTO"', 1)


@pytest.mark.parametrize("value", ["31/01/2026", "maybe", 0.06666666666666667, "a\r\nb"])
def test_values_of_companies_stay_as_well(crm: House, value: Any) -> None:
    values = {f"as_{type_}": value for type_ in PropertyType}
    company = made(crm, {"name": "Acme", "employeeCount": "about 5", **values}, Kind.COMPANY)
    before = stored(crm, "companies", company)
    sends_back(crm, "company", company)
    assert stored(crm, "companies", company) == before
    sends_back(crm, "company", company, name="Acme Corp")
    properties = msgspec.json.decode(stored(crm, "companies", company)[1])
    assert {**values, "name": "Acme Corp"}.items() <= properties.items()


NAMES = ["two\nlines", "two\r\nlines", "a\rb", " blank ", "field", "value", "seen-0", "untouched"]


@pytest.mark.parametrize("name", [*NAMES, '"><script>', "\u2028", "&amp;", "n" * 255, "üñí"])
def test_a_value_is_changed_under_its_own_name(crm: House, name: str) -> None:
    contact = made(crm, {name: "one"})
    before = stored(crm, "contacts", contact)
    sends_back(crm, "contact", contact)
    assert stored(crm, "contacts", contact) == before
    browser, path = crm.browser("member"), f"/view/contact/{contact}/edit"
    page = browser.get(f"{path}?{urlencode({'field': name})}").text
    answer = browser.post(path, form_with(page, "field").sent(value="two"))
    assert answer.status_code == 303
    assert msgspec.json.decode(stored(crm, "contacts", contact)[1]) == {name: "two"}


MOMENTS = [
    "2026-11-01T05:30:00Z",
    "2026-11-01T06:30:00Z",
    "2026-10-25T00:30:00Z",
    "2026-10-25T01:30:00Z",
    "2026-03-08T07:30:00Z",
    "2031-05-06T07:08:09Z",
    "2031-05-06T07:08:09.000001Z",
    "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59.999999Z",
    "0001-01-01T00:00:00Z",
    "0001-01-01T12:00:00Z",
    "0999-06-01T12:00:00Z",
    "1900-01-01T00:00:00Z",
    "2030-03-15",
    "0001-01-01",
    "9999-12-31",
]


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Madrid", "Pacific/Kiritimati"])
@pytest.mark.parametrize("due", MOMENTS)
def test_a_due_date_that_nobody_touched_stays(crm: House, zone: str, due: str) -> None:
    change_zone(crm, zone)
    task = task_of(crm, f"{zone} {due}", due_date=parse_due(due))
    before = stored(crm, "tasks", task)
    opens_and_saves(crm.browser("member"), "task", task, "field=dueDate")
    sends_back(crm, "task", task)
    assert stored(crm, "tasks", task) == before
    sends_back(crm, "task", task, subject="Changed")
    after = read_task(crm.store, task)
    assert (after.subject, values_of(after)["dueDate"]) == ("Changed", due)
    for page in (f"/view/task/{task}", "/view/tasks", f"/view/task/{task}/json", "/"):
        assert crm.browser("member").get(page).status_code == 200


TEXTS = [
    "two\nlines",
    "two\r\nlines",
    " padded ",
    "\nfirst",
    "x" * 20_001,
    "x" * 200_000,
    "</textarea>",
]


@pytest.mark.parametrize("value", TEXTS, ids=lambda text: ascii(text)[:20])
def test_texts_of_a_task_that_nobody_touched_stay(crm: House, value: str) -> None:
    custom = {"note": value, "number": 0.06666666666666667, "flag": "maybe", "id ": value}
    task = task_of(crm, value, custom, description=value, contact_id=value[:255])
    before = stored(crm, "tasks", task)
    sends_back(crm, "task", task)
    assert stored(crm, "tasks", task) == before
    for name in ("subject", "description", "note", "contactId"):
        page = crm.browser("member").get(f"/view/task/{task}/edit?field={name}")
        assert page.status_code == 200
        if 'name="untouched"' in page.text:
            opens_and_saves(crm.browser("member"), "task", task, f"field={name}")
    assert stored(crm, "tasks", task) == before


def test_the_second_of_two_equal_hours_stays_the_second(crm: House) -> None:
    change_zone(crm, "America/New_York")
    task = task_of(crm, "Twice", due_date=datetime(2026, 11, 1, 6, 30, tzinfo=UTC))
    path = f"/view/task/{task}/edit"
    browser = crm.browser("member")
    form = form_with(browser.get(f"{path}?field=dueDate").text, "field")
    assert dict(form.entries)["time"] == "01:30"
    assert browser.post(path, form.sent(time="01:45")).status_code == 303
    assert read_task(crm.store, task).due_date == datetime(2026, 11, 1, 6, 45, tzinfo=UTC)


def test_a_value_is_no_less_untouched_when_its_type_or_the_zone_was_changed_meanwhile(
    crm: House,
) -> None:
    contact = made(crm, {"title": "CEO", "as_meanwhile": "31/01/2026"})
    browser, path = crm.browser("member"), f"/view/contact/{contact}/edit"
    form = form_with(browser.get(path).text, "field-0")
    book = PropertyBook(crm.store)
    book.define_property(Kind.CONTACT, "as_meanwhile", Shape(type=PropertyType.DATE), ORIGIN)
    time.sleep(1.1)  # so long a server relies on what it has read of types
    before = stored(crm, "contacts", contact)
    assert browser.post(path, form.sent()).status_code == 303
    assert stored(crm, "contacts", contact) == before

    change_zone(crm, "UTC")
    task = task_of(crm, "Zone", due_date=datetime(2030, 5, 6, 7, 30, tzinfo=UTC))
    form = form_with(browser.get(f"/view/task/{task}/edit").text, "field-0")
    change_zone(crm, "America/New_York")
    before_task = stored(crm, "tasks", task)
    assert browser.post(f"/view/task/{task}/edit", form.sent()).status_code == 303
    assert stored(crm, "tasks", task) == before_task


def test_what_was_not_changed_is_not_validated_and_what_was_is(crm: House) -> None:
    contact = made(crm, {"title": "CEO", "as_number": 0.06666666666666667, "as_date": "31/01/2026"})
    browser, path = crm.browser("member"), f"/view/contact/{contact}/edit"
    form = form_with(browser.get(path).text, "field-0")
    suffix = {value: key.removeprefix("field") for key, value in form.entries if "field-" in key}
    before = stored(crm, "contacts", contact)
    wrong = form.sent(**{f"value{suffix['as_date']}": "32/01/2026"})
    answer = browser.post(path, wrong)
    assert answer.status_code == 422
    assert answer.text.count('class="problem"') == 1
    assert stored(crm, "contacts", contact) == before
    # The page that says so is a form again, in which the other values are still untouched.
    again = form_with(answer.text, "field-0").sent(**{f"value{suffix['as_date']}": "2026-01-31"})
    assert browser.post(path, again).status_code == 303
    properties = msgspec.json.decode(stored(crm, "contacts", contact)[1])
    assert properties == {"title": "CEO", "as_number": 0.06666666666666667, "as_date": "2026-01-31"}


def test_many_and_long_values_are_as_many_as_a_browser_can_send(crm: House) -> None:
    values = {f"long {n}": "🚀" * 20_000 for n in range(4)}
    many = {f"name {n}": n for n in range(1_000 - len(values))}
    contact = made(crm, {**values, **many})
    before = stored(crm, "contacts", contact)
    sends_back(crm, "contact", contact)
    opens_and_saves(crm.browser("member"), "contact", contact, "field=long+3")
    assert stored(crm, "contacts", contact) == before
    page = crm.browser("member").get(f"/view/contact/{contact}/edit").text
    assert "show every value" in page


def test_an_input_that_a_browser_does_not_send_clears_nothing(crm: House) -> None:
    contact = made(crm, {"title": "CEO"})
    before = stored(crm, "contacts", contact)
    browser, path = crm.browser("member"), f"/view/contact/{contact}/edit"
    for form in (
        {"field": "title", "seen": '"CEO"'},
        {"field-0": "title", "seen-0": '"CEO"'},
        {"field-0": "title", "seen-0": '"CEO"', "value-0": "CEO"},
    ):
        assert browser.post(path, {**browser.form, **form}).status_code == 303
        assert stored(crm, "contacts", contact) == before


def test_a_zone_that_is_no_longer_known_stays_until_somebody_chooses_another(crm: House) -> None:
    with closing(sqlite3.connect(crm.file)) as database, database:
        gone = [crm.people["member"].id]
        database.execute("UPDATE users SET zone = 'Old/Atlantis' WHERE id = ?", gone)
    browser = crm.browser("member")
    crm.people["member"] = crm.people["member"]._replace(zone="Old/Atlantis")
    for path in ("/", "/view/tasks", "/view/contacts"):
        assert browser.get(path).status_code == 200
    form = form_with(browser.get("/view/account").text, "zone")
    assert dict(form.entries)["zone"] == "Old/Atlantis"
    assert browser.post("/view/account/profile", form.sent()).status_code == 303
    assert browser.post("/view/account/profile", form.sent(zone="Old/Mu")).status_code == 422
    assert "selected>Old/Atlantis<" in browser.get("/view/account").text
    change_zone(crm, "UTC")


def test_what_is_said_of_a_property_stays_when_its_form_is_saved_untouched(crm: House) -> None:
    contact = made(crm, {f"as_{type_}": "x" for type_ in PropertyType})
    crm.store.project_pending()
    browser, before = crm.browser("admin"), crm.store.property_definitions()
    for type_ in PropertyType:
        page = browser.get(f"/view/property?kind=contact&name=as_{type_}")
        form = form_with(page.text, "label")
        assert browser.post("/view/property", form.sent()).status_code == 303
    assert crm.store.property_definitions() == before
    assert contact


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "UTC", "Pacific/Kiritimati"])
def test_a_day_is_shown_as_that_day_in_every_zone(crm: House, zone: str) -> None:
    change_zone(crm, zone)
    task = task_of(crm, f"Day in {zone}", due_date=parse_due("2030-03-15"))
    browser = crm.browser("member")
    assert "Fri 15 Mar 2030</time>" in browser.get(f"/view/task/{task}").text
    assert 'due <time datetime="2030-03-15"' in browser.get("/view/tasks?state=upcoming").text
    csv = browser.get("/view/export/task?format=csv&state=upcoming").text
    assert f'"Day in {zone}","","","2030-03-15"' in csv.replace('"Tom Becker"', '""')
    path = f"/view/task/{task}/edit"
    form = form_with(browser.get(f"{path}?field=dueDate").text, "field")
    assert (dict(form.entries)["value"], dict(form.entries)["time"]) == ("2030-03-15", "")
    assert browser.post(path, form.sent(time="00:00")).status_code == 303
    due = start_of_day(date(2030, 3, 15), ZoneInfo(zone))
    assert read_task(crm.store, task).due_date == due
    form = form_with(browser.get(f"{path}?field=dueDate").text, "field")
    assert browser.post(path, form.sent(time="")).status_code == 303
    assert values_of(read_task(crm.store, task))["dueDate"] == "2030-03-15"


def test_a_task_that_is_added_by_hand_is_due_on_a_day(crm: House) -> None:
    change_zone(crm, "America/Los_Angeles")
    browser = crm.browser("member")
    browser.post("/view/tasks", {**browser.form, "subject": "By hand", "due": "2031-07-08"})
    page = browser.get("/view/tasks?state=upcoming").text
    assert page.index("By hand") < page.index("2031-07-08") < page.index("8 Jul 2031</time>")


@pytest.mark.parametrize("typed", ["CEO", "COO", "CTO"])
def test_after_a_conflict_what_is_sent_again_is_meant(crm: House, typed: str) -> None:
    """Also the value that was there before somebody else has changed it."""
    contact = made(crm, {"title": "CEO", "number": typed})
    browser, path = crm.browser("member"), f"/view/contact/{contact}/edit"
    form = form_with(browser.get(path).text, "field-0")
    suffix = {value: key.removeprefix("field") for key, value in form.entries if "field-" in key}
    title = f"value{suffix['title']}"
    edit = {"field": "title", "seen": '"CEO"', "value": "CTO"}
    assert browser.post(path, {**browser.form, **edit}).status_code == 303
    answer = browser.post(path, form.sent(**{title: "CFO"}))
    assert answer.status_code == 409
    again = form_with(answer.text, "field-0").sent(**{title: typed})
    assert browser.post(path, again).status_code == 303
    assert msgspec.json.decode(stored(crm, "contacts", contact)[1])["title"] == typed
