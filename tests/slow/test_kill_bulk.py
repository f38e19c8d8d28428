"""``kill -9`` in the middle of a job in bulk: the server goes on, and does nothing twice."""

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from customcrm.clock import new_id, system_clock
from customcrm.crm.records import Kind
from customcrm.operations.browsing.cards import CardFilter
from customcrm.operations.bulk.asking import start_job, undo_job
from customcrm.operations.bulk.jobs import Deed, Job, Selection, State, Verb
from customcrm.operations.nouns import Noun
from customcrm.operations.ports import Origin
from customcrm.store.backend import Store
from tests.acceptance.records import create
from tests.acceptance.server import Server, running_server
from tests.databases import PostgreSQL
from tests.integration.store.sql import rows

MANY = 3_000
PATIENCE = 240
ORIGIN = Origin("user:ana", system_clock, new_id)


def wait_until(store: Store, job: Job, enough: Callable[[Job], bool]) -> Job:
    deadline = time.monotonic() + PATIENCE
    while True:
        found = store.read_jobs(lambda reader: reader.job(job.id))
        assert found is not None
        if enough(found):
            return found
        assert time.monotonic() < deadline, found
        time.sleep(0.005)


def killed_within(server: Server, store: Store, job: Job) -> Job:
    """The job at its end, after a kill while it ran."""
    wait_until(store, job, lambda one: one.done > 0)
    server.kill()
    half = wait_until(store, job, lambda _: True)
    assert 0 < half.done < MANY, "it was over before the server died"
    server.start()
    return wait_until(store, job, lambda one: one.ended)


def survive(url: str) -> None:
    people = [{"externalId": f"p-{n}", "lastName": f"Person {n}"} for n in range(MANY)]
    with running_server(url) as server, closing(Store(url, system_clock)) as store:
        with server.client() as client:
            create(client, "contacts", *people)
        deadline = time.monotonic() + PATIENCE
        while store.catalogue.count_cards(Kind.CONTACT, CardFilter()) < MANY:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        everybody = Selection(cards=CardFilter())
        job = start_job(store, Noun.CONTACT, Deed(Verb.SET, "ownerId", "tom"), everybody, ORIGIN)
        done = killed_within(server, store, job)
        assert (done.state, done.total, done.changed) == (State.DONE, MANY, MANY)
        undo = undo_job(store, job.id, ORIGIN)
        assert undo is not None
        undone = killed_within(server, store, undo)
        assert (undone.state, undone.changed, undone.left_alone) == (State.DONE, MANY, 0)
    told = rows(url, "SELECT job_id, count(*), count(DISTINCT record_id) FROM history GROUP BY 1")
    assert {(job.id, MANY, MANY), (undo.id, MANY, MANY)} <= set(told)
    assert rows(url, "SELECT count(*) FROM contacts WHERE properties LIKE '%ownerId%'") == [(0,)]


def test_a_job_survives_a_kill_on_sqlite(tmp_path: Path) -> None:
    survive(f"sqlite:///{tmp_path}/customcrm.db")


def test_a_job_survives_a_kill_on_postgresql(postgresql_server: PostgreSQL) -> None:
    with postgresql_server.fresh_database() as url:
        survive(url)
