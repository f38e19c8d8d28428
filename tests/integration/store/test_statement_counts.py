"""A batch of any size takes the same number of SQL statements (design: 4)."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from customcrm.contract.tasks import CompleteTasks
from customcrm.crm.planning import Effect
from customcrm.crm.records import Kind
from customcrm.operations.associations import create_associations
from customcrm.operations.ports import Pair
from customcrm.operations.records import read_records, sync_records
from customcrm.operations.tasks import complete_tasks, read_tasks
from customcrm.store.backend import Store
from customcrm.store.tables import ACTIVITIES, TASKS
from tests.integration.store.driver import Driver
from tests.integration.store.sql import connected
from tests.integration.store.world import NOW, RULES, creation, firms, origin, people, update

SIZES = (1, 100, 10_000)
MOST = 10
"""Statements of any one operation; one of them tells the outbox whose cards must be made anew."""

KINDS = [(Kind.CONTACT, SIZES), (Kind.COMPANY, (1, 1_000))]
MAKERS: dict[Kind, Callable[[int, str], list[dict[str, Any]]]] = {
    Kind.CONTACT: people,
    Kind.COMPANY: firms,
}


class Counts:
    """How many statements each step took, by the size of its batch."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self.by_step: dict[str, list[int]] = {}

    def of(self, step: str, work: Callable[..., Any], *given: Any) -> Any:
        self._driver.clear()
        result = work(*given)
        self.by_step.setdefault(step, []).append(len(self._driver.data))
        return result

    @property
    def changes(self) -> int:
        """How many statements of the last step changed anything."""
        return len(self._driver.changes)


@pytest.fixture
def counts(driver: Driver) -> Counts:
    return Counts(driver)


def _effects(outcomes: Sequence[Any]) -> set[Effect]:
    return {outcome.effect for outcome in outcomes}


def _check(counts: Counts, steps: int, most: int = MOST) -> None:
    """Each step took the same number for every size, and few."""
    assert len(counts.by_step) == steps
    assert {step: len(set(numbers)) for step, numbers in counts.by_step.items()} == dict.fromkeys(
        counts.by_step, 1
    ), counts.by_step
    assert all(0 < numbers[0] <= most for numbers in counts.by_step.values()), counts.by_step


def test_the_driver_is_seen_behind_an_executemany(
    driver: Driver, store: Store, database_url: str
) -> None:
    del store
    driver.clear()
    with connected(database_url) as connection:
        connection.execute(insert(TASKS), [_task(f"task_{i}") for i in range(7)])

    assert len(driver.changes) == 7


def _task(task_id: str) -> dict[str, Any]:
    return {"id": task_id, "subject": "s", "properties": {}, "created_at": NOW, "updated_at": NOW}


@pytest.mark.parametrize(("kind", "sizes"), KINDS, ids=list(Kind))
def test_creating_takes_the_same_statements_for_any_number(
    store: Store, counts: Counts, kind: Kind, sizes: Sequence[int]
) -> None:
    for size in sizes:
        new = MAKERS[kind](size, f"s{size}")
        other = [{**one, "externalId": f"other-{one['externalId']}"} for one in new]

        made = counts.of("new", creation, store, new, kind)
        same = counts.of("retry", creation, store, new, kind)
        link = counts.of("linked", creation, store, other, kind)

        assert [_effects(outcomes) for outcomes in (made, same, link)] == [
            {Effect.CREATED},
            {Effect.UNCHANGED},
            {Effect.LINKED},
        ]
        assert len({one.record_id for one in made}) == size

    _check(counts, 3)


def test_creating_again_with_other_values_takes_the_same_statements_for_any_number(
    store: Store, counts: Counts
) -> None:
    for size in (1, 100, 1_000):
        new = people(size, f"s{size}")
        told = [{**one, "engaged": "No"} for one in new]
        moved = [{**one, "linkedinUrl": f"{one['linkedinUrl']}-moved"} for one in new]
        creation(store, new)

        for step, batch in [("told", told), ("moved", moved)]:
            outcomes = counts.of(step, creation, store, batch)
            assert _effects(outcomes) == {Effect.UPDATED}

    _check(counts, 2)


def test_noting_duplicates_takes_the_same_statements_for_any_number(
    store: Store, counts: Counts
) -> None:
    for size in (1, 100, 1_000):
        whole = people(size, f"d{size}")
        of_email = people(size, f"x{size}")
        of_linkedin = people(size, f"y{size}")
        for one, email, linkedin in zip(whole, of_email, of_linkedin, strict=True):
            email["email"], linkedin["linkedinUrl"] = one["email"], one["linkedinUrl"]
        creation(store, of_email + of_linkedin)

        def sync(batch: list[dict[str, Any]] = whole) -> Any:
            return sync_records(store, RULES[Kind.CONTACT], batch, origin())

        counts.of("sync", sync)
        counts.of("sync again", sync)
        assert counts.changes == 0
        counts.of("create", creation, store, whole)

    _check(counts, 3)


