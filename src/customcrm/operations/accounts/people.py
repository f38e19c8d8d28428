"""People who sign in: users that Enginy offers as owners, of whom some have a role."""

from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

MAX_NAME: Final = 200
MAX_EMAIL: Final = 254
MIN_PASSWORD: Final = 10
MAX_PASSWORD: Final = 1_000

SESSION_DAYS: Final = 30
"""How long a session lasts that is not used."""

LINK_DAYS: Final = 7
"""How long an invitation is worth something."""

FIRST_LINK_HOURS: Final = 24
"""How long the first sign-in link that `serve` prints is worth something."""


class Role(StrEnum):
    """What somebody may do. A user without a role owns records, and cannot sign in."""

    ADMIN = "admin"
    MEMBER = "member"


class Person(NamedTuple):
    """A user.

    Attributes:
        id: as `/users` gives it, and `ownerId` has it.
        name: as it is shown.
        email: what they sign in with, in small letters; None for one who owns records only.
        role: None for one who owns records only.
        zone: the IANA name of their time zone.
        invited: whether they have no password yet.
        created_at: since when.
        left: whether they were removed: they own what they own, and are offered to nobody.
    """

    id: str
    name: str
    email: str | None
    role: Role | None
    zone: str
    invited: bool
    created_at: datetime
    left: bool = False


class Session(NamedTuple):
    """Somebody who is signed in, somewhere.

    Attributes:
        id: no secret.
        person: who.
        csrf: what their forms must bear.
        created_at: when they signed in; `seen_at`: when last seen, to the minute.
        agent: what their browser calls itself, cut to 200 characters.
    """

    id: str
    person: Person
    csrf: str
    created_at: datetime
    seen_at: datetime
    agent: str


class NewSession(NamedTuple):
    """A session just begun. This is the only time that its secret can be read."""

    secret: str
    session: Session
