"""How much came, by the quarter of an hour: the days of every time zone are sums of quarters."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, Connection, Select, cast, func, select, text

from customcrm.crm.records import Kind
from customcrm.operations.browsing.events import Day
from customcrm.operations.browsing.home import DayCount
from customcrm.store.batch import number_batch, rows
from customcrm.store.card_tables import TALLIES
from customcrm.store.columns import microseconds

QUARTER: Final = 900_000_000
"""Microseconds of a quarter of an hour."""

EVER: Final = -(2**62)
"""The quarter under which all quarters are counted together."""

ACTIVITY: Final = "activity"

_ADD: Final = text(
    "INSERT INTO tallies (quarter, noun, type, direction, count) "
    "VALUES (:quarter, :noun, :type, :direction, :count) "
    "ON CONFLICT (quarter, noun, type, direction) "
    "DO UPDATE SET count = tallies.count + excluded.count"
)
_EVER: Final = select(
    TALLIES.c.noun, TALLIES.c.type, TALLIES.c.direction, TALLIES.c["count"].label("total")
).where(TALLIES.c.quarter == EVER)


class Tally(NamedTuple):
    """What is counted: a contact, a company, or an activity of a type and a direction."""

    at: int
    noun: str
    type: str = ""
    direction: str = ""


class Ever(NamedTuple):
    """How much there is of everything."""

    records: dict[str, int]
    activities: dict[tuple[str, str], int]


def add_tallies(connection: Connection, tallies: Counter[Tally]) -> None:
    """Count what came, and take back what went, by microseconds at which it had come."""
    sums: Counter[tuple[int, str, str, str]] = Counter()
    for tally, count in tallies.items():
        sums[(tally.at // QUARTER, *tally[1:])] += count
        sums[(EVER, *tally[1:])] += count
    told = [
        dict(zip(("quarter", "noun", "type", "direction"), key, strict=True), count=count)
        for key, count in sorted(sums.items())
        if count
    ]
    if told:
        connection.execute(_ADD, told)


def ever(connection: Connection) -> Ever:
    """How much there is of everything."""
    found = connection.execute(_EVER).all()
    return Ever(
        {row.noun: row.total for row in found if row.noun != ACTIVITY},
        {(row.type, row.direction): row.total for row in found if row.noun == ACTIVITY},
    )


def _days() -> Select[Any]:
    batch = number_batch("day", "first", "last")
    return (
        select(
            batch.c.day,
            TALLIES.c.noun,
            TALLIES.c.type,
            TALLIES.c.direction,
            cast(func.sum(TALLIES.c["count"]), BigInteger).label("total"),
        )
        .join_from(
            batch,
            TALLIES,
            (TALLIES.c.quarter >= batch.c.first) & (TALLIES.c.quarter < batch.c.last),
        )
        .group_by(batch.c.day, TALLIES.c.noun, TALLIES.c.type, TALLIES.c.direction)
    )


_DAYS: Final = _days()


def day_counts(connection: Connection, days: Sequence[Day]) -> tuple[DayCount, ...]:
    """What came on each of these days."""
    spans = [(number, *map(_quarter, day)) for number, day in enumerate(days)]
    records: Counter[tuple[int, str]] = Counter()
    activities: list[dict[tuple[str, str], int]] = [{} for _ in days]
    for row in connection.execute(_DAYS, rows(spans)):
        if row.noun == ACTIVITY:
            activities[row.day][row.type, row.direction] = row.total
        else:
            records[row.day, row.noun] = row.total
    return tuple(
        DayCount(
            day,
            contacts=records[number, Kind.CONTACT],
            companies=records[number, Kind.COMPANY],
            activities=activities[number],
        )
        for number, day in enumerate(days)
    )


def _quarter(moment: datetime) -> int:
    return microseconds(moment) // QUARTER
