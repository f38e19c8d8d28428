"""Where time and new ids come from, so that tests can own both."""

from collections.abc import Callable
from datetime import UTC, datetime

import uuid_utils

Clock = Callable[[], datetime]
"""Gives the present moment, in UTC."""

NewId = Callable[[str], str]
"""Gives a new id for a noun: `contact` gives `contact_…`, URL-safe and later than all before."""


def system_clock() -> datetime:
    """The machine's clock, in UTC."""
    return datetime.now(UTC)


def new_id(noun: str) -> str:
    """A UUIDv7 behind its noun: `contact_01a209df5696740f99fa98876ff9d58f`.

    Ids made by one process sort in the order they were made, so that B-trees only ever grow at
    their right edge.
    """
    return f"{noun}_{uuid_utils.uuid7().hex}"
