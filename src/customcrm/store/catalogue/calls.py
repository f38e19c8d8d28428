"""Lists of the calls received, the latest first; and how Enginy is doing."""

from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Row,
    case,
    cast,
    func,
    literal_column,
    select,
)

from customcrm.operations.browsing.cards import Cursor, Page
from customcrm.operations.browsing.events import CallFilter, CallLine
from customcrm.operations.browsing.home import OperationPulse
from customcrm.operations.calls import Call, CallItem, Tally
from customcrm.store.catalogue.paging import Line, clamped, page_of
from customcrm.store.tables import CALLS

PULSE: Final = timedelta(hours=24)
"""The span of time of which the pulse tells."""

# As the index says it, to the letter: a bound value would keep the databases from using it.
_REFUSED: Final[ColumnElement[bool]] = literal_column("status >= 400")
_FAILED: Final[ColumnElement[bool]] = literal_column("(status >= 400 OR failed > 0)")
_SUCCEEDED: Final[ColumnElement[bool]] = literal_column("(status < 400 AND failed = 0)")


def calls(
    connection: Connection, chosen: CallFilter, at: Cursor | None, size: int
) -> Page[CallLine]:
    """As `Catalogue.calls`."""
    if chosen.problems:
        return Page(())
    size = clamped(size)
    number = CALLS.c.number
    backwards = at is not None and at.backwards
    query = select(CALLS).limit(size + 1).order_by(number.asc() if backwards else number.desc())
    if at is not None:
        query = query.where(number > at.number if backwards else number < at.number)
    if chosen.operation is not None:
        query = query.where(CALLS.c.operation == chosen.operation)
    if chosen.failed is not None:
        query = query.where(_FAILED if chosen.failed else _SUCCEEDED)
    found = connection.execute(query).all()
    return page_of([Line("", row.number, _line(row)) for row in found], at, size)


def call(connection: Connection, number: int) -> CallLine | None:
    """As `Catalogue.call`."""
    row = connection.execute(select(CALLS).where(CALLS.c.number == number)).one_or_none()
    return None if row is None else _line(row)


def _line(row: Row[Any]) -> CallLine:
    tally = Tally(
        received=row.received,
        created=row.created,
        updated=row.updated,
        linked=row.linked,
        unchanged=row.unchanged,
        matched=row.matched,
        failed=row.failed,
        items=msgspec.convert(row.items, list[CallItem]),
    )
    told = Call(
        id=row.request_id,
        at=row.at,
        operation=row.operation,
        status=row.status,
        duration_us=row.duration_us,
        actor=row.actor,
        error=row.error,
        tally=tally,
    )
    return CallLine(row.number, told)


def pulse(connection: Connection, now: datetime) -> tuple[OperationPulse, ...]:
    """What came in the last 24 hours, by operation, the latest first."""
    latest = func.max(CALLS.c.at, type_=CALLS.c.at.type)
    succeeded = case((_REFUSED, 0), else_=CALLS.c.failed)
    query = (
        select(
            CALLS.c.operation,
            func.count().label("calls"),
            func.sum(case((_REFUSED, 1), else_=0)).label("refused"),
            cast(func.sum(CALLS.c.received), BigInteger).label("received"),
            cast(func.sum(succeeded), BigInteger).label("failed"),
            latest.label("last_at"),
        )
        .where(CALLS.c.at >= now - PULSE)
        .group_by(CALLS.c.operation)
        .order_by(latest.desc(), CALLS.c.operation)
    )
    return tuple(OperationPulse(*row) for row in connection.execute(query))
