"""What jobs in bulk and views ask goes by an index, however many there were before."""

import re

from customcrm.clock import system_clock
from customcrm.operations.browsing.cards import CardFilter
from customcrm.operations.bulk.asking import start_job, undo_job
from customcrm.operations.bulk.jobs import Deed, Selection, Verb
from customcrm.operations.bulk.runner import JobRunner
from customcrm.operations.nouns import Noun
from customcrm.operations.views import View, save_view
from customcrm.store.backend import Store
from tests.integration.store.driver import Driver
from tests.integration.store.sql import connected, run
from tests.integration.store.world import NOW, RULES, create, origin, people

OWNER = "user_ana"
_FINE = re.compile(
    r"SCAN ((item|json_each) VIRTUAL TABLE|batch\b|gathered\b|\w+_words VIRTUAL TABLE"
    r"|bulk_jobs USING INDEX)"
)
"""Rows of the parameter, the index of words, and indexes of jobs that are read from their end."""


def _visit(store: Store) -> None:
    create(store, *people(3))
    store.project_pending()
    for deed, chosen in (
        (Deed(Verb.SET, "ownerId", "tom"), CardFilter()),
        (Deed(Verb.DELETE), CardFilter(search="p-1", created_from=NOW)),
    ):
        job = start_job(store, Noun.CONTACT, deed, Selection(cards=chosen), origin())
        runner = JobRunner(store, RULES.__getitem__, lambda: NOW)
        runner.run_pending()
        undo_job(store, job.id, origin())
        runner.run_pending()
    store.read_jobs(lambda reader: reader.jobs(100))
    view = save_view(store.views, View("", OWNER, Noun.CONTACT, "Mine", "q=a"), origin())
    store.views.pin_view(OWNER, view.id, NOW)
    store.views.views(OWNER, Noun.CONTACT)
    store.views.pinned(OWNER)
    store.views.view(OWNER, view.id)


def test_sqlite_scans_no_table(driver: Driver, sqlite_url: str) -> None:
    store = Store(sqlite_url, system_clock)
    run(sqlite_url, "INSERT INTO users (id, name, created_at) VALUES (:id, 'Ana', 0)", id=OWNER)
    driver.clear()
    _visit(store)
    store.close()
    ours = re.compile("bulk_|views|view_pins|job_id|_cards")
    mine = {one.text: one for one in driver.data if ours.search(one.text)}
    lines = set()
    with connected(sqlite_url) as connection:
        for text, statement in mine.items():
            told = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", statement.parameters)
            lines |= {str(row[-1]) for row in told}
    assert len(mine) > 10
    assert [line for line in lines if line.startswith("SCAN") and not _FINE.match(line)] == []
    assert not any("AUTOMATIC" in line for line in lines)
    assert any("ix_history_job_id_number" in line for line in lines)
    assert any("ix_views_shared" in line for line in lines)
