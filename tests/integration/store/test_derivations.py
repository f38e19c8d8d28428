"""Stored data follows the rules of this version, whatever happens while it is updated."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from alembic import command
from sqlalchemy import text

from customcrm.clock import system_clock
from customcrm.crm.records import Kind
from customcrm.operations.editing import delete_records
from customcrm.operations.merging.merges import merge_records
from customcrm.store.backend import Store
from customcrm.store.derivations import match_keys, search_documents
from customcrm.store.derivations import runner as runner_module
from customcrm.store.derivations.derivation import Access, Derivation, Step
from customcrm.store.derivations.match_keys import missing_keys, stale_keys
from customcrm.store.derivations.registry import DERIVATIONS
from customcrm.store.derivations.runner import LEASE, DerivationRunner
from customcrm.store.schema import _config
from tests.integration.store.sql import connected, rows, run
from tests.integration.store.world import NOW, RULES, create, origin, update
from tests.unit.fakes import FakeClock

SINGULAR = {Kind.CONTACT: "contact", Kind.COMPANY: "company"}
PLURAL = {Kind.CONTACT: "contacts", Kind.COMPANY: "companies"}
BEFORE = "0011"
"""The last schema without derivations."""


def contact(number: int) -> dict[str, Any]:
    """A contact; some have odd values or no keys at all."""
    odd: list[dict[str, Any]] = [
        {},
        {"email": None, "phone": "+34 600 111 222"},
        {"email": "none@none.com", "linkedinUrl": "https://linkedin.com/in/None"},
        {"email": 5, "linkedinUrl": ["x"], "phone": {"a": 1}},
        {"mobilePhone": "+1-555-0123", "leadCountry": "Spain"},
        {"firstName": "Łukasz", "company": "Ernst & Young"},
        {"personalEmails": ["x@home.example"], "phones": ["+1234567890"]},
        {"email": f"info@firm{number % 7}.example"},
    ]
    plain = {
        "email": f"p{number}@firm{number % 50}.example",
        "linkedinUrl": f"https://www.linkedin.com/in/p{number}/",
        "firstName": f"First{number}",
        "lastName": f"Last{number % 9}",
        "company": f"Firm {number % 50} Inc",
    }
    return plain | odd[number % len(odd)]


def company(number: int) -> dict[str, Any]:
    odd: list[dict[str, Any]] = [
        {},
        {"domain": "https://etsy.com/shop/oak"},
        {"domain": None, "website": f"www.site{number}.example/en"},
        {"name": "O'Brien & Sons Ltd"},
        {"domain": "example.com", "name": "unknown"},
    ]
    return {"name": f"Firm {number} GmbH", "domain": f"firm{number}.example"} | odd[number % 5]


def keys_of_all(url: str, kind: Kind) -> set[tuple[str, str, str]]:
    found = rows(url, f"SELECT kind, value, record_id FROM {SINGULAR[kind]}_keys")  # noqa: S608
    return {(str(one), str(value), str(record)) for one, value, record in found}


def keys_that_should_be(url: str, kind: Kind) -> set[tuple[str, str, str]]:
    """The keys of every record that is alive, or merged into one that is, by its properties."""
    query = "SELECT id, properties, deleted_at, merged_into FROM {}"
    found = {row[0]: row for row in rows(url, query.format(PLURAL[kind]))}
    return {
        (*key, record_id)
        for record_id, properties, deleted, merged in found.values()
        if deleted is None and (merged is None or found[merged][2] is None)
        for key in RULES[kind].keys_of(json.loads(properties))
    }


def insert_old(url: str, kind: Kind, number: int) -> None:
    """Records of an old version: with the keys of other rules, with false ones, or with none."""
    made = [contact(n) if kind is Kind.CONTACT else company(n) for n in range(number)]
    ids = [f"{kind}_{n:06}" for n in range(number)]
    Random(3).shuffle(ids)  # noqa: S311
    insert = (
        f"INSERT INTO {PLURAL[kind]} (id, properties, created_at, updated_at, deleted_at)"  # noqa: S608
        " VALUES (:i, :p, 1, 1, :d)"
    )
    add_key = f"INSERT INTO {SINGULAR[kind]}_keys (kind, value, record_id) VALUES (:k, :v, :i)"  # noqa: S608
    with connected(url) as connection:
        for n, (record_id, values) in enumerate(zip(ids, made, strict=True)):
            deleted = 1 if n % 11 == 0 else None
            told = {"i": record_id, "p": json.dumps(values), "d": deleted}
            connection.execute(text(insert), told)
            for key in RULES[kind].keys_of(values)[n % 2 :]:
                connection.execute(text(add_key), {"k": key.kind, "v": key.value, "i": record_id})
            connection.execute(text(add_key), {"k": "name", "v": f"false {n % 5}", "i": record_id})


def old_database(url: str, number: int = 400) -> None:
    with connected(url) as connection:
        command.upgrade(_config(connection), BEFORE)
    for kind in Kind:
        insert_old(url, kind, number)


def forget(url: str) -> None:
    """Have everything derived anew."""
    run(url, "DELETE FROM derivations")


def states(url: str) -> dict[str, tuple[Any, ...]]:
    found = rows(url, "SELECT name, done, total, completed_at, runner FROM derivations")
    return {str(name): tuple(rest) for name, *rest in found}


class OpenStore(Store):
    """A store whose transactions and derivations a test can reach."""

    @property
    def access(self) -> Access:
        return Access(self._read, self._database.hold, lambda: None)

    def write_step(self, step: Step) -> None:
        self._write(step.write)

    def runner(self, clock: FakeClock, *some: Derivation) -> DerivationRunner:
        hold = self._database.hold
        return DerivationRunner(
            some or DERIVATIONS, self._read, self._write, hold, clock, lambda: None
        )


@contextmanager
def opened(url: str) -> Iterator[OpenStore]:
    with closing(OpenStore(url, system_clock)) as store:
        yield store


@pytest.fixture
def store(database_url: str) -> Iterator[OpenStore]:
    with opened(database_url) as one:
        yield one


def test_a_new_database_has_nothing_to_derive(store: OpenStore, database_url: str) -> None:
    assert states(database_url).keys() == {one.name for one in DERIVATIONS}
    assert all(completed is not None for _, _, completed, _ in states(database_url).values())
    create(store, *({"externalId": str(n)} for n in range(3)))
    assert store.catalogue.derivation_progress() is None


def test_the_keys_of_an_old_database_become_those_of_a_fresh_import(database_url: str) -> None:
    old_database(database_url)
    with opened(database_url) as store:
        assert keys_of_all(database_url, Kind.CONTACT) != keys_that_should_be(
            database_url, Kind.CONTACT
        )
        store.derive_pending()
        for kind in Kind:
            assert keys_of_all(database_url, kind) == keys_that_should_be(database_url, kind)
        assert store.catalogue.derivation_progress() is None
    assert all(done >= total for done, total, *_ in states(database_url).values())


def test_keys_of_deleted_and_merged_records_are_as_a_merge_leaves_them(
    store: OpenStore, database_url: str
) -> None:
    ids = create(store, *({"externalId": str(n), **contact(n)} for n in range(30)))
    ids = list(dict.fromkeys(ids))
    merge(store, ids[0], ids[1])
    merge(store, ids[2], ids[3])
    for deleted in (ids[2], ids[5]):
        delete(store, deleted)
    before = keys_of_all(database_url, Kind.CONTACT)
    assert before == keys_that_should_be(database_url, Kind.CONTACT)
    run(database_url, "DELETE FROM contact_keys WHERE kind <> 'name'")
    for record in (ids[2], ids[3], ids[5], ids[6]):
        run(
            database_url, "INSERT INTO contact_keys VALUES ('email', 'x@old.example', :i)", i=record
        )
    forget(database_url)
    store.derive_pending()
    assert keys_of_all(database_url, Kind.CONTACT) == before


def test_search_documents_are_made_anew(store: OpenStore, database_url: str) -> None:
    create(store, *({"externalId": str(n), **contact(n)} for n in range(40)))
    create(store, *({"externalId": str(n), **company(n)} for n in range(20)), kind=Kind.COMPANY)
    store.project_pending()
    query = "SELECT id, name, words, facets FROM {}_cards ORDER BY id"
    fresh = {kind: rows(database_url, query.format(kind)) for kind in Kind}
    for kind in Kind:
        spoil = "UPDATE {}_cards SET words = ' old ', name_key = 'old', name = 'O'"
        run(database_url, spoil.format(kind))
    forget(database_url)
    store.derive_pending()
    store.project_pending()
    assert {kind: rows(database_url, query.format(kind)) for kind in Kind} == fresh


def test_older_records_wait_while_many_changes_wait(
    store: OpenStore, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_documents, "MAX_BACKLOG", 5)
    create(store, *({"externalId": str(n)} for n in range(10)))
    (derivation,) = [one for one in DERIVATIONS if one.name == "contact search documents"]
    assert rows(database_url, "SELECT count(*) FROM outbox") == [(10,)]
    assert derivation.take(store.access, "", 4) is None
    store.project_pending()
    step = derivation.take(store.access, "", 4)
    assert step is not None
    assert step.looked == 4


def merge(store: Store, survivor: str, merged: str) -> None:
    merge_records(store.merges, RULES[Kind.CONTACT], survivor, merged, {}, origin())


def delete(store: Store, record_id: str) -> None:
    delete_records(store, RULES[Kind.CONTACT], [record_id], origin())


def step_of(derivation: Derivation, store: OpenStore) -> Step:
    step = derivation.take(store.access, "", 100)
    assert step is not None
    return step


def test_what_is_written_while_a_step_is_computed_keeps_its_own_keys(
    store: OpenStore, database_url: str
) -> None:
    ids = create(store, *({"externalId": str(n), "email": f"a{n}@x.example"} for n in range(6)))
    run(database_url, "DELETE FROM contact_keys")
    missing = step_of(missing_keys(Kind.CONTACT), store)
    update(store, {"crmId": ids[0], "email": "new@x.example"}, {"crmId": ids[1], "email": None})
    delete(store, ids[2])
    merge(store, ids[3], ids[4])
    store.write_step(missing)
    assert keys_of_all(database_url, Kind.CONTACT) == keys_that_should_be(
        database_url, Kind.CONTACT
    )


def test_a_stale_key_that_became_right_meanwhile_stays(store: OpenStore, database_url: str) -> None:
    one, other = create(store, {"externalId": "1", "email": "a@x.example"}, {"externalId": "2"})
    add = "INSERT INTO contact_keys VALUES ('email', :v, :i)"
    run(database_url, add, v="b@x.example", i=one)
    run(database_url, add, v="c@x.example", i=other)
    stale = step_of(stale_keys(Kind.CONTACT), store)
    update(store, {"crmId": one, "email": "b@x.example"})
    store.write_step(stale)
    assert keys_of_all(database_url, Kind.CONTACT) == {("email", "b@x.example", one)}


def test_an_update_may_bring_a_key_that_older_rules_gave(
    store: OpenStore, database_url: str
) -> None:
    (one,) = create(store, {"externalId": "1"})
    run(database_url, "INSERT INTO contact_keys VALUES ('email', 'a@x.example', :i)", i=one)
    update(store, {"crmId": one, "email": "a@x.example"})
    assert keys_of_all(database_url, Kind.CONTACT) == {("email", "a@x.example", one)}


def test_writes_go_on_beside_it_and_lose_nothing(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner_module, "LARGEST", 25)
    old_database(database_url, 300)
    with opened(database_url) as store:
        ids = [
            one for (one,) in rows(database_url, "SELECT id FROM contacts WHERE deleted_at IS NULL")
        ]
        stop = threading.Event()

        def write(seed: int) -> None:
            dice = Random(seed)  # noqa: S311
            while not stop.is_set():
                some = dice.sample(ids, 5)
                changes = [
                    {"crmId": one, "email": f"n{dice.randrange(10**6)}@new.example"} for one in some
                ]
                update(store, *changes)
                create(
                    store, {"externalId": f"{seed} {dice.random()}", **contact(dice.randrange(99))}
                )

        threads = [threading.Thread(target=write, args=(seed,)) for seed in range(3)]
        for thread in threads:
            thread.start()
        store.derive_pending()
        stop.set()
        for thread in threads:
            thread.join()
        for kind in Kind:
            assert keys_of_all(database_url, kind) == keys_that_should_be(database_url, kind)


CHILD = """
import sys
from customcrm.clock import system_clock
from customcrm.store.backend import Store
from customcrm.store.derivations import runner
runner.LARGEST = runner.SMALLEST = 5
store = Store(sys.argv[1], system_clock)
print("open", flush=True)
store.derive_pending()
print("done", flush=True)
"""


def test_it_goes_on_where_a_killed_server_stopped(database_url: str) -> None:
    old_database(database_url, 300)
    seen = []
    for wait in (0.1, 0.25, 0.4):
        child = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", CHILD, database_url], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        time.sleep(wait)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        seen.append(sum(done for done, *_ in states(database_url).values()))
    assert seen == sorted(seen)
    assert seen[-1] > 0
    later = FakeClock(system_clock() + LEASE + timedelta(seconds=1))
    with closing(Store(database_url, later)) as store:
        store.derive_pending()
        for kind in Kind:
            assert keys_of_all(database_url, kind) == keys_that_should_be(database_url, kind)
    assert all(done >= total for done, total, *_ in states(database_url).values())


def test_one_server_works_while_another_holds_the_lease(
    store: OpenStore, database_url: str
) -> None:
    create(store, *({"externalId": str(n)} for n in range(60)))
    forget(database_url)
    clock = FakeClock(NOW)
    derivation = missing_keys(Kind.CONTACT)
    first, second = (store.runner(clock, derivation) for _ in range(2))
    first.begin()
    access = store.access
    assert first.take_step(derivation, access)
    assert not second.take_step(derivation, access)
    clock.advance(LEASE.total_seconds() + 1)
    assert second.take_step(derivation, access)
    assert not first.take_step(derivation, access)
    second.release()
    first.run_pending(store.project_pending)
    assert states(database_url)[derivation.name][:2] == (60, 60)


def test_a_step_is_written_by_one_server_only(store: OpenStore, database_url: str) -> None:
    create(store, *({"externalId": str(n)} for n in range(60)))
    forget(database_url)
    clock = FakeClock(NOW)
    derivation = missing_keys(Kind.CONTACT)
    first, second = (store.runner(clock, derivation) for _ in range(2))
    first.begin()
    kept = []

    def take(access: Access, place: str, size: int) -> Step | None:
        step = derivation.take(access, place, size)
        if place == "":
            kept.append(second.take_step(derivation, access))
        return step

    assert not first.take_step(
        Derivation(derivation.name, derivation.version, "contacts", derivation.count, take),
        store.access,
    )
    assert kept == [True]
    assert states(database_url)[derivation.name][0] == 20


def test_a_higher_version_is_derived_again_and_a_lower_one_is_left_alone(
    store: OpenStore, database_url: str
) -> None:
    create(store, *({"externalId": str(n)} for n in range(5)))
    clock, looked = FakeClock(NOW), []

    def versioned(version: int) -> Derivation:
        def take(access: Access, place: str, size: int) -> Step:
            del access, place, size
            looked.append(version)
            return Step(None, 5)

        return Derivation("test", version, "contacts", lambda _: 5, take)

    for version in (2, 2, 3, 1, 3):
        store.runner(clock, versioned(version)).run_pending(store.project_pending)
    assert looked == [2, 3]
    assert states(database_url)["test"][0] == 5


def test_one_odd_record_does_not_stop_the_others(
    store: OpenStore, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = create(store, *({"externalId": str(n), "email": f"a{n}@x.example"} for n in range(5)))
    run(database_url, "DELETE FROM contact_keys")
    forget(database_url)
    rules = RULES[Kind.CONTACT]

    def keys_of(properties: Any) -> Any:
        if properties["email"].startswith("a3"):
            raise ValueError
        return rules.keys_of(properties)

    monkeypatch.setitem(match_keys.RULES, Kind.CONTACT, replace(rules, keys_of=keys_of))
    store.derive_pending()
    found = {record for *_, record in keys_of_all(database_url, Kind.CONTACT)}
    assert found == {one for n, one in enumerate(ids) if n != 3}


def test_progress_is_told_in_records_and_percent(store: OpenStore, database_url: str) -> None:
    create(store, *({"externalId": str(n)} for n in range(7)))
    run(database_url, "UPDATE derivations SET completed_at = NULL, total = 200, done = 50")
    run(database_url, "UPDATE derivations SET total = 300 WHERE name = 'contact keys, stale'")
    progress = store.catalogue.derivation_progress()
    assert progress is not None
    assert progress.records == 300 + 200 + 200
    assert 0 < progress.percent < 30
    run(database_url, "UPDATE derivations SET done = 100000")
    progress = store.catalogue.derivation_progress()
    assert progress is not None
    assert progress.percent == 99


def test_the_thread_of_a_server_brings_everything_up_to_date_and_ends(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner_module, "SHARE", 1.0)
    old_database(database_url, 100)
    with opened(database_url) as store:
        store.start_derivations()
        (thread,) = [one for one in threading.enumerate() if one.name == "derivations"]
        thread.join(30)
        assert not thread.is_alive()
        for kind in Kind:
            assert keys_of_all(database_url, kind) == keys_that_should_be(database_url, kind)
