"""What people edit, delete and look up by hand is found by an index, however much there is."""

import re
from datetime import timedelta

from customcrm.contract.tasks import CreateTask
from customcrm.crm.records import Kind
from customcrm.operations.browsing.cards import Cursor
from customcrm.operations.browsing.events import Day, TaskFilter, TaskState
from customcrm.operations.browsing.records import TimelineFilter
from customcrm.operations.editing import Edit, delete_records
from customcrm.operations.nouns import Noun
from customcrm.operations.tasks import create_task, delete_tasks, edit_task, restore_tasks
from customcrm.store.backend import Store
from tests.integration.store.driver import Driver
from tests.integration.store.sql import connected, run
from tests.integration.store.world import NOW, RULES, create, origin, request

STOCK = 30_000
SCANS = re.compile(r"(?:SCAN|Seq Scan on) (tasks|history|contacts)\b")
DAY = Day(NOW, NOW + timedelta(days=1))


_SOME = "CASE WHEN n % 500 = 0 THEN n END"
_ON_FILE = {
    "tasks (id, subject, properties, created_at, updated_at, due_at, due_day, completed_at,"
    " owner_id, deleted_at)": "'t' || n, 's', '{}', n, n, CASE WHEN n % 7 < 3 THEN n END,"
    " CASE WHEN n % 7 > 3 THEN n * 86400000000 END, CASE WHEN n % 2 = 0 THEN n END,"
    f" 'o' || (n % 100), {_SOME}",
    "history (record_id, at, actor, action, old_values, new_values)": (
        "'t' || (n % 3000), n, 'a', 'updated', '{}', '{}'"
    ),
    "contacts (id, properties, created_at, updated_at, deleted_at)": (
        f"'contact_' || n, '{{}}', n, n, {_SOME}"
    ),
}
"""The columns of row `n` of tables that grow; few of the rows are deleted."""


def _stock(url: str) -> None:
    numbers = "SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :most"
    for columns, row in _ON_FILE.items():
        run(
            url,
            f"INSERT INTO {columns} WITH RECURSIVE numbers(n) AS ({numbers})"  # noqa: S608 - literals
            f" SELECT {row} FROM numbers",
            most=STOCK,
        )
    run(url, "ANALYZE")


def _visit(store: Store, contact: str) -> None:
    """Everything that is new to the database with editing."""
    catalogue = store.catalogue
    sent = CreateTask("s", contact_id=contact)
    task = create_task(store, sent, {}, request(), origin()).task.id
    edit_task(store, task, [Edit("subject", "s", "t")], origin())
    delete_tasks(store, [task], origin())
    restore_tasks(store, [task], origin())
    delete_records(store, RULES[Kind.CONTACT], [contact], origin())
    for noun in Noun:
        catalogue.bin(noun, None, 50)
        catalogue.bin(noun, Cursor("t25000", 25_000), 50)
    catalogue.origins(task)
    catalogue.change(task, 7)
    for state in TaskState:
        catalogue.tasks(TaskFilter(state=state, day=DAY, owner="o1"), None, 50)
        catalogue.tasks(TaskFilter(state=state, day=DAY), None, 50)
    catalogue.timeline(Kind.CONTACT, contact, TimelineFilter(tasks=True), None, 50)


def test_nothing_takes_longer_the_more_there_is(
    driver: Driver, store: Store, database_url: str
) -> None:
    (contact,) = create(store, {"externalId": "1"})
    _stock(database_url)
    driver.clear()

    _visit(store, contact)

    prefix = "EXPLAIN QUERY PLAN" if database_url.startswith("sqlite") else "EXPLAIN"
    given = {one.text: one for one in driver.data}
    with connected(database_url) as connection:
        plans = [
            (statement, str(line[-1]))
            for statement, one in given.items()
            for line in connection.exec_driver_sql(f"{prefix} {statement}", one.parameters)
        ]
    # The index of tasks without a date holds nothing else, in the order of the list.
    scans = [one for one in plans if SCANS.search(one[1]) and "ix_tasks_undated_id" not in one[1]]
    assert scans == []
    used = set(re.findall(r"ix_\w+", " ".join(line for _, line in plans)))
    assert {
        "ix_tasks_deleted_at_id",
        "ix_contacts_deleted_at_id",
        "ix_tasks_owner_id_due_at_id",
        "ix_tasks_due_at_id",
        "ix_tasks_owner_id_due_day_id",
        "ix_tasks_due_day_id",
        "ix_tasks_undated_owner_id_id",
        "ix_tasks_undated_id",
        "ix_tasks_completed_at_id",
        "ix_history_record_id_at_number",
    } <= used
