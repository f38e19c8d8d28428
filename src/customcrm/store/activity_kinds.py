"""Types and directions of activities beyond those of the contract, as they were sent."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, select, text

from customcrm.contract.activities import ACTIVITY_TYPES, DIRECTIONS, Activity
from customcrm.store.tables import ACTIVITY_KINDS

MAX_KINDS: Final = 100
"""Kinds beyond the contract's that lists are read by and offer as filters."""

_KNOWN_DIRECTIONS: Final = (*DIRECTIONS, None)
_ADD: Final = text(
    "INSERT INTO activity_kinds (type, direction) VALUES (:type, :direction) "
    "ON CONFLICT (type, direction) DO NOTHING"
)
_OTHERS: Final = (
    select(ACTIVITY_KINDS.c.type, ACTIVITY_KINDS.c.direction)
    .order_by(ACTIVITY_KINDS.c.type, ACTIVITY_KINDS.c.direction)
    .limit(MAX_KINDS + 1)
)

ActivityKind = tuple[str, str | None]
"""A type and a direction."""


def add_activity_kind(connection: Connection, activity: Activity) -> None:
    """Store the kind of an activity, unless it is one of the contract's: then nothing is done."""
    if activity.type in ACTIVITY_TYPES and activity.direction in _KNOWN_DIRECTIONS:
        return
    connection.execute(_ADD, {"type": activity.type, "direction": activity.direction or ""})


def other_activity_kinds(connection: Connection) -> Sequence[ActivityKind]:
    """Return the kinds that are not the contract's; one more than `MAX_KINDS` if there are more."""
    return [(row.type, row.direction or None) for row in connection.execute(_OTHERS)]
