"""32 clients at once: nothing fails, nothing is there twice, no update is lost."""

import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import pytest

from tests.acceptance.crowd import at_once
from tests.acceptance.records import Record, create, fresh, read, sync, update, value
from tests.acceptance.server import Client, Server, running_server
from tests.databases import KINDS, PostgreSQL

THREADS = 32


@pytest.fixture(scope="session", params=[*KINDS, "postgresql with two servers"])
def servers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Servers on one database: one each, and for PostgreSQL also two that know nothing of it."""
    yield from _servers(request, tmp_path_factory)


def _servers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Server]]:
    with ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('crowd')}/customcrm.db"
        else:
            postgresql: PostgreSQL = request.getfixturevalue("postgresql_server")
            url = stack.enter_context(postgresql.fresh_database())
        number = 2 if request.param == "postgresql with two servers" else 1
        yield [stack.enter_context(running_server(url)) for _ in range(number)]


def overlapping(records: Sequence[Record], thread: int) -> list[Record]:
    """Most of the records, in an order of the thread's own: every two threads share some."""
    dice = random.Random(thread)  # noqa: S311 - test data, not a secret
    return dice.sample(list(records), len(records) * 3 // 4)


def together(
    servers: list[Server], kind: str, records_of: dict[int, list[Record]]
) -> dict[str, set[str]]:
    """Every thread creates its records; all crmIds that were answered for each externalId."""

    def job(thread: int, client: Client) -> list[tuple[str, str]]:
        records = records_of[thread]
        names = [record["externalId"] for record in records]
        return list(zip(names, create(client, kind, *records), strict=True))

    answered: dict[str, set[str]] = {}
    for pairs in at_once(servers, THREADS, job):
        for external_id, crm_id in pairs:
            answered.setdefault(external_id, set()).add(crm_id)
    return answered


@pytest.mark.parametrize("kind", ["contacts", "companies"])
def test_creates_of_the_same_external_ids_make_each_record_once(
    servers: list[Server], kind: str
) -> None:
    run = fresh()
    records = [{"externalId": f"{run}-{number}", "industry": "Tea"} for number in range(160)]
    answered = together(
        servers, kind, {thread: overlapping(records, thread) for thread in range(THREADS)}
    )
    assert len(answered) == 160
    assert [external_id for external_id, crm_ids in answered.items() if len(crm_ids) != 1] == []
    assert len(set.union(*answered.values())) == 160
    with servers[0].client() as client:
        assert sync(client, kind, *records) == {name: min(ids) for name, ids in answered.items()}


@pytest.mark.parametrize(
    ("kind", "key", "spellings"),
    [
        ("contacts", "email", ("{}@example.com", " {}@EXAMPLE.com ")),
        ("contacts", "linkedinUrl", ("https://www.linkedin.com/in/{}", "es.linkedin.com/in/{}/")),
        ("companies", "domain", ("{}.com", "https://www.{}.com/about")),
    ],
)
def test_creates_with_the_same_key_under_different_external_ids_make_each_record_once(
    servers: list[Server], kind: str, key: str, spellings: tuple[str, str]
) -> None:
    run = fresh()
    numbers = [{"number": number} for number in range(50)]

    def record(thread: int, number: int) -> Record:
        spelled = spellings[thread % 2].format(f"{run}{number}")
        return {"externalId": f"{run}-{thread}-{number}", key: spelled}

    records_of = {
        thread: [record(thread, one["number"]) for one in overlapping(numbers, thread)]
        for thread in range(THREADS)
    }
    answered = together(servers, kind, records_of)
    by_number: dict[str, set[str]] = {}
    for external_id, crm_ids in answered.items():
        by_number.setdefault(external_id.rpartition("-")[2], set()).update(crm_ids)
    assert len(by_number) == 50
    assert [number for number, crm_ids in by_number.items() if len(crm_ids) != 1] == []
    assert len(set.union(*by_number.values())) == 50
    sent = [record for records in records_of.values() for record in records]
    aliases = [{"externalId": record["externalId"]} for record in sent]
    with servers[-1].client() as client:
        found = sync(client, kind, *aliases)
    assert found == {name: min(crm_ids) for name, crm_ids in answered.items()}


@pytest.mark.parametrize("kind", ["contacts", "companies"])
def test_updates_of_different_fields_of_the_same_records_are_all_kept(
    servers: list[Server], kind: str
) -> None:
    run = fresh()
    with servers[0].client() as client:
        crm_ids = create(client, kind, *({"externalId": f"{run}-{n}"} for n in range(60)))
    # Two of the threads write fields that every CRM has, the others properties of their own.
    names = {thread: f"field {thread}" for thread in range(THREADS)}
    names |= {0: "industry", 1: "description"}

    def job(thread: int, client: Client) -> None:
        dice = random.Random(thread)  # noqa: S311 - test data, not a secret
        for last in ("first", "second", "last"):
            shuffled = dice.sample(crm_ids, len(crm_ids))
            update(client, kind, *({"crmId": id_, names[thread]: last} for id_ in shuffled))

    at_once(servers, THREADS, job)
    with servers[-1].client() as client:
        records = read(client, kind, crm_ids)
    assert len(records) == 60
    lost = [
        (crm_id, name)
        for crm_id, record in records.items()
        for name in names.values()
        if value(record, name) != "last"
    ]
    assert lost == []


def test_creates_of_the_same_record_with_different_fields_keep_every_field(
    servers: list[Server],
) -> None:
    run = fresh()

    def job(thread: int, client: Client) -> list[str]:
        return create(
            client,
            "contacts",
            *({"externalId": f"{run}-{n}", f"field {thread}": thread} for n in range(40)),
        )

    assert len({tuple(crm_ids) for crm_ids in at_once(servers, THREADS, job)}) == 1
    with servers[0].client() as client:
        found = sync(client, "contacts", *({"externalId": f"{run}-{n}"} for n in range(40)))
        records = read(client, "contacts", found.values())
    assert len(records) == 40
    for record in records.values():
        assert {thread: value(record, f"field {thread}") for thread in range(THREADS)} == {
            thread: thread for thread in range(THREADS)
        }


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "key"}], ids=["bytes", "key"])
def test_identical_tasks_are_one_task(servers: list[Server], headers: dict[str, str]) -> None:
    body = {"subject": f"Call {fresh()}", "dueDate": "2026-05-04T10:00:00Z"}
    unique = {name: fresh(given) for name, given in headers.items()}

    def job(_: int, client: Client) -> str:
        return str(client.call("POST", "/tasks", body, status=201, headers=unique)["id"])

    assert len(set(at_once(servers, THREADS, job))) == 1


