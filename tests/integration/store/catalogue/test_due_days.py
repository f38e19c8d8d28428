"""Tasks that are due on a day: the same day in every zone, in lists and in their order."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from customcrm.contract.due_dates import day_due, due_on, parse_due
from customcrm.contract.tasks import CreateTask, UpdateTask
from customcrm.crm.moments import end_of_day, start_of_day
from customcrm.operations.browsing.events import Day, TaskFilter, TaskState
from customcrm.operations.editing import Edit
from customcrm.operations.tasks import (
    create_task,
    edit_task,
    read_task,
    update_task,
    values_of,
)
from customcrm.store.backend import Store
from tests.integration.store.catalogue.test_events import walk
from tests.integration.store.sql import rows
from tests.integration.store.world import origin, request

ZONES = ["America/Los_Angeles", "UTC", "Pacific/Kiritimati", "Asia/Kathmandu", "America/New_York"]
TODAY = date(2030, 3, 15)


def made(store: Store, due: str | None, **said: Any) -> str:
    asked = CreateTask(str(due), due_date=parse_due(due) if due else None, **said)
    key = f"{due} {said}"
    return create_task(store, asked, {}, request(b"", key), origin()).task.id


def _micro(day: date) -> int:
    return round(start_of_day(day, UTC).timestamp()) * 1_000_000


def day_in(zone: tzinfo, day: date = TODAY) -> Day:
    return Day(start_of_day(day, zone), end_of_day(day, zone))


def listed(store: Store, day: Day, size: int = 2, **said: Any) -> list[str]:
    chosen = TaskFilter(day=day, **said)
    lines = walk(lambda at: store.catalogue.tasks(chosen, at, size))
    assert store.catalogue.count_tasks(chosen) == len(lines)
    return [line.task.subject for line in lines]


@pytest.mark.parametrize("zone", ZONES)
def test_a_day_is_that_day_in_every_zone(store: Store, zone: str) -> None:
    day = day_in(ZoneInfo(zone))
    for due in ("2030-03-14", "2030-03-15", "2030-03-16", "0001-01-01", "9999-12-31", None):
        made(store, due, owner_id="u")
    for owner in (None, "u"):
        late = listed(store, day, state=TaskState.OVERDUE, owner=owner)
        soon = listed(store, day, state=TaskState.UPCOMING, owner=owner)
        assert (late, soon) == (["0001-01-01", "2030-03-14"], ["2030-03-16", "9999-12-31"])
        assert listed(store, day, state=TaskState.TODAY, owner=owner) == ["2030-03-15"]
        assert listed(store, day, state=TaskState.UNDATED, owner=owner) == ["None"]
    home = store.catalogue.home(day, [day], day.start)
    assert (home.overdue_count, home.today_count, home.totals.open_tasks) == (2, 1, 6)


@pytest.mark.parametrize("zone", ZONES)
def test_days_and_moments_are_in_one_order(store: Store, zone: str) -> None:
    local = ZoneInfo(zone)
    expected = [
        *("2030-03-09T23:59:59", "2030-03-10", "2030-03-10T00:00:00", "2030-03-10T01:30:00"),
        *("2030-03-14", "2030-03-14T00:00:00", "2030-03-14T20:00:00", "2030-03-14T23:59:59"),
        *("2030-03-15", "2030-03-15T12:00:00", "2030-03-16", "2030-11-03", "2030-11-03T12:00:00"),
    ]
    shuffled = [*expected[1::2], *expected[::-2]]
    for text in shuffled:
        due = text
        if "T" in text:
            due = datetime.fromisoformat(text).replace(tzinfo=local).isoformat()
        asked = CreateTask(text, due_date=parse_due(due))
        create_task(store, asked, {}, request(b"", text), origin())
    # Those of one moment come in the order of their ids.
    expected = _ordered(expected, shuffled)
    for size in (1, 2, 3, 50):
        assert listed(store, day_in(local), size) == expected
    far = Day(datetime(2020, 1, 1, tzinfo=local), datetime(2020, 1, 2, tzinfo=local))
    assert listed(store, far, state=TaskState.UPCOMING) == expected


def _ordered(expected: list[str], as_made: list[str]) -> list[str]:
    """The order, in which what begins at the same moment comes as it was made."""
    begins = {text: text if "T" in text else f"{text}T00:00:00" for text in expected}
    return sorted(expected, key=lambda text: (begins[text], as_made.index(text)))


def _days() -> Iterator[str]:
    for text in ("2030-03-15", "20300315", "2030-W11-5", "2030-074", " 2030-03-15 "):
        yield text.strip()


@pytest.mark.parametrize("text", list(_days()))
def test_a_day_stays_a_day(store: Store, database_url: str, text: str) -> None:
    task = made(store, text)
    stored = read_task(store, task).due_date
    assert stored is not None
    assert day_due(stored) == TODAY
    assert stored == datetime(2030, 3, 15, tzinfo=UTC)
    (row,) = rows(database_url, "SELECT due_at, due_day FROM tasks")
    assert tuple(row) == (None, _micro(TODAY))
    change = store.catalogue.history(task, None, 1)[0]
    assert change.new["dueDate"] == "2030-03-15"


def test_a_day_that_comes_back_as_it_went_out_is_no_change(store: Store) -> None:
    task = made(store, "2030-03-15")
    moment = datetime(2030, 3, 15, tzinfo=UTC)
    for change in (UpdateTask(due_date=moment), UpdateTask(due_date=due_on(TODAY)), UpdateTask()):
        update_task(store, task, change, {}, origin())
    assert values_of(read_task(store, task))["dueDate"] == "2030-03-15"
    assert len(store.catalogue.history(task, None, 9)) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2030-03-15", "2030-03-16"),
        ("2030-03-15", "2030-03-15T01:00:00Z"),
        ("2030-03-15", None),
        ("2030-03-15T00:00:00Z", "2030-03-15"),
        ("2030-03-15T10:00:00Z", "2030-03-15"),
        (None, "2030-03-15"),
        (None, "2030-03-15T10:00:00Z"),
        ("2030-03-15T10:00:00Z", None),
        ("2030-03-15T10:00:00Z", "2030-03-15T10:00:00.000001Z"),
        ("0001-01-01", "9999-12-31"),
    ],
)
def test_a_due_date_changes_between_days_and_moments(
    store: Store, before: str | None, after: str | None
) -> None:
    task = made(store, before)
    due = parse_due(after) if after else None
    update_task(store, task, UpdateTask(due_date=due), {}, origin())
    assert values_of(read_task(store, task))["dueDate"] == after
    change = store.catalogue.history(task, None, 1)[0]
    assert (change.old.get("dueDate"), change.new["dueDate"]) == (before, after)
    edit_task(store, task, [Edit("dueDate", after, before)], origin())
    assert values_of(read_task(store, task))["dueDate"] == before


def test_midnight_in_utc_can_be_chosen_by_hand(store: Store) -> None:
    task = made(store, "2030-03-15")
    edit_task(store, task, [Edit("dueDate", "2030-03-15", "2030-03-15T00:00:00Z")], origin())
    assert values_of(read_task(store, task))["dueDate"] == "2030-03-15T00:00:00Z"


@pytest.mark.parametrize("size", [1, 7])
def test_many_days_and_moments_are_walked_through_without_a_gap(store: Store, size: int) -> None:
    zone = ZoneInfo("America/Los_Angeles")
    for number in range(120):
        day = TODAY + timedelta(days=number * 7 % 6)
        hour = f"T{number * 11 % 24:02}:00:00Z" if number % 3 else ""
        asked = CreateTask(f"{number}", due_date=parse_due(f"{day}{hour}"))
        create_task(store, asked, {}, request(b"", str(number)), origin())
    found = listed(store, day_in(zone), size, state=None)
    assert sorted(found, key=int) == [str(number) for number in range(120)]
