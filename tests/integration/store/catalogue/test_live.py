"""What was written last, and how far the data has come."""

import re
from collections.abc import Callable

from customcrm.contract.activities import CreateActivity
from customcrm.contract.tasks import CompleteTasks, CreateTask
from customcrm.crm.records import Kind
from customcrm.operations.associations import create_associations
from customcrm.operations.browsing.live import LATEST, Latest
from customcrm.operations.calls import Call, Tally
from customcrm.operations.ports import Pair
from customcrm.operations.tasks import complete_tasks, create_task
from customcrm.store.backend import Store
from customcrm.store.calls import insert_calls
from tests.integration.store.driver import Driver
from tests.integration.store.sql import connected, run
from tests.integration.store.world import (
    NOW,
    create,
    firms,
    logged,
    origin,
    people,
    request,
    update,
)


def news(store: Store, work: Callable[[], object]) -> Latest:
    """What is new after something was done; the mark must have moved."""
    known, mark = store.catalogue.latest(()), store.catalogue.mark()
    work()
    assert store.catalogue.mark()[:3] != mark[:3]
    return store.catalogue.latest(known.keys)


def told(latest: Latest) -> list[tuple[str, set[str]]]:
    return [(one.noun, set(one.ids)) for one in latest.fresh]


def test_an_empty_crm_has_come_nowhere(store: Store) -> None:
    assert store.catalogue.mark() == (0, "", 0, None)
    assert store.catalogue.latest(()) == ((0, "", 0, None), frozenset(), ())


def test_every_write_is_news_under_the_ids_of_all_pages_that_show_it(
    store: Store, database_url: str
) -> None:
    catalogue = store.catalogue
    (contact,) = create(store, people(1)[0])
    (company,) = create(store, firms(1)[0], kind=Kind.COMPANY)
    create_associations(store, [Pair(contact, company, {})], origin())

    found = news(store, lambda: update(store, {"crmId": contact, "title": "CEO"}))
    assert told(found) == [("contact", {contact, company})]
    assert found.fresh[0].at == NOW
    assert found.mark.due is not None
    assert catalogue.latest(found.keys).fresh == ()

    asked = CreateTask("Call", contact_id=contact)
    tasks: list[str] = []
    found = news(
        store,
        lambda: tasks.append(create_task(store, asked, {}, request(), origin()).task.id),
    )
    assert told(found) == [("task", {tasks[0], contact, company})]
    found = news(store, lambda: complete_tasks(store, CompleteTasks(tasks), origin()))
    assert told(found) == [("task", {tasks[0], contact, company})]

    said = CreateActivity("EMAIL", contact_id=contact)
    found = news(store, lambda: logged(store, said, {}))
    ((noun, ids),) = told(found)
    assert (noun, ids - {found.fresh[0].key}) == ("activity", {contact, company})

    call = Call("request_1", NOW, "health", 200, 1, "key:1", "", Tally())
    with connected(database_url) as connection:
        insert_calls(connection, [call])
    assert ("call", set()) in told(catalogue.latest(found.keys))

    store.project_pending()
    assert catalogue.mark().due is None


def test_what_came_for_a_merged_record_is_news_of_its_survivor(
    store: Store, database_url: str
) -> None:
    merged, kept = create(store, *people(2))
    run(database_url, "UPDATE contacts SET merged_into = :to WHERE id = :id", to=kept, id=merged)
    found = news(store, lambda: logged(store, CreateActivity("EMAIL", contact_id=merged), {}))
    assert found.fresh[0].ids >= {merged, kept}


def test_what_is_told_at_once_is_bounded(store: Store) -> None:
    create(store, *people(LATEST + 50))
    assert len(store.catalogue.latest(()).fresh) == LATEST


def test_no_table_is_scanned(driver: Driver, store: Store, database_url: str) -> None:
    create(store, *people(5))
    driver.clear()
    store.catalogue.mark()
    store.catalogue.latest(())
    prefix = "EXPLAIN QUERY PLAN" if database_url.startswith("sqlite") else "EXPLAIN"
    with connected(database_url) as connection:
        if database_url.startswith("postgresql"):
            # As where the tables are large: of a small one PostgreSQL reads all.
            connection.exec_driver_sql("SET enable_seqscan = off")
        lines = [
            str(row[-1])
            for one in driver.data
            for row in connection.exec_driver_sql(f"{prefix} {one.text}", one.parameters)
        ]
    assert len(lines) > 10
    scans = [line for line in lines if re.search(r"Seq Scan|SCAN", line)]
    # Along an index or by the number, from its end, and no further than was asked for.
    allowed = (
        r"SCAN (CONSTANT ROW|item VIRTUAL TABLE|batch\b|newest|history|activities|calls|outbox)"
    )
    assert [line for line in scans if not re.match(allowed, line)] == []
    assert not any("TEMP B-TREE" in line or "Sort" in line for line in lines)
