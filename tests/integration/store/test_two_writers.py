"""Two servers on one database, at the same instant."""

import random
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import datetime
from functools import partial

import pytest

from customcrm.clock import system_clock
from customcrm.contract.activities import CreateActivity
from customcrm.contract.tasks import CompleteTasks, CreateTask
from customcrm.crm.planning import Effect
from customcrm.crm.records import Kind
from customcrm.operations.activities import CreatedActivity, create_activity
from customcrm.operations.associations import create_associations
from customcrm.operations.ports import Pair
from customcrm.operations.tasks import CreatedTask, complete_tasks, create_task
from customcrm.store.backend import Store
from tests.integration.store.sql import count, rows
from tests.integration.store.world import (
    at_once,
    create,
    firms,
    origin,
    people,
    properties,
    request,
    update,
    within,
)

ROUNDS = 3
THREADS = 8


@pytest.fixture
def stores(database_url: str) -> Iterator[list[Store]]:
    """The two servers, by thread."""
    with ExitStack() as stack:
        both = [stack.enter_context(closing(Store(database_url, system_clock))) for _ in range(2)]
        yield both * (THREADS // 2)


def test_the_same_batch_at_once_makes_one_set_of_records(
    stores: list[Store], database_url: str
) -> None:
    for turn in range(ROUNDS):
        batch = people(40, f"t{turn}")

        def send(store: Store, seed: int, batch: list[dict[str, str]] = batch) -> dict[str, str]:
            mine = random.Random(seed).sample(batch, len(batch))  # noqa: S311 - no secret
            ids = create(store, *mine)
            return {one["externalId"]: i for one, i in zip(mine, ids, strict=True)}

        told = at_once([partial(send, s, i) for i, s in enumerate(stores)])

        assert told == [told[0]] * THREADS
    assert count(database_url, "contacts") == 40 * ROUNDS
    assert count(database_url, "contact_external_ids") == 40 * ROUNDS
    assert count(database_url, "contact_keys") == 80 * ROUNDS


def test_one_person_under_many_names_at_once_is_one_record(
    stores: list[Store], database_url: str
) -> None:
    def send(store: Store, turn: int, thread: int) -> str:
        email = f"jo{turn}@acme.example"
        return create(
            store, {"externalId": f"{turn}-{thread}", "email": email, f"p{thread}": thread}
        )[0]

    for turn in range(ROUNDS):
        told = at_once([partial(send, s, turn, i) for i, s in enumerate(stores)])

        assert len(set(told)) == 1
        kept = properties(stores[0], told[0])
        assert kept == {"email": f"jo{turn}@acme.example", **{f"p{i}": i for i in range(THREADS)}}
    assert count(database_url, "contacts") == ROUNDS
    assert count(database_url, "contact_external_ids") == ROUNDS * THREADS


def test_updates_in_opposite_orders_lose_nothing(stores: list[Store], database_url: str) -> None:
    ids = create(stores[0], *people(30))

    def change(store: Store, thread: int) -> set[Effect]:
        mine = ids if thread % 2 else list(reversed(ids))
        told: set[Effect] = set()
        for turn in range(ROUNDS):
            values = {f"p{thread}": turn, "email": f"e{thread}"}
            outcomes = update(store, *[{"crmId": i, **values, "turn": turn} for i in mine])
            told |= {one.effect for one in outcomes}
        return told

    told = within(lambda: at_once([partial(change, s, i) for i, s in enumerate(stores)]), 60)

    assert told == [{Effect.UPDATED}] * THREADS
    for record in ids:
        expected = {f"p{i}": ROUNDS - 1 for i in range(THREADS)}
        assert expected.items() <= properties(stores[0], record).items()
    written = rows(database_url, "SELECT count(*) FROM history WHERE action = 'updated'")
    assert written == [(len(ids) * THREADS * ROUNDS,)]


def test_the_same_idempotency_key_at_once_makes_one_task(
    stores: list[Store], database_url: str
) -> None:
    def send(store: Store, turn: int) -> CreatedTask:
        sent = request(b"{}", f"key {turn}")
        return create_task(store, CreateTask("Call Jo"), {}, sent, origin())

    for turn in range(ROUNDS):
        told = at_once([partial(send, s, turn) for s in stores])

        assert len({one.task.id for one in told}) == 1
        assert sorted(one.made for one in told) == [False] * (THREADS - 1) + [True]
    assert count(database_url, "tasks") == ROUNDS


def test_the_same_message_at_once_is_logged_once(stores: list[Store], database_url: str) -> None:
    asked = CreateActivity("EMAIL", metadata={"messageId": "m-1"})

    def send(store: Store, thread: int) -> CreatedActivity:
        key = f"key {thread % 2}" if thread % 3 else None
        sent = request(b"{}", key, "createActivity")
        return create_activity(store, asked, {}, sent, origin())

    told = at_once([partial(send, s, i) for i, s in enumerate(stores)])

    assert len({one.activity.id for one in told}) == 1
    assert sum(one.made for one in told) == 1
    assert count(database_url, "activities") == 1


def test_the_same_links_at_once_are_kept_once(stores: list[Store], database_url: str) -> None:
    for turn in range(ROUNDS):
        contacts = create(stores[0], *people(20, f"t{turn}"))
        (company,) = create(stores[0], *firms(1, f"t{turn}"), kind=Kind.COMPANY)

        def link(store: Store, thread: int, ids: list[str] = contacts, to: str = company) -> int:
            pairs = [Pair(i, to, {f"p{thread}": 1}) for i in (ids if thread % 2 else ids[::-1])]
            outcomes = create_associations(store, pairs, origin())
            return sum(one.effect is Effect.LINKED for one in outcomes)

        told = at_once([partial(link, s, i) for i, s in enumerate(stores)])

        assert told == [20] * THREADS
    kept = rows(database_url, "SELECT properties FROM associations")
    assert len(kept) == 20 * ROUNDS
    assert all(f'"p{i}"' in row[0] for row in kept for i in range(THREADS))


def test_completing_at_once_keeps_one_moment(stores: list[Store], database_url: str) -> None:
    made = [
        create_task(stores[0], CreateTask(f"t{i}"), {}, request(b"%d" % i), origin()).task.id
        for i in range(20)
    ]

    def complete(store: Store, thread: int) -> list[datetime | None]:
        asked = CompleteTasks(made if thread % 2 else made[::-1])
        done = complete_tasks(store, asked, origin(system_clock()))
        return [task.completed_at for task in sorted(done, key=lambda task: task.id)]

    told = at_once([partial(complete, s, i) for i, s in enumerate(stores)])

    assert told == [told[0]] * THREADS
    written = rows(database_url, "SELECT count(*) FROM history WHERE action = 'updated'")
    assert written == [(20,)]
