"""Answers kept for repeats of their requests."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, select

from customcrm.operations.ports import Answer
from customcrm.store.columns import Instant
from customcrm.store.tables import ANSWERS

_BY_KEY: Final = select(ANSWERS).where(ANSWERS.c.key == bindparam("wanted"))
_REMOVE: Final = delete(ANSWERS).where(ANSWERS.c.key == bindparam("gone"))
_INSERT: Final = insert(ANSWERS)
_REMOVE_EXPIRED: Final = delete(ANSWERS).where(
    ANSWERS.c.expires_at <= bindparam("now", type_=Instant())
)


def answer(connection: Connection, key: str, at: datetime) -> Answer | None:
    """As `Writer.answer`. An expired answer is removed, to make room for the next."""
    row = connection.execute(_BY_KEY, {"wanted": key}).one_or_none()
    if row is None:
        return None
    if row.expires_at <= at:
        connection.execute(_REMOVE, {"gone": key})
        return None
    return Answer(row.key, row.digest, row.body, row.expires_at)


def keep_answer(connection: Connection, kept: Answer) -> None:
    """As `Writer.keep_answer`."""
    connection.execute(_INSERT, kept._asdict())


def remove_expired(connection: Connection, now: datetime) -> None:
    """Remove the answers whose repeats are new requests by now."""
    connection.execute(_REMOVE_EXPIRED, {"now": now})
