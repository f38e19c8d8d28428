"""The changes of one record."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, literal, select, tuple_

from customcrm.operations.browsing.records import Change
from customcrm.store.catalogue.paging import clamped
from customcrm.store.tables import HISTORY

_AT: Final = select(HISTORY.c.at).where(HISTORY.c.number == bindparam("number"))
_NEWEST: Final = (
    select(HISTORY)
    .where(HISTORY.c.record_id == bindparam("record"))
    .order_by(HISTORY.c.at.desc(), HISTORY.c.number.desc())
)


def history(
    connection: Connection, record_id: str, before: int | None, size: int
) -> Sequence[Change]:
    """As `Catalogue.history`."""
    query = _NEWEST.limit(clamped(size))
    if before is not None:
        at = connection.execute(_AT, {"number": before}).scalar()
        if at is None:
            return []
        place = tuple_(literal(at, HISTORY.c.at.type), literal(before, HISTORY.c.number.type))
        query = query.where(tuple_(HISTORY.c.at, HISTORY.c.number) < place)
    return [change_of(row) for row in connection.execute(query, {"record": record_id})]


def change_of(row: Row[Any]) -> Change:
    """The change that a row of the table holds."""
    return Change(
        row.number,
        row.record_id,
        row.at,
        row.actor,
        row.action,
        row.old_values,
        row.new_values,
        row.job_id,
    )
