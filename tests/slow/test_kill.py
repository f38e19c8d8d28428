"""``kill -9`` at any instant loses no answered write and leaves no half of a batch."""

import random
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.acceptance.records import Record, batches, create, read, sync
from tests.acceptance.server import Client, Server, running_server
from tests.databases import PostgreSQL

SIZE = 20


@dataclass
class Batch:
    """A batch of new records, and what was answered to it: nothing, if the server died first."""

    marker: str
    kind: str
    crm_ids: list[str] = field(default_factory=list)

    @property
    def records(self) -> list[Record]:
        return [
            {"externalId": f"{self.marker}-{number}", "marker": self.marker}
            for number in range(SIZE)
        ]


@dataclass
class Counter:
    """Records that are counted up together, again and again."""

    crm_ids: list[str]
    name: str
    answered: int = 0
    sent: int = 0


@dataclass
class Ledger:
    """What the writers of one life of the server were answered, and what they were not."""

    batches: list[Batch] = field(default_factory=list)
    tasks: dict[str, str] = field(default_factory=dict)
    """Subjects by id."""
    completed: set[str] = field(default_factory=set)
    """The ids of the tasks that were answered as completed."""
    activities: dict[str, str] = field(default_factory=dict)
    """Message ids by id."""
    wrong: list[str] = field(default_factory=list)
    """Answers that nobody should get."""

    def answered(self) -> list[Batch]:
        return [batch for batch in self.batches if batch.crm_ids]

    def unanswered(self) -> list[Batch]:
        return [batch for batch in self.batches if not batch.crm_ids]


Step = Callable[[Client], None]


def new_records(ledger: Ledger, kind: str) -> Step:
    def step(client: Client) -> None:
        batch = Batch(uuid.uuid4().hex, kind)
        ledger.batches.append(batch)
        batch.crm_ids = create(client, kind, *batch.records)

    return step


def new_tasks(ledger: Ledger) -> Step:
    def step(client: Client) -> None:
        subject = uuid.uuid4().hex
        task = client.call("POST", "/tasks", {"subject": subject}, status=201)
        ledger.tasks[task["id"]] = subject
        client.call("PATCH", f"/tasks/{task['id']}", {"completed": True}, status=200)
        ledger.completed.add(task["id"])

    return step


def new_activities(ledger: Ledger) -> Step:
    def step(client: Client) -> None:
        message = uuid.uuid4().hex
        body = {"type": "EMAIL", "direction": "INBOUND", "metadata": {"messageId": message}}
        ledger.activities[client.call("POST", "/activities", body, status=201)["id"]] = message

    return step


def count_up(counter: Counter) -> Step:
    def step(client: Client) -> None:
        counter.sent += 1
        records = [{"crmId": id_, counter.name: counter.sent} for id_ in counter.crm_ids]
        answer = client.call("PUT", "/contacts", {"contacts": records}, status=200)
        if not all(result["success"] for result in answer["results"]):
            raise AssertionError(f"An update failed: {answer}")
        counter.answered = counter.sent

    return step


def write_until_killed(
    server: Server, ledger: Ledger, counters: list[Counter], life: float
) -> None:
    """Writers of every sort at work, and a SIGKILL after so many seconds."""
    steps = [
        new_records(ledger, "contacts"),
        new_records(ledger, "contacts"),
        new_records(ledger, "companies"),
        new_tasks(ledger),
        new_activities(ledger),
        *(count_up(counter) for counter in counters),
    ]

    def work(step: Step) -> None:
        with server.client() as client:
            try:
                while True:
                    step(client)
            except httpx.TransportError:
                return
            except AssertionError as error:
                ledger.wrong.append(str(error))

    threads = [threading.Thread(target=work, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    time.sleep(life)
    server.kill()
    for thread in threads:
        thread.join(60)


def check(client: Client, ledger: Ledger) -> None:
    """Every answered write is there, and every batch is there as a whole or not at all."""
    assert ledger.wrong == []
    for kind in ("contacts", "companies"):
        expected = {
            crm_id: batch.marker
            for batch in ledger.answered()
            if batch.kind == kind
            for crm_id in batch.crm_ids
        }
        there = read(client, kind, expected)
        assert {id_: record["properties"]["marker"] for id_, record in there.items()} == expected
    tasks = {
        task["id"]: task
        for ids in batches(list(ledger.tasks))
        for task in client.call("POST", "/tasks/batch", {"ids": ids}, status=200)
    }
    assert {id_: task["subject"] for id_, task in tasks.items()} == ledger.tasks
    assert {id_ for id_ in ledger.completed if not tasks[id_]["completed"]} == set()
    for id_, message in ledger.activities.items():
        activity = client.call("GET", f"/activities/{id_}", status=200)
        assert activity["metadata"] == {"messageId": message}


def check_unanswered(client: Client, ledger: Ledger) -> int:
    """How many batches were stored though nobody heard of it: as a whole, and once for all."""
    stored = 0
    for batch in ledger.unanswered():
        found = sync(client, batch.kind, *batch.records)
        assert len(found) in {0, SIZE}, f"{len(found)} of a batch of {SIZE}"
        stored += bool(found)
        batch.crm_ids = create(client, batch.kind, *batch.records)
        assert len(set(batch.crm_ids)) == SIZE
        assert not found or list(found.values()) == batch.crm_ids
    return stored


def check_counter(client: Client, counter: Counter) -> None:
    """All records of a counter are at one number: the last one answered, or the one after."""
    there = read(client, "contacts", counter.crm_ids)
    numbers = {record["properties"][counter.name] for record in there.values()}
    assert len(there) == SIZE
    assert len(numbers) == 1, f"half of an update: {numbers}"
    (number,) = numbers
    assert number in {counter.answered, counter.sent}
    counter.answered = counter.sent = number


def survive(database_url: str, kills: int) -> None:
    dice = random.Random(kills)  # noqa: S311 - test data, not a secret
    lives: list[Ledger] = []
    unanswered = 0
    with running_server(database_url) as server:
        with server.client() as client:
            crm_ids = create(
                client,
                "contacts",
                *({"externalId": f"counter-{n}", "one": 0, "two": 0} for n in range(SIZE)),
            )
        # Both count on the same records, each in a property of its own.
        counters = [Counter(crm_ids, "one"), Counter(crm_ids, "two")]
        for _ in range(kills):
            ledger = Ledger()
            write_until_killed(server, ledger, counters, dice.uniform(0.15, 0.7))
            server.start()
            lives.append(ledger)
            unanswered += len(ledger.unanswered())
            with server.client() as client:
                check(client, ledger)
                check_unanswered(client, ledger)
                for counter in counters:
                    check_counter(client, counter)
        with server.client() as client:
            for ledger in lives:
                check(client, ledger)
    # Else the kills came when nobody was writing, and nothing was tested.
    assert unanswered >= kills
    assert min(counter.answered for counter in counters) > kills
    for what in ("batches", "tasks", "completed", "activities"):
        assert sum(len(getattr(ledger, what)) for ledger in lives) > kills, what


def test_20_kills_lose_nothing_on_sqlite(tmp_path: Path) -> None:
    survive(f"sqlite:///{tmp_path}/customcrm.db", 20)


def test_5_kills_of_the_server_lose_nothing_on_postgresql(postgresql_server: PostgreSQL) -> None:
    with postgresql_server.fresh_database() as url:
        survive(url, 5)
