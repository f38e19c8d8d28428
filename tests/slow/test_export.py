"""Enginy exports a whole account, and then, as after a lost connection, exports all of it again."""

import json
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.acceptance.population import Population, canonical, merged, populate
from tests.acceptance.records import Record, batches, create, read, sync, update, value
from tests.acceptance.server import Client, running_server
from tests.databases import KINDS, fresh_database

SEED = 20_260_101
THREADS = 4
TASKS = 120
ACTIVITIES = 480
EVENTS = [
    (kind, direction)
    for kind in ("EMAIL", "LINKEDIN", "LINKEDIN_INMAIL", "LINKEDIN_CONNECTION")
    for direction in ("OUTBOUND", "INBOUND")
]
START = datetime(2026, 1, 1, 8, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Exported:
    """The ids that the server gave to what it was sent."""

    companies: dict[str, str]
    contacts: dict[str, str]
    tasks: list[str]
    activities: list[str]
    found_companies: dict[str, str]
    """What a sync found, strangers included."""
    found_contacts: dict[str, str]


@dataclass(frozen=True)
class Stored:
    """What the server has."""

    companies: dict[str, Record]
    contacts: dict[str, Record]
    tasks: dict[str, Record]
    activities: dict[str, Record]


@dataclass(frozen=True)
class Story:
    """A population, and both exports of it with what was stored after each."""

    population: Population
    first: Exported
    after_first: Stored
    second: Exported
    after_second: Stored


@pytest.fixture(scope="session", params=KINDS)
def export_database_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with fresh_database(request, request.param, tmp_path_factory.mktemp("export")) as url:
        yield url


@pytest.fixture(scope="session")
def story(export_database_url: str) -> Iterator[Story]:
    population = populate(SEED)
    with running_server(export_database_url) as server, server.client() as client:
        first = export(client, population, retry=False)
        after_first = stored(client, first)
        second = export(client, population, retry=True)
        yield Story(population, first, after_first, second, stored(client, second))


def export(client: Client, population: Population, *, retry: bool) -> Exported:
    """Everything in Enginy's order; a retry leaves out what only counts as one within a minute."""
    companies = created(client, "companies", population.companies)
    contacts = created(client, "contacts", population.contacts)
    for pairs in batches(population.works_at):
        associate(client, [(contacts[contact], companies[company]) for contact, company in pairs])
    found_companies = sync(client, "companies", *population.companies, *strangers())
    found_contacts = sync(client, "contacts", *population.contacts, *strangers())
    update(client, "contacts", *(engagement(crm_id) for crm_id in contacts.values()))
    update(client, "companies", *(engagement(crm_id) for crm_id in companies.values()))
    people = list(contacts.values())
    tasks = [task(number, people[number * 7]) for number in range(TASKS)]
    activities = [activity(number, people[number * 5]) for number in range(ACTIVITIES)]
    with ThreadPoolExecutor(THREADS) as pool:
        keyed = pool.map(
            lambda number: post_task(client, number, tasks[number]), range(0, TASKS, 2)
        )
        bare = [] if retry else pool.map(lambda body: post_twice(client, body), tasks[1::2])
        logged = pool.map(lambda body: post_activity(client, body), activities)
        tasks_made, activities_made = [*keyed, *bare], [*logged]
    return Exported(
        companies, contacts, tasks_made, activities_made, found_companies, found_contacts
    )


def created(client: Client, kind: str, records: list[Record]) -> dict[str, str]:
    names = [record["externalId"] for record in records]
    return dict(zip(names, create(client, kind, *records), strict=True))


def associate(client: Client, pairs: list[tuple[str, str]]) -> None:
    links = [
        {"contactCRMId": contact, "companyCRMId": company}
        for contact, company in dict.fromkeys(pairs)
    ]
    answer = client.call("POST", "/associations", {"associations": links}, status=200)
    if answer.get("errors") or answer["success"] is not True or answer["created"] != len(links):
        raise AssertionError(f"{len(links)} associations were answered {answer}")


def engagement(crm_id: str) -> Record:
    return {"crmId": crm_id, "engaged_by_genesy": "Yes", "Último paso 🚀": 3, "replied": False}


def task(number: int, contact: str) -> Record:
    due = START + timedelta(days=number)
    return {
        "subject": f"Llamar a № {number} 📞",
        "description": "<b>Not</b> before noon",
        "type": ("call", "email", "meeting")[number % 3],
        "ownerId": f"owner-{number % 5}",
        "dueDate": due.isoformat(),
        "contactId": contact,
    }


def activity(number: int, contact: str) -> Record:
    kind, direction = EVENTS[number % len(EVENTS)]
    return {
        "type": kind,
        "direction": direction,
        "subject": f"[{number % 3 + 1}/3] [FROM Acme Corp] José Smith",
        "body": f"<p>Hola {number}</p><script>alert(1)</script>",
        "ownerId": f"owner-{number % 5}",
        "occurredAt": (START + timedelta(minutes=number)).isoformat().replace("+00:00", "Z"),
        "contactId": contact,
        "metadata": {
            "messageId": f"<message-{number}@acme.com>",
            "sequenceIndex": number % 3 + 1,
            "sequenceMessageCount": 3,
            "deep": {"er": [1, None, "é"]},
        },
    }


def post_task(client: Client, number: int, body: Record) -> str:
    headers = {"Idempotency-Key": f"export-task-{number}"}
    return str(client.call("POST", "/tasks", body, status=201, headers=headers)["id"])


def post_twice(client: Client, body: Record) -> str:
    first, again = (client.call("POST", "/tasks", body, status=201)["id"] for _ in range(2))
    if first != again:
        raise AssertionError(f"The same task twice in a row made {first} and {again}")
    return str(first)


def post_activity(client: Client, body: Record) -> str:
    return str(client.call("POST", "/activities", body, status=201)["id"])


def stored(client: Client, exported: Exported) -> Stored:
    tasks = {
        task["id"]: task
        for ids in batches(exported.tasks)
        for task in client.call("POST", "/tasks/batch", {"ids": ids}, status=200)
    }
    with ThreadPoolExecutor(THREADS) as pool:
        activities = pool.map(
            lambda id_: client.call("GET", f"/activities/{id_}", status=200), exported.activities
        )
        return Stored(
            read(client, "companies", exported.companies.values()),
            read(client, "contacts", exported.contacts.values()),
            tasks,
            {activity["id"]: activity for activity in activities},
        )


def strangers() -> list[Record]:
    """Records that nobody has exported."""
    return [
        {
            "externalId": f"stranger-{number}",
            "email": f"somebody{number}@nowhere.example",
            "linkedinUrl": f"https://www.linkedin.com/in/stranger-{number}",
            "domain": f"nowhere-{number}.example",
        }
        for number in range(150)
    ]


def by_crm_id(records: list[Record], crm_ids: dict[str, str]) -> dict[str, list[Record]]:
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        groups[crm_ids[record["externalId"]]].append(record)
    return groups


def losses(records: list[Record], crm_ids: dict[str, str], kept: dict[str, Record]) -> list[str]:
    """A line for each field that was sent and is not there."""
    lines: list[str] = []
    for crm_id, sent in by_crm_id(records, crm_ids).items():
        for name, given in merged(sent).items():
            there = value(kept[crm_id], name)
            if canonical(name, there) != canonical(name, given):
                lines.append(f"{crm_id} {name}: sent {str(given)[:80]!r}, has {str(there)[:80]!r}")
    return lines


def comparable(record: Record, *, spelled: bool) -> str:
    """All of a record but the time of its last write.

    ``spelled``: as it is, to the letter; else the spellings of its keys do not matter.
    """
    flat = record | {"properties": None} | record["properties"]
    flat = {name: given for name, given in flat.items() if name not in {"createdAt", "updatedAt"}}
    if not spelled:
        flat = {name: canonical(name, given) for name, given in flat.items()}
    return json.dumps(flat, sort_keys=True)


def differences(
    records: list[Record], crm_ids: dict[str, str], before: dict[str, Record], after: dict[str, Any]
) -> list[str]:
    """The records that the second export changed.

    Two records of one person spell the person's keys in two ways, and the later one may win; what
    was sent once has to stay as it was to the letter.
    """
    changed: list[str] = []
    for crm_id, sent in by_crm_id(records, crm_ids).items():
        once = len(sent) == 1
        was = comparable(before[crm_id], spelled=once)
        now = comparable(after[crm_id], spelled=once)
        if was != now:
            changed.append(f"was {was[:400]}\nnow {now[:400]}")
    return changed


def groups(crm_ids: dict[str, str]) -> set[frozenset[str]]:
    """Which externalIds share one value."""
    members: dict[str, set[str]] = defaultdict(set)
    for external_id, crm_id in crm_ids.items():
        members[crm_id].add(external_id)
    return {frozenset(group) for group in members.values()}


def test_the_population_has_people_and_companies_that_come_twice(story: Story) -> None:
    people = story.population.person_of
    companies = story.population.company_of
    assert len(people) == 5_000
    assert len(companies) == 800
    assert 300 < len(people) - len(set(people.values())) < 500
    assert 40 < len(companies) - len(set(companies.values())) < 100


def test_every_person_is_one_contact_and_no_two_people_are_the_same_contact(story: Story) -> None:
    expected = {name: str(person) for name, person in story.population.person_of.items()}
    assert len(set(story.first.contacts.values())) == len(set(expected.values()))
    assert groups(story.first.contacts) == groups(expected)


def test_every_company_is_one_company_and_no_two_companies_are_the_same(story: Story) -> None:
    expected = {name: str(company) for name, company in story.population.company_of.items()}
    assert len(set(story.first.companies.values())) == len(set(expected.values()))
    assert groups(story.first.companies) == groups(expected)


def test_no_field_of_any_lead_is_lost(story: Story) -> None:
    sent = story.population.contacts
    assert losses(sent, story.first.contacts, story.after_first.contacts) == []
    assert losses(sent, story.second.contacts, story.after_second.contacts) == []


def test_no_field_of_any_company_is_lost(story: Story) -> None:
    sent = story.population.companies
    assert losses(sent, story.first.companies, story.after_first.companies) == []
    assert losses(sent, story.second.companies, story.after_second.companies) == []


def test_every_record_keeps_its_engagement_fields(story: Story) -> None:
    records = story.after_second.contacts | story.after_second.companies
    expected = {"engaged_by_genesy": "Yes", "Último paso 🚀": 3, "replied": False}
    for record in records.values():
        assert {name: value(record, name) for name in expected} == expected


def test_the_second_export_gets_the_same_ids(story: Story) -> None:
    assert story.second.companies == story.first.companies
    assert story.second.contacts == story.first.contacts
    assert story.second.activities == story.first.activities
    assert story.second.tasks == story.first.tasks[: TASKS // 2]


def test_the_second_export_changes_no_contact(story: Story) -> None:
    before, after = story.after_first.contacts, story.after_second.contacts
    assert set(before) == set(after)
    assert differences(story.population.contacts, story.first.contacts, before, after) == []


def test_the_second_export_changes_no_company(story: Story) -> None:
    before, after = story.after_first.companies, story.after_second.companies
    assert set(before) == set(after)
    assert differences(story.population.companies, story.first.companies, before, after) == []


def test_the_second_export_changes_no_task_and_no_activity(story: Story) -> None:
    assert len(story.after_first.tasks) == TASKS
    assert len(story.after_first.activities) == ACTIVITIES
    assert story.after_second.activities == story.after_first.activities
    kept = {id_: story.after_first.tasks[id_] for id_ in story.second.tasks}
    assert story.after_second.tasks == kept


def test_every_activity_comes_back_as_it_was_sent(story: Story) -> None:
    people = list(story.first.contacts.values())
    for number, id_ in enumerate(story.first.activities):
        sent = activity(number, people[number * 5])
        there = story.after_first.activities[id_]
        same = {name for name in sent if name != "occurredAt" and there.get(name) == sent[name]}
        assert same == set(sent) - {"occurredAt"}
        assert datetime.fromisoformat(there["occurredAt"]) == START + timedelta(minutes=number)


def test_a_sync_finds_everybody_who_was_exported_and_nobody_else(story: Story) -> None:
    for exported in (story.first, story.second):
        assert exported.found_contacts == exported.contacts
        assert exported.found_companies == exported.companies