def test_moving_many_records_off_one_key_takes_the_same_statements_for_any_number(
    store: Store, counts: Counts
) -> None:
    for size in (2, 20, 100):
        shared = f"office{size}@acme.example"
        batch = people(size, f"m{size}")
        ids = [one.record_id for one in creation(store, batch)]
        update(store, *[{"crmId": i, "email": shared} for i in ids])

        late = {"externalId": f"late-{size}", "email": shared}
        made = counts.of("moved", creation, store, [*batch, late])

        assert made[-1].effect is Effect.CREATED

    # Besides what any create takes: the keys' other holders, read too, and records that are new.
    _check(counts, 1, most=MOST + 5)


def test_keys_that_many_share_take_the_same_statements_for_any_number(
    store: Store, counts: Counts
) -> None:
    for size in (2, 10, 40):
        batch = [
            {
                "externalId": f"{size}-{n}",
                "email": f"info@acme{size}.example",
                "phone": f"+9990{size:06}",
            }
            | {"firstName": f"First{n}x", "lastName": f"Last{n}x"}
            for n in range(size)
        ]
        again = [{**one, "externalId": f"again {one['externalId']}"} for one in batch]
        by_phone = [
            {name: value for name, value in one.items() if name != "email"} for one in again
        ]

        def sync(records: list[dict[str, Any]]) -> int:
            return len(sync_records(store, RULES[Kind.CONTACT], records, origin()))

        creation(store, batch)
        assert counts.of("sync", sync, again) == size
        assert counts.of("sync by phone", sync, by_phone) == size
        made = counts.of("create", creation, store, again)
        assert {one.effect for one in made} == {Effect.LINKED}

    # Besides what any takes: the other holders of the keys, and what they are.
    _check(counts, 3, most=MOST + 3)


@pytest.mark.parametrize(("kind", "sizes"), KINDS, ids=list(Kind))
def test_syncing_and_reading_take_the_same_statements_for_any_number(
    store: Store, counts: Counts, database_url: str, kind: Kind, sizes: Sequence[int]
) -> None:
    def sync(records: list[dict[str, Any]]) -> int:
        return len(sync_records(store, RULES[kind], records, origin()))

    for size in sizes:
        known = MAKERS[kind](size, f"s{size}")
        strangers = MAKERS[kind](size, f"t{size}")
        nameless = [{**one, "externalId": f"?{one['externalId']}"} for one in known]
        ids = [one.record_id for one in creation(store, known, kind)]
        with connected(database_url) as connection:
            connection.execute(insert(ACTIVITIES), [_activity(i) for i in ids])

        assert counts.of("known", sync, known) == size
        assert counts.of("by key", sync, nameless) == size
        assert counts.of("unknown", sync, strangers) == 0
        read = counts.of("read", read_records, store, kind, ids)
        assert [one.record.id for one in read] == ids

    _check(counts, 4)


def _activity(contact_id: str) -> dict[str, Any]:
    return {
        "id": f"activity_{contact_id}",
        "type": "EMAIL",
        "contact_id": contact_id,
        "occurred_at": NOW,
        "properties": {},
        "created_at": NOW,
    }


def test_updating_takes_the_same_statements_for_any_number(store: Store, counts: Counts) -> None:
    for size in SIZES:
        ids = [one.record_id for one in creation(store, people(size, f"s{size}"))]

        for step, name, value in [
            ("engaged", "engaged", "No "),
            ("moved", "linkedinUrl", "linkedin.com/in/"),
            ("named", "externalId", "n-"),
        ]:
            told = [{"crmId": i, name: f"{value}{i}"} for i in ids]
            assert _effects(counts.of(step, update, store, *told)) == {Effect.UPDATED}
        unknown = [{"crmId": f"no-{i}", "title": "t"} for i in ids]
        assert _effects(counts.of("unknown", update, store, *unknown)) == {Effect.FAILED}

    _check(counts, 4)


def test_linking_takes_the_same_statements_for_any_number(store: Store, counts: Counts) -> None:
    for size in SIZES:
        contacts = [one.record_id for one in creation(store, people(size, f"s{size}"))]
        company = creation(store, firms(1), Kind.COMPANY)[0].record_id
        for step, said in [("new", {}), ("again", {}), ("more", {"role": "CEO"})]:
            pairs = [Pair(contact, company, said) for contact in contacts]
            linked = counts.of(step, create_associations, store, pairs, origin())
            assert _effects(linked) == {Effect.LINKED}

    _check(counts, 3)


def test_tasks_take_the_same_statements_for_any_number(
    store: Store, counts: Counts, database_url: str
) -> None:
    later = NOW + timedelta(hours=1)
    for size in SIZES:
        ids = [f"task_{size}_{i}" for i in range(size)]
        with connected(database_url) as connection:
            connection.execute(insert(TASKS), [_task(i) for i in ids])

        def complete(ids: list[str] = ids) -> list[bool]:
            return [t.completed for t in complete_tasks(store, CompleteTasks(ids), origin(later))]

        assert counts.of("completed", complete) == [True] * size
        assert counts.of("again", complete) == [True] * size
        read = counts.of("read", read_tasks, store, ids)
        assert [task.completed_at for task in read] == [later] * size

    _check(counts, 3)
