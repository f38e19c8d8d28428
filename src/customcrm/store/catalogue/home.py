"""The numbers on the first page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, literal_column, select

from customcrm.crm.records import Kind
from customcrm.operations.browsing.events import (
    CallFilter,
    Day,
    TaskFilter,
    TaskLine,
    TaskState,
)
from customcrm.operations.browsing.home import Home, Totals, Waiting
from customcrm.store.catalogue.activities import activity_lines
from customcrm.store.catalogue.calls import calls, pulse
from customcrm.store.catalogue.cards import cards_by_id
from customcrm.store.catalogue.streams import Stretch, read_streams
from customcrm.store.catalogue.tallies import day_counts, ever
from customcrm.store.catalogue.tasks import aliases, count_tasks, tasks
from customcrm.store.tables import CARDS, TASKS

MOST: Final = 10
"""People who wait, and tasks of each kind, that are shown."""

MOST_FAILURES: Final = 5

_OPEN: Final = select(func.count()).select_from(TASKS).where(TASKS.c.completed_at.is_(None))
_CARDS: Final = CARDS[Kind.CONTACT]
# As the index says it, to the letter: a bound value would keep the databases from using it.
_WAITING: Final = (
    select(_CARDS.c.id)
    .where(literal_column("waiting = 1"))
    .order_by(_CARDS.c.last_inbound.desc(), _CARDS.c.number.desc())
    .limit(MOST + 1)
)


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
    last = {one: _last_inbound(connection, one) for one in shown if one in cards}
    lines = {
        line.activity.id: line
        for line in activity_lines(connection, [one for one in last.values() if one])
    }
    waiting = [
        Waiting(cards[one], lines[activity])
        for one, activity in last.items()
        if activity is not None and activity in lines
    ]
    return tuple(waiting), len(ids) > MOST


def _last_inbound(connection: Connection, contact_id: str) -> str | None:
    names = aliases(connection, Kind.CONTACT, contact_id)
    streams = [{"contact_id": name, "direction": "INBOUND"} for name in names]
    return next((place.id for place in read_streams(connection, streams, Stretch(None, 1))), None)


def _tasks(
    connection: Connection, state: TaskState, today: Day
) -> tuple[tuple[TaskLine, ...], int]:
    chosen = TaskFilter(state=state, day=today)
    return tasks(connection, chosen, None, MOST).items, count_tasks(connection, chosen)
