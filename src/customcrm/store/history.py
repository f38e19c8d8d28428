"""History: a row for each change of a record."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from customcrm.operations.ports import Stamp
from customcrm.store.batch import insert_batch, rows
from customcrm.store.columns import microseconds, to_json
from customcrm.store.tables import HISTORY

_INSERT: Final = insert_batch(
    HISTORY, "record_id", "at", "actor", "action", "old_values", "new_values", "job_id"
)


class HistoryRow(NamedTuple):
    """What changed on one record."""

    record_id: str
    action: str
    old_values: dict[str, Any]
    new_values: dict[str, Any]


def keep_history(connection: Connection, changes: Iterable[HistoryRow], stamp: Stamp) -> None:
    """Keep what changed."""
    at = microseconds(stamp.at)
    connection.execute(
        _INSERT,
        rows(
            (row.record_id, at, stamp.actor, row.action,
             to_json(row.old_values), to_json(row.new_values), stamp.job)
            for row in changes
        ),
    )  # fmt: skip
