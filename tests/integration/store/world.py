"""Who asks, when, and for what: the few words in which the tests of the store are written."""

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, TypeVar

from customcrm.clock import new_id
from customcrm.contract.activities import Activity, CreateActivity
from customcrm.crm.planning import Outcome
from customcrm.crm.records import COMPANY_RULES, CONTACT_RULES, Kind
from customcrm.operations.activities import create_activity
from customcrm.operations.ports import Backend, Origin
from customcrm.operations.records import create_records, update_records
from customcrm.operations.repeats import Request

T = TypeVar("T")

NOW = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
RULES = {Kind.CONTACT: CONTACT_RULES, Kind.COMPANY: COMPANY_RULES}
PATIENCE = 30
"""Seconds after which what has not ended is taken to hang."""


def origin(at: datetime = NOW, actor: str = "key:enginy") -> Origin:
    return Origin(actor, lambda: at, new_id)


def request(body: bytes = b"{}", key: str | None = None, operation: str = "createTask") -> Request:
    return Request(operation, body, key)


def logged(
    store: Backend, asked: CreateActivity, custom: dict[str, Any], body: bytes = b"{}"
) -> Activity:
    """Log an activity that no other request logged, no earlier than it happened."""
    sent = request(body, None, "createActivity")
    came = origin(max(NOW, asked.occurred_at or NOW))
    return create_activity(store, asked, custom, sent, came).activity


def create(
    store: Backend,
    *records: dict[str, Any],
    kind: Kind = Kind.CONTACT,
    at: datetime = NOW,
) -> list[str]:
    """Create records; returns their ids."""
    return [one.record_id for one in creation(store, records, kind, at)]


def creation(
    store: Backend,
    records: Sequence[dict[str, Any]],
    kind: Kind = Kind.CONTACT,
    at: datetime = NOW,
) -> list[Outcome]:
    return create_records(store, RULES[kind], records, origin(at))


def update(
    store: Backend, *records: dict[str, Any], kind: Kind = Kind.CONTACT, at: datetime = NOW
) -> list[Outcome]:
    return update_records(store, RULES[kind], records, origin(at))


def properties(store: Backend, record_id: str, kind: Kind = Kind.CONTACT) -> dict[str, Any]:
    return store.read(lambda reader: reader.records_by_id(kind, [record_id]))[record_id].properties


def people(number: int, mark: str = "p") -> list[dict[str, Any]]:
    """Contacts that have nothing in common with one another."""
    return [
        {
            "externalId": f"{mark}-{i}",
            "email": f"{mark}-{i}@acme.example",
            "linkedinUrl": f"https://www.linkedin.com/in/{mark}-{i}",
            "engaged": "Yes",
        }
        for i in range(number)
    ]


def firms(number: int, mark: str = "f") -> list[dict[str, Any]]:
    """Companies that have nothing in common with one another."""
    return [
        {
            "externalId": f"{mark}-{i}",
            "domain": f"{mark}-{i}.example",
            "linkedinUrl": f"https://www.linkedin.com/company/{mark}-{i}",
            "engaged": "Yes",
        }
        for i in range(number)
    ]


def within(work: Callable[[], T], seconds: float = PATIENCE) -> T:
    """What the work returns or raises; a test that hangs fails instead."""
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001 - it is raised in the test
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    assert results, f"no answer within {seconds} seconds"
    return results[0]


def at_once(jobs: Iterable[Callable[[], T]]) -> list[T]:
    """Run every job on a thread of its own, all from one instant on; results in their order."""
    waiting = list(jobs)
    start = threading.Barrier(len(waiting))

    def one(job: Callable[[], T]) -> T:
        start.wait(PATIENCE)
        return job()

    with ThreadPoolExecutor(len(waiting)) as pool:
        return [future.result(PATIENCE) for future in [pool.submit(one, job) for job in waiting]]
