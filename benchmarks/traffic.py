"""What is sent: the requests of each operation, made before the clock runs."""

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from benchmarks import people
from benchmarks.load import request

BATCH: Final = 100
"""Records in a batch: as many as the sender puts into one."""

FIRST_NEW: Final = 10_000_000
"""From here on people are numbered whom no seed holds."""


class Traffic:
    """Makes requests about the contacts and tasks that one database holds.

    Args:
        size: how many contacts.
        seed: the database; what is asked for is chosen from all of it.
    """

    def __init__(self, size: int, seed: Path) -> None:
        with closing(sqlite3.connect(f"file:{seed}?immutable=1", uri=True)) as database:
            self._contacts = [row[0] for row in database.execute("SELECT id FROM contacts")]
            self._tasks = [row[0] for row in database.execute("SELECT id FROM tasks")]
        self._size = size
        self._dice = random.Random(size)  # noqa: S311 - a choice, not a secret
        self._turns = count(1)
        self.next_new = FIRST_NEW

    def create(self, each: int = BATCH) -> bytes:
        """Create contacts that nobody has heard of."""
        numbers = range(self.next_new, self.next_new + each)
        self.next_new += each
        return _post("/contacts", {"contacts": [people.contact(number) for number in numbers]})

    def sync(self) -> bytes:
        """Look for contacts that exist, with all that the sender knows of them."""
        numbers = self._dice.sample(range(self._size), BATCH)
        return _post("/contacts/sync", {"contacts": [people.contact(n) for n in numbers]})

    def update(self) -> bytes:
        """Change contacts that exist: each changes indeed."""
        turn = next(self._turns)
        ids = self._dice.sample(self._contacts, BATCH)
        changes = [{"crmId": id_, **people.change(n, turn)} for n, id_ in enumerate(ids)]
        return request("PUT", "/contacts", _json({"contacts": changes}))

    def activity(self) -> bytes:
        """Log an email that was sent."""
        turn = next(self._turns)
        values = {
            "type": "EMAIL",
            "direction": "OUTBOUND",
            "subject": "[1/3] [FROM Acme Corp] John Smith",
            "body": f"<p>Hello, this is message {turn}.</p>" + "<p>May I show you?</p>" * 20,
            "occurredAt": "2026-02-03T04:05:06.789Z",
            "contactId": self._dice.choice(self._contacts),
            "metadata": {"messageId": f"{self._size}-{turn}", "sequenceIndex": 1},
        }
        return _post("/activities", values)

    def task(self) -> bytes:
        """Create a task."""
        values = {
            "subject": f"Call back, number {next(self._turns)}",
            "description": "They asked for a call after the webinar.",
            "type": "call",
            "ownerId": "owner-1",
            "dueDate": "2026-03-04T09:00:00Z",
            "contactId": self._dice.choice(self._contacts),
        }
        return _post("/tasks", values)

    def tasks(self) -> bytes:
        """Read a hundred tasks."""
        return _post("/tasks/batch", {"ids": self._dice.sample(self._tasks, BATCH)})

    def health(self) -> bytes:
        """Ask for nothing."""
        return request("GET", "/health")

    def requests(self, operation: "Operation", seconds: float) -> list[bytes]:
        """As many as a server could answer in some seconds, and some more."""
        wanted = max(int(seconds * operation.most_per_second), 1)
        if operation.same:
            return [operation.make(self)] * wanted
        return [operation.make(self) for _ in range(wanted)]


def _json(value: object) -> bytes:
    return msgspec.json.encode(value)


def _post(path: str, value: object) -> bytes:
    return request("POST", path, _json(value))


class Operation(NamedTuple):
    """An operation that is measured.

    Attributes:
        title: for people.
        name: in the contract, and so in the log.
        make: makes one request.
        records: in one request.
        most_per_second: more requests than a server answers.
        grows: whether what it writes makes a small database another size.
        same: whether all its requests are one and the same.
    """

    title: str
    name: str
    make: Callable[[Traffic], bytes]
    records: int
    most_per_second: int
    grows: bool = False
    same: bool = False


OPERATIONS: Final = {
    "create": Operation(
        "create 100 contacts", "create_contacts", Traffic.create, BATCH, 300, grows=True
    ),
    "sync": Operation("sync 100 contacts", "sync_contacts", Traffic.sync, BATCH, 300),
    "update": Operation("update 100 contacts", "update_contacts", Traffic.update, BATCH, 400),
    "activity": Operation("one activity", "create_activity", Traffic.activity, 1, 4000, grows=True),
    "task": Operation("one task", "create_task", Traffic.task, 1, 4000, grows=True),
    "tasks": Operation("read 100 tasks", "read_tasks", Traffic.tasks, BATCH, 1000),
    "health": Operation("health", "check_health", Traffic.health, 1, 8000, same=True),
}
"""What is measured, by the name that `--operations` takes."""


def new_people(first: int, creates: int) -> Iterator[list[str]]:
    """The external ids of successive creates that began at a number."""
    for start in range(first, first + creates * BATCH, BATCH):
        yield [people.external_id(number) for number in range(start, start + BATCH)]
