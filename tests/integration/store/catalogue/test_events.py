"""Lists of tasks, activities and calls; the first page."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import pytest
from sqlalchemy import insert

from customcrm.contract.activities import CreateActivity
from customcrm.contract.tasks import CompleteTasks, CreateTask
from customcrm.crm.message_text import MAX_EXCERPT, MAX_TEXT
from customcrm.crm.records import Kind
from customcrm.operations.browsing.cards import Cursor, Page
from customcrm.operations.browsing.events import (
    ActivityFilter,
    ActivityLine,
    CallFilter,
    Day,
    Named,
    TaskFilter,
    TaskState,
)
from customcrm.operations.browsing.home import OperationPulse, Totals
from customcrm.operations.browsing.records import TimelineFilter
from customcrm.operations.calls import Call, CallItem, Tally
from customcrm.operations.tasks import complete_tasks, create_task
from customcrm.store.backend import Store
from customcrm.store.calls import insert_calls
from customcrm.store.catalogue import streams
from customcrm.store.tables import ACTIVITIES
from tests.integration.store.sql import connected, run
from tests.integration.store.world import NOW, create, firms, logged, origin, request

T = TypeVar("T")
START = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
DAY = Day(START, START + timedelta(days=1))


def walk(ask: Callable[[Cursor | None], Page[T]]) -> list[T]:
    """All lines; each step back leads to the page before."""
    found: list[T] = []
    last: Page[T] | None = None
    page = ask(None)
    while True:
        found += page.items
        if last is not None:
            assert page.before is not None
            assert ask(page.before).items == last.items
        else:
            assert page.before is None
        if page.after is None:
            return found
        last, page = page, ask(page.after)


def _task(store: Store, subject: str, due: datetime | None, **said: Any) -> str:
    asked = CreateTask(subject, due_date=due, **said)
    return create_task(store, asked, {}, request(subject.encode()), origin()).task.id


def test_tasks_are_listed_by_state_owner_and_whom_they_are_about(
    store: Store, database_url: str
) -> None:
    one, other = create(store, {"externalId": "1", "firstName": "Ann"}, {"externalId": "2"})
    (firm,) = create(store, {"externalId": "f", "name": "Acme"}, kind=Kind.COMPANY)
    for number in range(3):
        _task(store, f"late {number}", START - timedelta(days=1 + number // 2), owner_id="u")
        _task(store, f"now {number}", START + timedelta(hours=number), contact_id=one)
        _task(store, f"soon {number}", DAY.end, company_id=firm)
        _task(store, f"some day {number}", None, contact_id=other)
        done = _task(store, f"done {number}", START, owner_id="u")
        complete_tasks(store, CompleteTasks([done]), origin(NOW + timedelta(hours=number)))

    def subjects(**said: Any) -> list[str]:
        chosen = TaskFilter(day=DAY, **said)
        lines = walk(lambda at: store.catalogue.tasks(chosen, at, 2))
        assert store.catalogue.count_tasks(chosen) == len(lines)
        return [line.task.subject for line in lines]

    late = ["late 2", "late 0", "late 1"]
    now, soon = ([f"{when} {n}" for n in range(3)] for when in ("now", "soon"))
    undated, done_ones = [f"some day {n}" for n in range(3)], ["done 2", "done 1", "done 0"]
    assert subjects(state=TaskState.OVERDUE) == late
    assert subjects(state=TaskState.TODAY) == now
    assert subjects(state=TaskState.UPCOMING) == soon
    assert subjects(state=TaskState.UNDATED) == undated
    assert subjects(state=TaskState.DONE) == done_ones
    assert subjects() == [*late, *now, *soon, *undated, *done_ones]
    assert subjects(owner="u") == [*late, *done_ones]
    assert subjects(owner="u", state=TaskState.TODAY) == []
    assert subjects(contact=one) == now
    assert subjects(company=firm, state=TaskState.UPCOMING) == soon
    run(database_url, "UPDATE contacts SET merged_into = :to WHERE id = :id", to=one, id=other)
    assert subjects(contact=other) == [*now, *undated]


def test_a_task_comes_with_the_names_of_whom_it_is_about(store: Store) -> None:
    (one,) = create(store, {"externalId": "1", "firstName": "Ann"})
    _task(store, "call", START, contact_id=one, company_id="unknown")

    (line,) = store.catalogue.tasks(TaskFilter(day=DAY, contact=one), None, 1).items

    assert (line.contact, line.company) == (Named(one, "Ann"), None)
    assert store.catalogue.task_line(line.task.id) == line
    assert store.catalogue.task_line("task_x") is None


def _activities(url: str, contact: str) -> list[dict[str, Any]]:
    """Sixty activities, several of a moment."""
    made: list[dict[str, Any]] = [
        {
            "id": f"activity_{number:03}",
            "type": ("EMAIL", "LINKEDIN", "LINKEDIN_INMAIL")[number % 3],
            "direction": ("INBOUND", "OUTBOUND", None)[number % 4 % 3],
            "owner_id": ("u", None)[number % 2],
            "contact_id": contact,
            "body": "x" * number * 1_000,
            "properties": {},
            "created_at": NOW,
            "happened_at": NOW + timedelta(minutes=number // 3),
        }
        for number in range(60)
    ]
    with connected(url) as connection:
        connection.execute(insert(ACTIVITIES), made)
    return made


def _some_activities(store: Store, chosen: ActivityFilter, at: Cursor | None) -> Page[ActivityLine]:
    return store.catalogue.activities(chosen, at, 7)


def test_activities_are_listed_by_everything_that_can_be_said(
    store: Store, database_url: str
) -> None:
    (one,) = create(store, {"externalId": "1", "firstName": "Ann"})
    made = _activities(database_url, one)[::-1]
    middle, end = NOW + timedelta(minutes=5), NOW + timedelta(minutes=15)
    equal: Sequence[dict[str, Any]] = [
        {},
        {"type": "EMAIL"},
        {"direction": "INBOUND"},
        {"owner_id": "u"},
        {"type": "LINKEDIN", "direction": "OUTBOUND", "owner_id": "u"},
        {"type": "LINKEDIN_CONNECTION"},
    ]
    for wanted in equal:
        for since, until in ((None, None), (middle, end)):
            chosen = ActivityFilter(
                type=wanted.get("type"),
                direction=wanted.get("direction"),
                owner=wanted.get("owner_id"),
                since=since,
                until=until,
            )
            expected = [
                one["id"]
                for one in made
                if wanted.items() <= one.items()
                and (since is None or middle <= one["happened_at"] < end)
            ]

            lines = walk(partial(_some_activities, store, chosen))

            assert [line.activity.id for line in lines] == expected
            if chosen.owner or since:
                assert store.catalogue.count_activities(chosen) == len(expected)
    short, long = (store.catalogue.activities(ActivityFilter(), None, 60).items[n] for n in (59, 0))
    assert (short.activity.body, long.activity.body) == (None, None)
    assert 0 == len(short.excerpt) < len(long.excerpt) <= MAX_EXCERPT + 1
    assert long.contact == Named(one, "Ann")
    timeline = store.catalogue.timeline(Kind.CONTACT, one, TimelineFilter(), None, 60)
    shown = [entry.activity for entry in timeline.entries if entry.activity]
    assert (shown[0].message.is_cut, shown[-1].message.is_cut) == (True, False)
    assert len(shown[0].message.written) <= MAX_TEXT
    whole = store.catalogue.activity_line(long.activity.id)
    assert whole is not None
    assert len(whole.activity.body or "") == 59_000
    assert store.catalogue.activity_line("activity_x") is None


KINDS = [
    ("EMAIL", "INBOUND"),
    ("EMAIL", None),
    ("EMAIL", "UP"),
    ("WHATSAPP", "INBOUND"),
    ("WHATSAPP", None),
    ("WHATSAPP", "UP"),
    ("whatsapp", "OUTBOUND"),
    ("Voice note", "OUTBOUND"),
]


@pytest.mark.parametrize("too_many", [False, True])
def test_unknown_types_and_directions_are_listed_by_everything_that_can_be_said(
    store: Store, monkeypatch: pytest.MonkeyPatch, *, too_many: bool
) -> None:
    if too_many:
        monkeypatch.setattr(streams, "MAX_KINDS", 2)
    made = []
    for number in range(32):
        type_, direction = KINDS[number % len(KINDS)]
        owner = "u" if number % 3 else "v"
        at = NOW + timedelta(minutes=number)
        sent = CreateActivity(type_, direction, owner_id=owner, occurred_at=at)
        made.append(logged(store, sent, {}, str(number).encode()))
    made.reverse()
    store.project_pending()
    choices: list[dict[str, Any]] = [
        {},
        {"type": "WHATSAPP"},
        {"direction": "UP"},
        {"owner": "u"},
        {"type": "WHATSAPP", "direction": "UP", "owner": "v"},
        {"type": "Voice note", "owner": "u"},
        {"type": "EMAIL", "owner": "u"},
        {"direction": "UP", "owner": "u"},
        {"type": "EMAIL", "direction": "UP"},
        {"type": "SMS"},
        {"type": "SMS", "direction": "DOWN", "owner": "u"},
    ]
    for wanted in choices:
        chosen = ActivityFilter(**wanted)
        expected = [
            one.id
            for one in made
            if one.type == wanted.get("type", one.type)
            and one.direction == wanted.get("direction", one.direction)
            and one.owner_id == wanted.get("owner", one.owner_id)
        ]
        lines = walk(partial(_some_activities, store, chosen))
        assert [line.activity.id for line in lines] == expected, wanted
        assert store.catalogue.count_activities(chosen) == len(expected), wanted
    kinds = store.catalogue.other_activity_kinds()
    assert set(kinds) == {kind for kind in KINDS if kind not in KINDS[:2]}


def test_activities_are_counted_once_they_are_projected(store: Store) -> None:
    for number, direction in enumerate(["INBOUND", "OUTBOUND", None]):
        logged(store, CreateActivity("EMAIL", direction), {}, str(number).encode())
    store.project_pending()

    count = store.catalogue.count_activities
    assert count(ActivityFilter()) == count(ActivityFilter(type="EMAIL")) == 3
    assert count(ActivityFilter(direction="INBOUND")) == 1
    assert count(ActivityFilter(type="LINKEDIN")) == 0


def _call(number: int, **said: Any) -> Call:
    values = {"operation": "createTask", "status": 201, "duration_us": 5, **said}
    return Call(id=f"r{number}", at=NOW + timedelta(minutes=number), **values)


def test_calls_are_listed_by_operation_and_by_whether_they_failed(
    store: Store, database_url: str
) -> None:
    items = [CallItem(index=0, id="e", record_id="", effect="failed", reason="why")]
    bad = Tally(received=2, failed=1, items=items)
    told = [
        _call(1, operation="createContacts", tally=Tally(received=3)),
        _call(2, status=400, tally=Tally(received=7, failed=7)),
        _call(3, operation="createContacts", status=200, tally=bad),
        _call(4),
    ]
    with connected(database_url) as connection:
        insert_calls(connection, told)

    def ids(**said: Any) -> list[str]:
        lines = walk(lambda at: store.catalogue.calls(CallFilter(**said), at, 1))
        return [line.call.id for line in lines]

    assert ids() == ["r4", "r3", "r2", "r1"]
    assert ids(failed=True) == ["r3", "r2"]
    assert ids(failed=False) == ["r4", "r1"]
    assert ids(operation="createContacts") == ["r3", "r1"]
    assert ids(operation="createContacts", failed=True) == ["r3"]
    line = store.catalogue.calls(CallFilter(failed=True), None, 1).items[0]
    assert line.call == told[2]
    assert store.catalogue.call(line.number) == line
    assert store.catalogue.call(999) is None

    home = store.catalogue.home(DAY, [DAY], NOW + timedelta(minutes=3))
    assert home.pulse == (
        OperationPulse("createTask", 2, 1, 7, 0, told[3].at),
        OperationPulse("createContacts", 2, 0, 5, 1, told[2].at),
    )
    assert home.last_call is not None
    assert home.last_call.call == told[3]
    assert [one.call.id for one in home.failures] == ["r3", "r2"]


def test_the_first_page_tells_who_waits_and_what_is_due(store: Store) -> None:
    ids = create(store, *[{"externalId": str(n), "firstName": f"P{n}"} for n in range(13)], at=NOW)
    create(store, *firms(2), kind=Kind.COMPANY, at=NOW)
    for number, one in enumerate(ids):
        for hours, direction in ((0, "OUTBOUND"), (number, "INBOUND")):
            at = NOW + timedelta(hours=hours)
            sent = CreateActivity("EMAIL", direction, contact_id=one, occurred_at=at)
            logged(store, sent, {}, f"{number} {direction}".encode())
    answer = CreateActivity(
        "LINKEDIN", "OUTBOUND", contact_id=ids[12], occurred_at=NOW + timedelta(days=2)
    )
    logged(store, answer, {}, b"answer")
    for number in range(12):
        _task(store, f"late {number}", START - timedelta(days=1))
    _task(store, "today", START)
    store.project_pending()

    home = store.catalogue.home(DAY, [DAY], NOW)

    assert home.totals == Totals(13, 2, 13, 27)
    assert [one.card.name for one in home.waiting] == [f"P{n}" for n in range(11, 1, -1)]
    assert home.waiting_more is True
    assert home.waiting[0].last.happened_at == NOW + timedelta(hours=11)
    assert home.waiting[0].last.activity.direction == "INBOUND"
    assert (len(home.overdue), home.overdue_count) == (10, 12)
    assert [line.task.subject for line in home.today] == ["today"]
    assert home.today_count == 1
    (day,) = home.days
    assert (day.contacts, day.companies) == (13, 2)
    assert day.activities == {("EMAIL", "OUTBOUND"): 13, ("EMAIL", "INBOUND"): 13}
    assert home.last_call is None
