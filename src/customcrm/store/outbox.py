"""Whose cards have to be made anew: noted by whoever changes something, in the same transaction."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection

from customcrm.store.batch import insert_batch, rows
from customcrm.store.tables import OUTBOX

ACTIVITY: Final = "activity"
"""The kind of a row that tells of a new activity; the others are those of records."""

_INSERT: Final = insert_batch(OUTBOX, "kind", "record_id")


def note_changes(connection: Connection, changed: Iterable[tuple[str, str]]) -> None:
    """Note kinds and ids of what has changed, or has come."""
    connection.execute(_INSERT, rows(changed))
