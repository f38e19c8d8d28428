"""The bin: what somebody has deleted, and can have back."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Noun(StrEnum):
    """What can be deleted. The value is also the prefix of its ids."""

    CONTACT = "contact"
    COMPANY = "company"
    TASK = "task"


class Gone(NamedTuple):
    """A record or a task that is deleted.

    Attributes:
        id: ours.
        name: for people; of a task, its subject.
        at: when it was deleted.
        actor: by whom, as in the history; empty if that tells nothing of it.
    """

    id: str
    name: str
    at: datetime
    actor: str
