"""What was written last: for pages that show it without being asked again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

LATEST: Final = 200
"""Changes, and activities, that are told of at once: the newest."""


class Mark(NamedTuple):
    """How far the data has come; another one means that something was written.

    Attributes:
        change: the number of the last change of a contact, a company, a task or a user.
        activity: the largest id of an activity.
        call: the number of the last call received.
        due: the first and the last number of the outbox: what has no card as yet; None if all has.
    """

    change: int
    activity: str
    call: int
    due: tuple[int, int] | None


class Written(NamedTuple):
    """One thing that was written.

    Attributes:
        key: no other has it.
        at: when.
        noun: `contact`, `company`, `task`, `activity` or `call`; of other nouns nothing is told.
        ids: of the records whose pages show it, and its own if it has a page.
    """

    key: str
    at: datetime
    noun: str
    ids: frozenset[str]


class Latest(NamedTuple):
    """What was written last, in one look.

    Attributes:
        mark: how far the data had come.
        keys: of all that was found, whether it was known or not.
        fresh: what was not known.
    """

    mark: Mark
    keys: frozenset[str]
    fresh: Sequence[Written]
