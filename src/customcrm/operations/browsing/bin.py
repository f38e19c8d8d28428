"""The bin: what somebody has deleted, and can have back."""

from datetime import datetime
from typing import NamedTuple


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
