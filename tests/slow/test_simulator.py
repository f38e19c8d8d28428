"""The simulator fills a real server, and whatever goes wrong meanwhile, the server holds the same.

It is no part of the server: it stands outside, as Enginy does, and so this suite imports it.
"""

import json
import signal
import sqlite3
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest

from customcrm.client.http import Client
from customcrm.client.target import Target
from customcrm.simulator.faults import NO_FAULTS, Faults
from customcrm.simulator.player import play
from customcrm.simulator.scenario import Scenario
from customcrm.simulator.summary import Summary
from tests.acceptance.server import KEY, eventually, running_server
from tests.databases import PostgreSQL

UNTIL = date(2026, 3, 1)
WHOLE = Scenario(until=UNTIL, leads=600, weeks=20)
SMALL = Scenario(until=UNTIL, leads=180, weeks=6, owners=("owner-1", "owner-2", "owner-3"))
TINY = Scenario(until=UNTIL, leads=110, companies=9, weeks=3, seed=7)
EVERYTHING = Faults(retry_every=2, drop_every=3, reorder=True, workers=2, slow=0.0004)


def rows(database_url: str, query: str) -> list[tuple[Any, ...]]:
    """What a query finds, behind the server's back."""
    if database_url.startswith("sqlite"):
        path = database_url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            return database.execute(query).fetchall()
    with psycopg.connect(database_url) as connection:
        return connection.execute(query.encode()).fetchall()


def as_json(value: Any) -> str:
    """A JSON value, whether the database gives it as text or not, in one spelling."""
    return json.dumps(json.loads(value) if isinstance(value, str) else value, sort_keys=True)


@dataclass(frozen=True)
class Held:
    """What a server holds, without its own ids and the moments of storing.

    A record is known by all of Enginy's ids of it.
    """

    contacts: dict[tuple[str, ...], str]
    companies: dict[tuple[str, ...], str]
    associations: set[tuple[Any, ...]]
    activities: dict[str, tuple[Any, ...]]
    tasks: Counter[tuple[Any, ...]]
    duplicates: set[tuple[frozenset[tuple[str, ...]], str]]


def held(url: str) -> Held:
    people, firms = aliases(url, "contact"), aliases(url, "company")
    nobody: tuple[str, ...] = ()
    activities = {}
    for contact, company, metadata, *rest in rows(
        url,
        "SELECT contact_id, company_id, metadata, type, direction, subject, body, owner_id,"
        " occurred_at, properties FROM activities",
    ):
        told = as_json(metadata)
        nameless = f"{people[contact]} {rest[0]} {rest[5]}"
        message = json.loads(told).get("messageId", nameless)
        assert message not in activities or message == nameless
        activities[message] = (people[contact], firms.get(company, nobody), told, *map(str, rest))
    tasks = Counter(
        (people[contact], firms.get(company, nobody), done is not None, *map(str, rest))
        for contact, company, done, *rest in rows(
            url,
            "SELECT contact_id, company_id, completed_at, subject, description, type, owner_id,"
            " due_at, properties FROM tasks",
        )
    )
    return Held(
        records(url, "contacts", people),
        records(url, "companies", firms),
        {
            (people[contact], firms[company])
            for contact, company in rows(url, "SELECT contact_id, company_id FROM associations")
        },
        activities,
        tasks,
        {
            (frozenset({people[first], people[second]}), reason)
            for first, second, reason in rows(
                url, "SELECT first_id, second_id, reason FROM contact_duplicates"
            )
        },
    )


def aliases(url: str, noun: str) -> dict[str, tuple[str, ...]]:
    """Enginy's ids of each of the server's."""
    found: dict[str, list[str]] = defaultdict(list)
    for external_id, record_id in rows(
        url,
        f"SELECT external_id, record_id FROM {noun}_external_ids",  # noqa: S608 - a noun of ours
    ):
        found[record_id].append(external_id)
    return {record_id: tuple(sorted(names)) for record_id, names in found.items()}


def records(url: str, plural: str, names: dict[str, tuple[str, ...]]) -> dict[Any, str]:
    """The properties of each record."""
    query = f"SELECT id, properties FROM {plural} WHERE deleted_at IS NULL"  # noqa: S608 - as above
    return {names[record_id]: as_json(properties) for record_id, properties in rows(url, query)}


@dataclass(frozen=True)
class Played:
    """A scenario that was played, and what came of it."""

    database_url: str
    summary: Summary
    held: Held


def played(database_url: str, scenario: Scenario, faults: Faults = NO_FAULTS) -> Played:
    with running_server(database_url) as server:
        target = Target(server.url, KEY)
        summary = play(lambda: Client(target), scenario, faults)
    return Played(database_url, summary, held(database_url))


def new_database(directory: Path) -> str:
    return f"sqlite:///{directory}/customcrm.db"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return played(new_database(tmp_path_factory.mktemp("whole")), WHOLE)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return played(new_database(tmp_path_factory.mktemp("small")), SMALL)


def count(url: str, source: str) -> int:
    return int(rows(url, f"SELECT count(*) FROM {source}")[0][0])  # noqa: S608 - written below


