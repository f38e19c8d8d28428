"""A derivation: data that is derived from stored rows, and how it is brought up to date."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")

CONTACTS: Final = "contacts"
COMPANIES: Final = "companies"
ACTIVITIES: Final = "activities"


class Read(Protocol):
    """Runs a function in a transaction that only reads."""

    def __call__(self, work: Callable[[Connection], T], /) -> T:
        """Return what the function returns."""


@dataclass(frozen=True, slots=True)
class Access:
    """What a derivation needs of the store.

    Attributes:
        read: runs a function in a transaction that only reads.
        hold: lets no other transaction that holds a name run until this one has ended.
        rest: is called often while something is computed, and may take a rest.
    """

    read: Read
    hold: Callable[[Connection, str], None]
    rest: Callable[[], None]


def _write_nothing(connection: Connection) -> None:
    del connection


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a derivation, computed but not written.

    Attributes:
        place: where the next step begins; None at the end.
        looked: how many rows it has looked at.
        write: writes what was derived, in the transaction that stores the new place. What has
            changed since the step was computed must be read again there.
    """

    place: str | None
    looked: int
    write: Callable[[Connection], None] = _write_nothing


@dataclass(frozen=True, slots=True)
class Derivation:
    """Derived data under a name and a version; a higher version has all of it derived again.

    Attributes:
        name: names its row in the database, and must not change.
        version: of the rules by which it is derived.
        noun: what it is derived from: contacts, companies, activities.
        count: returns about how many rows will be looked at.
        take: computes the next step from a place on, which is empty at the beginning, over so many
            rows; None if it has to wait for other work.
        finish: is called in the transaction that completes it.
    """

    name: str
    version: int
    noun: str
    count: Callable[[Connection], int]
    take: Callable[[Access, str, int], Step | None]
    finish: Callable[[Connection], None] = _write_nothing
