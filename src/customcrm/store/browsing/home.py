"""The numbers on the first page."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import BigInteger, Connection, func, select, type_coerce

from customcrm.crm.records import Kind
from customcrm.operations.browsing.cards import Card
from customcrm.operations.browsing.events import CallFilter, Day, TaskFilter, TaskState
from customcrm.operations.browsing.home import DayCount, Home, Totals, Waiting
from customcrm.store.browsing.activities import SELECT, lines
from customcrm.store.browsing.calls import calls, pulse
from customcrm.store.browsing.cards import card_of, total
from customcrm.store.browsing.tasks import count_tasks, tasks
from customcrm.store.columns import microseconds
from customcrm.store.outbox import ACTIVITY
from customcrm.store.projection import QUARTER
from customcrm.store.tables import ACTIVITIES, CARDS, TALLIES, TASKS

WAITING: Final = 8
DUE: Final = 10
FAILURES: Final = 5


def home(connection: Connection, today: Day, days: Sequence[Day], now: datetime) -> Home:
    """As `Catalogue.home`."""
    waiting = _waiting(connection)
    overdue = TaskFilter(state=TaskState.OVERDUE, day=today)
    due = TaskFilter(state=TaskState.TODAY, day=today)
    last = calls(connection, CallFilter(), None, 1).items
    return Home(
        totals=_totals(connection),
        days=_days(connection, days),
        waiting=waiting[:WAITING],
        waiting_more=len(waiting) > WAITING,
        overdue=tasks(connection, overdue, None, DUE).items,
        overdue_count=count_tasks(connection, overdue),
        today=tasks(connection, due, None, DUE).items,
        today_count=count_tasks(connection, due),
        pulse=pulse(connection, now),
        last_call=last[0] if last else None,
        failures=calls(connection, CallFilter(failed=True), None, FAILURES).items,
    )


def _totals(connection: Connection) -> Totals:
    open_tasks = select(func.count()).select_from(TASKS).where(TASKS.c.completed_at.is_(None))
    return Totals(
        total(connection, Kind.CONTACT),
        total(connection, Kind.COMPANY),
        int(connection.execute(open_tasks).scalar_one()),
        total(connection, ACTIVITY),
    )


def _days(connection: Connection, days: Sequence[Day]) -> tuple[DayCount, ...]:
    """What came on each day: days begin on a quarter of an hour, wherever they are."""
    first, last = _slot(days[0].start), _slot(days[-1].end)
    query = select(
        TALLIES.c.kind,
        TALLIES.c.slot,
        TALLIES.c.type,
        TALLIES.c.direction,
        TALLIES.c.count.label("number"),
    ).where(TALLIES.c.slot >= first, TALLIES.c.slot < last)
    counts: list[dict[tuple[str, str, str], int]] = [{} for _ in days]
    bounds = [_slot(one.start) for one in days] + [last]
    places = {
        slot: number
        for number, (begin, finish) in enumerate(pairwise(bounds))
        for slot in range(begin, finish)
    }
    for row in connection.execute(query):
        number = places.get(row.slot)
        if number is not None:
            key = (row.kind, row.type, row.direction)
            counts[number][key] = counts[number].get(key, 0) + row.number
    return tuple(
        DayCount(
            one,
            found.get((Kind.CONTACT, "", ""), 0),
            found.get((Kind.COMPANY, "", ""), 0),
            {(key[1], key[2]): number for key, number in found.items() if key[0] == ACTIVITY},
        )
        for one, found in zip(days, counts, strict=True)
    )


def _slot(moment: datetime) -> int:
    return microseconds(moment) // QUARTER


def _waiting(connection: Connection) -> tuple[Waiting, ...]:
    """Who has replied last, and one more than are shown, if there is."""
    table = CARDS[Kind.CONTACT]
    query = (
        select(table.c.id, table.c.shown)
        .where(table.c.waiting == 1)
        .order_by(table.c.last_inbound_at.desc())
        .limit(WAITING + 1)
    )
    cards = [card_of(row.id, row.shown, {}) for row in connection.execute(query)]
    found: list[Any] = []
    for card in cards:
        last = connection.execute(_last_of(card)).first()
        if last is not None:
            found.append((card, last))
    said = lines(connection, [row for _, row in found])
    return tuple(Waiting(card, line) for (card, _), line in zip(found, said, strict=True))


def _last_of(card: Card) -> Any:
    """The latest activity of a contact; of what was merged into it too."""
    happened = type_coerce(ACTIVITIES.c.happened_at, BigInteger)
    return (
        SELECT.where(ACTIVITIES.c.contact_id == card.id, ACTIVITIES.c.direction == "INBOUND")
        .order_by(happened.desc(), ACTIVITIES.c.id.desc())
        .limit(1)
    )