def assert_the_numbers_are_those_of_the_server(one: Played, leads: int) -> None:
    url, summary = one.database_url, one.summary
    assert summary.errors == {}
    assert summary.skipped == 0
    assert summary.contacts.exported == leads == count(url, "contact_external_ids")
    assert summary.companies.exported == count(url, "company_external_ids")
    assert summary.contacts.created == count(url, "contacts")
    assert summary.companies.created == count(url, "companies")
    assert summary.associations == count(url, "associations")
    assert summary.tasks_created == count(url, "tasks")
    assert summary.tasks_completed == count(url, "tasks WHERE completed_at IS NOT NULL")
    kinds = rows(url, "SELECT type, direction, count(*) FROM activities GROUP BY type, direction")
    assert summary.activities == {f"{kind} {way}": number for kind, way, number in kinds}
    assert summary.contacts.found_again == summary.contacts.asked_again


def test_the_numbers_of_the_summary_are_those_of_the_server(whole: Played) -> None:
    assert_the_numbers_are_those_of_the_server(whole, 600)
    summary = whole.summary
    assert len(summary.activities) == 13
    assert 0 < summary.tasks_completed < summary.tasks_created
    assert summary.contacts.created < 600
    assert summary.contacts.asked_again > 50
    assert summary.contacts.matched == 0
    assert 0 < summary.latency.p50 <= summary.latency.p95 <= summary.latency.p99
    assert sum(summary.requests.values()) == count(whole.database_url, "calls")


def test_people_who_come_twice_are_one_and_others_are_not(whole: Played) -> None:
    twice = [names for names in whole.held.contacts if len(names) > 1]
    assert len(twice) == 600 - whole.summary.contacts.created > 10
    assert {len(names) for names in twice} == {2}
    assert {len(names) for names in whole.held.companies} == {1, 2}


def test_every_update_is_kept(whole: Played) -> None:
    engaged = [one for one in whole.held.contacts.values() if '"engaged_by_enginy": "Yes"' in one]
    assert len(engaged) > 400
    assert any('"last_reply_at"' in one for one in engaged)
    assert any('"lastContactedBy"' in one for one in whole.held.companies.values())


@pytest.mark.parametrize(
    "faults",
    [
        Faults(retry_every=2, drop_every=3),
        Faults(reorder=True, workers=2),
        EVERYTHING,
    ],
    ids=["sent again", "in any order", "everything"],
)
def test_whatever_goes_wrong_the_server_holds_the_same(
    small: Played, tmp_path: Path, faults: Faults
) -> None:
    wrong = played(new_database(tmp_path), SMALL, faults)

    assert_the_numbers_are_those_of_the_server(wrong, 180)
    assert wrong.held == small.held
    assert len(small.held.activities) > 400
    assert len(small.held.tasks) > 10


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return played(new_database(tmp_path_factory.mktemp("tiny")), TINY)


def test_it_is_the_same_on_postgresql(postgresql_server: PostgreSQL, tiny: Played) -> None:
    with postgresql_server.fresh_database() as url:
        there = played(url, TINY, EVERYTHING)
        assert_the_numbers_are_those_of_the_server(there, 110)
    assert there.held == tiny.held


def test_a_second_time_everybody_is_found(tiny: Played) -> None:
    again = played(tiny.database_url, TINY)
    assert again.summary.errors == {}
    assert again.summary.contacts.matched == 110
    assert again.summary.contacts.created == 0
    assert again.summary.companies.created == 0
    assert again.held.contacts.keys() == tiny.held.contacts.keys()
    # An event without a messageId is known for a repeat within a minute only.
    assert again.held.activities.keys() == tiny.held.activities.keys()
    assert again.summary.activities == tiny.summary.activities


LIVE = """
import datetime, sys
import msgspec
from customcrm.client.http import Client
from customcrm.client.target import Target
from customcrm.simulator.player import Tempo, play
from customcrm.simulator.scenario import Scenario

class Teller:
    def phase_started(self, title, calls, share):
        print(title, flush=True)
    def called(self, operation, status):
        pass

today = datetime.datetime.now(datetime.timezone.utc).date()
summary = play(
    lambda: Client(Target(*sys.argv[1:])),
    Scenario(until=today, leads=10, weeks=1),
    tempo=Tempo(rate=50, live=True),
    listener=Teller(),
)
print(msgspec.json.encode(summary).decode())
"""


@pytest.fixture
def database_of_a_live_server(tmp_path: Path) -> Iterator[tuple[str, str]]:
    url = new_database(tmp_path)
    with running_server(url) as server:
        yield url, server.url


def test_ctrl_c_ends_a_live_scenario_with_a_summary(
    database_of_a_live_server: tuple[str, str],
) -> None:
    database_url, url = database_of_a_live_server
    with subprocess.Popen(  # noqa: S603 - the script is written above
        [sys.executable, "-c", LIVE, url, KEY], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        title = next(line for line in process.stdout if line == "Live\n")
        past = count(database_url, "activities")
        assert eventually(lambda: count(database_url, "activities") > past + 10, within=10)
        process.send_signal(signal.SIGINT)
        told = process.stdout.read()
        assert process.wait(10) == 0
    assert title
    summary = json.loads(told)
    assert summary["interrupted"] is True
    assert sum(summary["activities"].values()) == count(database_url, "activities")
    recent = rows(database_url, "SELECT max(occurred_at), max(created_at) FROM activities")[0]
    assert recent[0] is not None
