"""The numbers on the first page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, func, literal_column, select, union_all

from customcrm.crm.records import Kind
from customcrm.operations.browsing.events import (
    CallFilter,
    Day,
    TaskFilter,
    TaskLine,
    TaskState,
)
from customcrm.operations.browsing.home import Home, Totals, Waiting
from customcrm.store.batch import singles, text_batch
from customcrm.store.card_tables import CARDS
from customcrm.store.catalogue.activities import activity_excerpts
from customcrm.store.catalogue.calls import calls, pulse
from customcrm.store.catalogue.cards import cards_by_id
from customcrm.store.catalogue.tallies import day_counts, ever
from customcrm.store.catalogue.tasks import count_tasks, tasks
from customcrm.store.tables import ACTIVITIES, RECORDS, TASKS

MOST: Final = 10
"""People who wait, and tasks of each kind, that are shown."""

MOST_FAILURES: Final = 5

_OPEN: Final = (
    select(func.count())
    .select_from(TASKS)
    .where(TASKS.c.completed_at.is_(None), TASKS.c.deleted_at.is_(None))
)
_CARDS: Final = CARDS[Kind.CONTACT]
# As the index says it, to the letter: a bound value would keep the databases from using it.
_WAITING: Final = (
    select(_CARDS.c.id)
    .where(literal_column("waiting = 1"))
    .order_by(_CARDS.c.last_inbound.desc(), _CARDS.c.number.desc())
    .limit(MOST + 1)
)


def _last_inbound() -> Select[Any]:
    """The activity by which each of some contacts waits: kept under its id, or a merged one's."""
    batch, merged = text_batch("id"), RECORDS[Kind.CONTACT].records.alias("merged")
    own = select(_CARDS.c.id.label("asked"), _CARDS.c.id.label("id"), _CARDS.c.last_inbound)
    names = union_all(
        own.join_from(batch, _CARDS, _CARDS.c.id == batch.c.id),
        select(_CARDS.c.id, merged.c.id, _CARDS.c.last_inbound)
        .join_from(batch, _CARDS, _CARDS.c.id == batch.c.id)
        .join(merged, merged.c.merged_into == _CARDS.c.id),
    ).cte("names")
    return (
        select(names.c.asked, ACTIVITIES.c.id)
        .join_from(names, ACTIVITIES, ACTIVITIES.c.contact_id == names.c.id)
        .where(
            ACTIVITIES.c.happened_at == names.c.last_inbound,
            ACTIVITIES.c.direction == "INBOUND",
            ACTIVITIES.c.automatic.is_(None),
        )
        .order_by(ACTIVITIES.c.id)
    )


_LAST_INBOUND: Final = _last_inbound()


def home(connection: Connection, today: Day, days: Sequence[Day], now: datetime) -> Home:
    """As `Catalogue.home`."""
    waiting, more = _waiting(connection)
    overdue, overdue_count = _tasks(connection, TaskState.OVERDUE, today)
    due, due_count = _tasks(connection, TaskState.TODAY, today)
    latest = calls(connection, CallFilter(), None, 1).items
    return Home(
        totals=_totals(connection),
        days=day_counts(connection, days),
        waiting=waiting,
        waiting_more=more,
        overdue=overdue,
        overdue_count=overdue_count,
        today=due,
        today_count=due_count,
        pulse=pulse(connection, now),
        last_call=latest[0] if latest else None,
        failures=calls(connection, CallFilter(failed=True), None, MOST_FAILURES).items,
    )


def _totals(connection: Connection) -> Totals:
    totals = ever(connection)
    return Totals(
        contacts=totals.records.get(Kind.CONTACT, 0),
        companies=totals.records.get(Kind.COMPANY, 0),
        open_tasks=connection.execute(_OPEN).scalar_one(),
        activities=sum(totals.activities.values()),
    )


def _waiting(connection: Connection) -> tuple[tuple[Waiting, ...], bool]:
    ids = connection.execute(_WAITING).scalars().all()
    shown = ids[:MOST]
    cards = cards_by_id(connection, Kind.CONTACT, shown)
    last = {row.asked: row.id for row in connection.execute(_LAST_INBOUND, singles(shown))}
    lines = {line.activity.id: line for line in activity_excerpts(connection, list(last.values()))}
    waiting = [
        Waiting(cards[one], lines[last[one]]) for one in shown if one in cards and one in last
    ]
    return tuple(waiting), len(ids) > MOST


def _tasks(
    connection: Connection, state: TaskState, today: Day
) -> tuple[tuple[TaskLine, ...], int]:
    chosen = TaskFilter(state=state, day=today)
    return tasks(connection, chosen, None, MOST).items, count_tasks(connection, chosen)
