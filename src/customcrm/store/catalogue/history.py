"""The changes of one record."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, func, literal, select, true, tuple_

from customcrm.crm.revision import Action
from customcrm.operations.browsing.records import Change, ValueOrigin
from customcrm.store.batch import JsonKeys
from customcrm.store.catalogue.paging import clamped
from customcrm.store.tables import HISTORY

_AT: Final = select(HISTORY.c.at).where(HISTORY.c.number == bindparam("number"))
_ONE: Final = select(HISTORY).where(
    HISTORY.c.number == bindparam("number"), HISTORY.c.record_id == bindparam("record")
)
_NEWEST: Final = (
    select(HISTORY)
    .where(HISTORY.c.record_id == bindparam("record"))
    .order_by(HISTORY.c.at.desc(), HISTORY.c.number.desc())
)
_name = JsonKeys(HISTORY.c.new_values).table_valued("key", name="key")
_LAST: Final = (
    select(_name.c.key, func.max(HISTORY.c.number).label("number"))
    .select_from(HISTORY.join(_name, true()))
    .where(
        HISTORY.c.record_id == bindparam("record"),
        HISTORY.c.action.not_in([Action.ASSOCIATED, Action.DISSOCIATED]),
    )
    .group_by(_name.c.key)
    .subquery("last")
)
_ORIGINS: Final = select(_LAST.c.key, HISTORY.c.at, HISTORY.c.actor, HISTORY.c.action).join_from(
    _LAST, HISTORY, HISTORY.c.number == _LAST.c.number
)
"""Of each property the change that set it last. Links are told under names that are none."""


def origins(connection: Connection, record_id: str) -> dict[str, ValueOrigin]:
    """As `Catalogue.origins`."""
    found = connection.execute(_ORIGINS, {"record": record_id})
    return {row.key: ValueOrigin(row.at, row.actor, row.action) for row in found}


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


def change(connection: Connection, record_id: str, number: int) -> Change | None:
    """As `Catalogue.change`."""
    found = connection.execute(_ONE, {"record": record_id, "number": number}).first()
    return change_of(found) if found else None


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
