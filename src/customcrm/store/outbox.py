"""The outbox: which cards must be made anew. A write says so in its own transaction."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from customcrm.contract.activities import Activity
from customcrm.store.batch import insert_batch, rows, singles
from customcrm.store.card_tables import OUTBOX
from customcrm.store.columns import microseconds

_INSERT: Final = insert_batch(OUTBOX, "record_id")
_INSERT_ACTIVITY: Final = insert_batch(OUTBOX, "record_id", "type", "direction", "happened_at")


def announce(connection: Connection, record_ids: Iterable[str]) -> None:
    """Say that contacts or companies have changed: created, updated, linked, deleted, merged.

    After a merge, announce both. Who is linked to them need not be announced.
    """
    connection.execute(_INSERT, singles(dict.fromkeys(record_ids)))


def announce_activity(connection: Connection, activity: Activity, happened_at: datetime) -> None:
    """Say that there is a new activity, which is to be counted once."""
    at = microseconds(happened_at)
    about: list[str | None] = [one for one in (activity.contact_id, activity.company_id) if one]
    first, *others = about or [None]
    told: list[tuple[str | int | None, ...]] = [
        (first, activity.type, activity.direction or "", at),
        *((other, None, None, None) for other in others),
    ]
    connection.execute(_INSERT_ACTIVITY, rows(told))
