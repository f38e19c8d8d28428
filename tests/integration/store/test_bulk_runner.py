"""How jobs in bulk are run, in both databases: stopped, cancelled, failed, and by two servers."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from customcrm.clock import system_clock
from customcrm.crm.records import Kind, Rules
from customcrm.operations.bulk import runner as running
from customcrm.operations.bulk.asking import (
    cancel_job,
    undo_job,
)
from customcrm.operations.bulk.jobs import Deed, Job, JobWriter, State, Verb
from customcrm.operations.bulk.runner import JobRunner
from customcrm.operations.bulk.steps import LEASE
from customcrm.operations.nouns import Noun
from customcrm.store.backend import Store
from tests.integration.store.jobs import (
    TO_TOM,
    asked,
    now,
    owners,
    run_all,
    step,
    undone,
)
from tests.integration.store.sql import count, rows
from tests.integration.store.world import (
    NOW,
    PATIENCE,
    RULES,
    at_once,
    create,
    firms,
    origin,
)


def test_a_job_that_was_stopped_goes_on_and_does_nothing_twice(
    store: Store, crowd: list[str], database_url: str
) -> None:
    job = asked(store, TO_TOM, crowd)
    step(store, 2)
    # As after a kill: another server comes, the lease of the first has ended.
    with closing(Store(database_url, system_clock)) as other:
        assert step(other, 2, "two", NOW) is None
        run_all(other, NOW + LEASE)
    done = now(store, job)
    assert (done.state, done.done, done.changed) == (State.DONE, 5, 5)
    per_record = rows(
        database_url, "SELECT count(*) FROM history WHERE job_id IS NOT NULL GROUP BY record_id"
    )
    assert per_record == [(1,)] * 5


def test_several_servers_do_each_thing_once(
    store: Store, crowd: list[str], database_url: str
) -> None:
    if database_url.startswith("sqlite"):
        pytest.skip("a SQLite file has one server")
    jobs = [asked(store, TO_TOM, crowd), asked(store, Deed(Verb.SET, "title", "CTO"))]
    with closing(Store(database_url, system_clock)) as other:

        def work(one: Store, name: str) -> Callable[[], None]:
            def steps() -> None:
                while any(not now(one, job).ended for job in jobs):
                    step(one, 1, name)

            return steps

        at_once([work(store, "one"), work(other, "two")])
    assert [now(store, job).changed for job in jobs] == [5, 5]
    assert rows(database_url, "SELECT count(*) FROM history WHERE job_id IS NOT NULL") == [(10,)]


def test_cancelled_it_does_no_more_and_what_it_did_can_be_undone(
    store: Store, crowd: list[str], database_url: str
) -> None:
    job = asked(store, TO_TOM, crowd)
    step(store, 2)
    cancel_job(store, job.id)
    run_all(store, NOW + LEASE)
    cancelled = now(store, job)
    assert (cancelled.state, cancelled.changed) == (State.CANCELLED, 2)
    assert owners(store, crowd) == ["tom", "tom", None, None, None]
    assert count(database_url, "bulk_items") == 0
    assert undone(store, job).changed == 2
    assert owners(store, crowd) == ["ana", "ana", None, None, None]


def test_an_undo_that_was_cancelled_goes_on_where_it_was(store: Store, crowd: list[str]) -> None:
    job = asked(store, TO_TOM, crowd)
    run_all(store)
    first = undo_job(store, job.id, origin())
    assert first is not None
    assert undo_job(store, job.id, origin()) == first
    step(store, 2, "runner")
    cancel_job(store, first.id)
    run_all(store, NOW + LEASE)
    second = undone(store, job)
    assert second.id != first.id
    assert (second.total, second.changed, second.left_alone) == (3, 3, 0)
    assert owners(store, crowd) == ["ana", "ana", None, None, None]


@pytest.fixture
def worker(store: Store) -> Iterator[JobRunner]:
    """One that fails at every company."""
    one = JobRunner(store, {Kind.CONTACT: RULES[Kind.CONTACT]}.__getitem__, system_clock)
    yield one
    one.close()


def wait_for(store: Store, job: Job) -> Job:
    deadline = datetime.now(UTC) + timedelta(seconds=PATIENCE)
    while not now(store, job).ended:
        assert datetime.now(UTC) < deadline
    return now(store, job)


def test_the_runner_works_beside_and_a_job_that_fails_holds_nobody_up(
    store: Store, crowd: list[str], worker: JobRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "LOOK_SECONDS", 0.01)
    bad = asked(store, TO_TOM, create(store, *firms(1), kind=Kind.COMPANY), Noun.COMPANY)
    good = asked(store, TO_TOM, crowd)
    worker.start()
    assert wait_for(store, good).changed == 5
    assert now(store, bad).state is State.FAILED


def test_a_job_that_fails_takes_no_other_one_down(
    store: Store, crowd: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "LOOK_SECONDS", 0.3)
    failing = threading.Event()

    def rules(kind: Kind) -> Rules:
        if kind is Kind.COMPANY:
            failing.set()
            raise LookupError
        return RULES[kind]

    bad = asked(store, TO_TOM, create(store, *firms(1), kind=Kind.COMPANY), Noun.COMPANY)
    worker = JobRunner(store, rules, system_clock)
    worker.start()
    with closing(worker):
        assert failing.wait(PATIENCE)
        # One that is counted goes before: it is the next while the runner draws breath.
        good = asked(store, TO_TOM)
        assert wait_for(store, good).state is State.DONE
        assert wait_for(store, bad).state is State.FAILED
    assert owners(store, crowd) == ["tom"] * 5


def test_a_job_that_another_server_does_costs_no_write_until_its_lease_has_ended(
    store: Store, crowd: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "LOOK_SECONDS", 0.01)
    job = asked(store, TO_TOM, crowd)
    until = system_clock() + timedelta(seconds=0.5)
    theirs = replace(job, runner="another", leased_until=until)
    store.write_jobs(lambda writer: writer.keep_job(theirs))
    written, write = [], store.write_jobs

    def counting(work: Callable[[JobWriter], Any]) -> Any:
        written.append(system_clock())
        return write(work)

    monkeypatch.setattr(store, "write_jobs", counting)
    store.run_jobs(RULES.__getitem__)
    assert wait_for(store, job).changed == 5
    # One to do it, and none to find that nothing is left.
    assert len(written) == 1
    assert written[0] >= until


def test_what_is_asked_for_is_begun_at_once(
    store: Store, crowd: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "LOOK_SECONDS", 10 * PATIENCE)
    store.run_jobs(RULES.__getitem__)
    job = asked(store, TO_TOM, crowd)
    assert wait_for(store, job).changed == 5
    undo = undo_job(store, job.id, origin())
    assert undo is not None
    assert wait_for(store, undo).changed == 5