def test_different_tasks_of_many_clients_are_all_kept(servers: list[Server]) -> None:
    run = fresh()

    def job(thread: int, client: Client) -> list[tuple[str, str]]:
        subjects = [f"{run} {thread} {number}" for number in range(5)]
        return [
            (client.call("POST", "/tasks", {"subject": subject}, status=201)["id"], subject)
            for subject in subjects
        ]

    made = dict(pair for pairs in at_once(servers, THREADS, job) for pair in pairs)
    assert len(made) == THREADS * 5
    with servers[0].client() as client:
        tasks = client.call("POST", "/tasks/batch", {"ids": list(made)}, status=200)
    assert {task["id"]: task["subject"] for task in tasks} == made


def test_the_same_tasks_completed_by_all_at_once_have_one_time_of_completion(
    servers: list[Server],
) -> None:
    run = fresh()
    with servers[0].client() as client:
        ids = [
            client.call("POST", "/tasks", {"subject": f"{run} {number}"}, status=201)["id"]
            for number in range(20)
        ]

    def job(thread: int, client: Client) -> dict[str, str]:
        shuffled = random.Random(thread).sample(ids, len(ids))  # noqa: S311 - test data
        body = {"ids": shuffled, "completed": True}
        tasks = client.call("PATCH", "/tasks/batch", body, status=200)
        return {task["id"]: task["completedAt"] for task in tasks}

    answers = at_once(servers, THREADS, job)
    assert set(answers[0]) == set(ids)
    assert None not in answers[0].values()
    assert [answer for answer in answers if answer != answers[0]] == []


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "key"}], ids=["message", "key"])
def test_identical_activities_are_one_activity(
    servers: list[Server], headers: dict[str, str]
) -> None:
    run = fresh()
    with servers[0].client() as client:
        (contact,) = create(client, "contacts", {"externalId": run})
    body: Record = {"type": "EMAIL", "direction": "INBOUND", "contactId": contact}
    if not headers:
        body["metadata"] = {"messageId": run}
    unique = {name: fresh(given) for name, given in headers.items()}

    def job(_: int, client: Client) -> str:
        return str(client.call("POST", "/activities", body, status=201, headers=unique)["id"])

    assert len(set(at_once(servers, THREADS, job))) == 1


def test_identical_associations_are_all_linked(servers: list[Server]) -> None:
    run = fresh()
    with servers[0].client() as client:
        contacts = create(client, "contacts", *({"externalId": f"{run}-{n}"} for n in range(50)))
        (company,) = create(client, "companies", {"externalId": run})

    def job(thread: int, client: Client) -> Any:
        shuffled = random.Random(thread).sample(contacts, len(contacts))  # noqa: S311 - test data
        links = [{"contactCRMId": contact, "companyCRMId": company} for contact in shuffled]
        return client.call("POST", "/associations", {"associations": links}, status=200)

    for answer in at_once(servers, THREADS, job):
        assert answer["success"] is True
        assert answer["created"] == 50
        assert not answer.get("errors")


def test_a_whole_campaign_at_once_fails_nowhere(servers: list[Server]) -> None:
    """Creates, syncs, updates, tasks and activities on the same people, in every order."""
    run = fresh()
    people = [
        {"externalId": f"{run}-{n}", "email": f"{run}{n}@example.com", "title": "CEO"}
        for n in range(80)
    ]

    def job(thread: int, client: Client) -> dict[str, str]:
        mine = overlapping(people, thread)
        crm_ids = create(client, "contacts", *mine)
        for _ in range(2):
            if create(client, "contacts", *mine) != crm_ids:
                raise AssertionError("Another time, other crmIds")
            update(client, "contacts", *({"crmId": id_, "engaged": thread} for id_ in crm_ids))
            client.call("POST", "/contacts/sync", {"contacts": people}, status=200)
            for number, crm_id in enumerate(crm_ids[:3]):
                event = {
                    "type": "LINKEDIN",
                    "direction": "OUTBOUND",
                    "contactId": crm_id,
                    "metadata": {"messageId": f"{run} {thread} {number}"},
                }
                client.call("POST", "/activities", event, status=201)
                task = {"subject": f"{run} {thread} {number}", "contactId": crm_id}
                client.call("POST", "/tasks", task, status=201)
        return dict(zip((record["externalId"] for record in mine), crm_ids, strict=True))

    answers = at_once(servers, THREADS, job)
    with servers[0].client() as client:
        found = sync(client, "contacts", *people)
    assert len(set(found.values())) == 80
    assert all(answer.items() <= found.items() for answer in answers)
