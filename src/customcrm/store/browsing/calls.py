"""The log of the calls received, newest first."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, case, func, or_, select

from customcrm.operations.browsing.cards import Cursor, Page
from customcrm.operations.browsing.events import CallFilter, CallLine
from customcrm.operations.browsing.home import OperationPulse
from customcrm.operations.calls import Call, CallItem, Tally
from customcrm.store.tables import CALLS

_REFUSED: Final = CALLS.c.status >= 400  # noqa: PLR2004 - no success
_FAILED: Final = or_(_REFUSED, CALLS.c.failed > 0)
_LAST_DAY: Final = timedelta(hours=24)


def _where(chosen: CallFilter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if chosen.operation is not None:
        where.append(CALLS.c.operation == chosen.operation)
    if chosen.failed is not None:
        where.append(_FAILED if chosen.failed else ~_FAILED)
    return where


def _line(row: Row[Any]) -> CallLine:
    items = [
        CallItem(one["index"], one["id"], one["recordId"], one["effect"], one["reason"])
        for one in row.items
    ]
    counts = (row.received, row.created, row.updated, row.linked, row.unchanged, row.matched)
    tally = Tally(*counts, row.failed, items)
    call = Call(
        row.request_id, row.at, row.operation, row.status, row.duration_us, row.actor, row.error,
        tally,
    )  # fmt: skip
    return CallLine(row.number, call)


def calls(
    connection: Connection, chosen: CallFilter, at: Cursor | None, size: int
) -> Page[CallLine]:
    """As `Catalogue.calls`."""
    backwards = bool(at and at.backwards)
    query = select(CALLS).where(*_where(chosen)).limit(size + 1)
    if at is not None:
        query = query.where(CALLS.c.number > at.number if backwards else CALLS.c.number < at.number)
    order = CALLS.c.number if backwards else CALLS.c.number.desc()
    found: Sequence[Row[Any]] = connection.execute(query.order_by(order)).all()
    more, rows = len(found) > size, found[:size]
    if not rows:
        return Page(())
    lines = tuple(_line(row) for row in (reversed(rows) if backwards else rows))
    return Page(
        lines,
        Cursor(0, lines[0].number, backwards=True) if (more if backwards else at) else None,
        Cursor(0, lines[-1].number) if (backwards or more) else None,
    )


def call(connection: Connection, number: int) -> CallLine | None:
    """As `Catalogue.call`."""
    row = connection.execute(select(CALLS).where(CALLS.c.number == number)).one_or_none()
    return None if row is None else _line(row)


def pulse(connection: Connection, now: datetime) -> tuple[OperationPulse, ...]:
    """What came of each operation in the last 24 hours, the latest first."""
    refused = func.sum(case((_REFUSED, 1), else_=0))
    last = func.max(CALLS.c.at, type_=CALLS.c.at.type)
    query = (
        select(
            CALLS.c.operation,
            func.count().label("calls"),
            refused.label("refused"),
            func.sum(CALLS.c.received).label("received"),
            func.sum(CALLS.c.failed).label("failed"),
            last.label("last_at"),
        )
        .where(CALLS.c.at >= now - _LAST_DAY)
        .group_by(CALLS.c.operation)
        .order_by(last.desc())
    )
    return tuple(
        OperationPulse(
            row.operation, row.calls, int(row.refused), int(row.received), int(row.failed),
            row.last_at,
        )
        for row in connection.execute(query)
    )  # fmt: skip
