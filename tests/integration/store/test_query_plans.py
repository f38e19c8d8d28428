"""Every look-up goes by an index: its time grows with the logarithm of what is stored."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from customcrm.contract.activities import CreateActivity
from customcrm.contract.tasks import CompleteTasks, CreateTask, UpdateTask
from customcrm.crm.duplicates import Reason
from customcrm.crm.records import Kind
from customcrm.operations.activities import create_activity, read_activity
from customcrm.operations.associations import create_associations
from customcrm.operations.browsing.cards import Cursor
from customcrm.operations.explaining import explain_id, explain_record
from customcrm.operations.merging.merges import merge_records, undo_merge
from customcrm.operations.merging.suggestions import dismiss
from customcrm.operations.ports import Pair
from customcrm.operations.records import read_records, sync_records
from customcrm.operations.tasks import complete_tasks, create_task, read_tasks, update_task
from customcrm.store.answers import remove_expired
from customcrm.store.backend import Store
from customcrm.store.calls import clean_up
from customcrm.store.tables import METADATA
from tests.integration.store.driver import Driver
from tests.integration.store.sql import connected
from tests.integration.store.world import (
    NOW,
    RULES,
    create,
    firms,
    origin,
    people,
    request,
    update,
)

STOCK = 50_000
_ON_FILE = {
    "contacts": "'c' || n, repeat(' ', 300) || '{}', n, n, NULL, NULL",
    "contact_external_ids": "'e' || n, 'c' || n, n",
    "contact_keys": "'email', 'k' || n, 'c' || n",
    "contact_duplicates": "'c' || n, 'c' || (n + 1), 'email', n, 100, NULL, NULL",
    "companies": "'c' || n, repeat(' ', 300) || '{}', n, n, NULL, NULL",
    "company_external_ids": "'e' || n, 'c' || n, n",
    "company_keys": "'domain', 'k' || n, 'c' || n",
    "company_duplicates": "'c' || n, 'c' || (n + 1), 'domain', n, 98, NULL, NULL",
    "merges": "'m' || n, 'contact', 'c' || n, 'c' || (n + 1), n, 'user:u', NULL, NULL, '{}'",
    "associations": "'c' || n, 'c' || n, '{}', n",
    "answers": "'a' || n, 'd', '{}', n",
}
"""The columns of row `n` of each table that grows and is looked up."""


def _visit(store: Store) -> None:
    """Let the store do everything it can do to a record, a task and an activity."""
    for kind, make in [(Kind.CONTACT, people), (Kind.COMPANY, firms)]:
        known = make(3, "known")
        ids = create(store, *known, kind=kind)
        create(store, *known, kind=kind)
        create(store, *[{**one, "externalId": f"o{one['externalId']}"} for one in known], kind=kind)
        mixed = {**known[0], "linkedinUrl": known[1]["linkedinUrl"], "externalId": "mixed"}
        create(store, mixed, kind=kind)
        field = "email" if kind is Kind.CONTACT else "domain"
        update(store, {"crmId": ids[0], field: "x@new.example", "externalId": "n"}, kind=kind)
        sync_records(store, RULES[kind], known, origin())
        read_records(store, kind, ids)
        _merge(store, kind, ids)
        explain_record(store, RULES[kind], mixed)
        explain_id(store, kind, ids[0])
    contact, company = create(store, people(1)[0]) + create(store, firms(1)[0], kind=Kind.COMPANY)
    for said in ({}, {"role": "CEO"}):
        create_associations(store, [Pair(contact, company, said)], origin())
    task = create_task(store, CreateTask("s"), {}, request(), origin()).task
    create_task(store, CreateTask("s"), {}, request(), origin(NOW + timedelta(days=1)))
    update_task(store, task.id, UpdateTask(subject="t"), {}, origin())
    complete_tasks(store, CompleteTasks([task.id]), origin())
    read_tasks(store, [task.id])
    sent = CreateActivity("EMAIL", contact_id=contact, occurred_at=NOW, metadata={"messageId": "m"})
    activity = create_activity(store, sent, {}, request(), origin()).activity
    read_activity(store, activity.id)


def _merge(store: Store, kind: Kind, ids: list[str]) -> None:
    """Merge two records, look at what may be one, and take the merge back."""
    done = merge_records(store.merges, RULES[kind], ids[0], ids[2], {}, origin())
    store.merges.merges_into(kind, ids[0])
    for reason in (None, Reason.NAME):
        store.merges.suggestions(kind, reason, Cursor("a b", 90), 25)
        store.merges.suggestions(kind, reason, Cursor("a b", 90, backwards=True), 25)
    dismiss(store.merges, kind, (ids[0], ids[1]), origin())
    undo_merge(store.merges, RULES[kind], done.id, origin())


def _plans(driver: Driver, url: str, prefix: str) -> Iterator[tuple[str, str]]:
    """Every statement that was given, once, with each line of its plan."""
    given = {statement.text: statement for statement in driver.data}
    with connected(url) as connection:
        for text, statement in given.items():
            for row in connection.exec_driver_sql(f"{prefix} {text}", statement.parameters):
                yield text, str(row[-1])


def test_sqlite_searches_and_never_scans_a_table(
    driver: Driver, sqlite_url: str, quiet_store: Store
) -> None:
    driver.clear()
    _visit(quiet_store)
    plans = list(_plans(driver, sqlite_url, "EXPLAIN QUERY PLAN"))

    # What may be scanned are the rows of the parameter, and a few that were searched for.
    scans = {
        line
        for _, line in plans
        if line.startswith("SCAN")
        and not re.match(r"SCAN (item VIRTUAL TABLE|batch\b|oldest\b|near\b)", line)
    }
    searched = {line.split()[1] for _, line in plans if line.startswith("SEARCH")}
    assert scans == set()
    assert {"contacts", "contact_keys", "stored", "survivor", "activities"} <= searched
    assert {"contact_external_ids", "contact_duplicates", "tasks", "answers"} <= searched
    assert not any("AUTOMATIC" in line for _, line in plans)
    for table in ("contact_keys", "company_keys"):
        lines = {line for _, line in plans if line.startswith(f"SEARCH {table} ")}
        assert [line for line in lines if "(kind=? AND value=?" not in line] == []


@pytest.fixture
def quiet_store(driver: Driver, sqlite_url: str) -> Iterator[Store]:
    del driver
    opened = Store(sqlite_url, lambda: NOW)
    yield opened
    opened.close()


def test_sqlite_cleans_up_by_an_index(driver: Driver, sqlite_url: str, quiet_store: Store) -> None:
    del quiet_store
    driver.clear()
    with connected(sqlite_url) as connection:
        clean_up(connection, NOW)
        remove_expired(connection, NOW)
    lines = [line for _, line in _plans(driver, sqlite_url, "EXPLAIN QUERY PLAN")]

    assert [line for line in lines if line.startswith("SCAN")] == []
    assert any("ix_calls_pulse" in line for line in lines)
    assert any("ix_answers_expires_at" in line for line in lines)


def _stock(url: str) -> None:
    with connected(url) as connection:
        for table, row in _ON_FILE.items():
            # A pair of duplicates needs a neighbour.
            most = STOCK - table.endswith("duplicates")
            connection.exec_driver_sql(
                f"INSERT INTO {table} SELECT {row} FROM generate_series(1, {most}) AS n"  # noqa: S608
            )
        connection.exec_driver_sql(
            "INSERT INTO activities (id, type, properties, created_at, contact_id, occurred_at,"
            " happened_at, repeat_key)"
            " SELECT 'a' || n, 'EMAIL', '{}', n, 'c' || mod(n, 5000), n, n, 'r' || n"
            " FROM generate_series(1, 50000) AS n"
        )
        connection.exec_driver_sql(
            "INSERT INTO tasks (id, subject, properties, created_at, updated_at)"
            " SELECT 't' || n, 's', '{}', n, n FROM generate_series(1, 50000) AS n"
        )
        connection.exec_driver_sql("ANALYZE")


def _postgresql_only(url: str) -> None:
    if not url.startswith("postgresql"):
        pytest.skip("SQLite has a test of its own")


def test_postgresql_scans_no_big_table(driver: Driver, store: Store, database_url: str) -> None:
    _postgresql_only(database_url)
    _stock(database_url)
    driver.clear()
    _visit(store)
    given = {s.text for s in driver.data}

    plans = list(_plans(driver, database_url, "EXPLAIN"))

    big = "|".join([*_ON_FILE, "activities", "tasks"])
    scans = [(text, line) for text, line in plans if re.search(rf"Seq Scan on ({big})\b", line)]
    assert scans == []
    assert len(given) > 25
    indexes = set(re.findall(r"(?:using|Scan on) ((?:pk|ix|uq)_\w+)", str([p for _, p in plans])))
    assert {
        "pk_contacts",
        "pk_contact_keys",
        "pk_contact_external_ids",
        "ix_contact_external_ids_record_id",
        "pk_contact_duplicates",
        "ix_activities_contact",
        "uq_activities_repeat_key",
        "pk_answers",
        "pk_tasks",
    } <= indexes
    assert indexes & {"pk_associations", "ix_associations_company_id"}


def test_postgresql_plans_for_the_table_as_it_is_now(
    driver: Driver, store: Store, database_url: str
) -> None:
    """A plan kept from when a table was empty scans it for each row of a batch."""
    _postgresql_only(database_url)
    for _ in range(15):
        _visit(store)

    kept = []
    for connection in driver.raw:
        if not connection.closed:
            kept += connection.execute(
                "SELECT statement FROM pg_prepared_statements WHERE generic_plans > 0"
            ).fetchall()
            connection.rollback()

    assert kept == []


def test_the_stock_names_every_table_that_grows_and_is_looked_up() -> None:
    not_looked_up = {"history", "calls", "users", "api_keys"}
    read_whole = {"rule_choices", "property_definitions", "duplicate_searches", "derivations"}
    with_a_test_of_their_own = {
        "sessions",
        "links",
        "bulk_jobs",
        "bulk_items",
        "views",
        "view_pins",
    }
    read_by_people = {"outbox", "contact_cards", "company_cards", "property_names", "campaigns",
                      "tallies", "campaign_tallies", "activity_kinds",
                      "doubtful_records"}  # fmt: skip

    others = not_looked_up | read_whole | with_a_test_of_their_own | read_by_people
    looked_up = set(METADATA.tables) - others
    assert {*_ON_FILE, "activities", "tasks"} == looked_up
