"""What the operations need of the world: a place that keeps the CRM, a clock, new ids.

`Backend` is the interface for a CRM of your own: implement it, hand it to `create_app`, and the
whole contract is served over your data. The rules of the contract (what links, what wins, what a
repeat returns) live in the operations; a backend only finds and keeps.

Every method takes a whole batch. A backend that answers each with one query serves a batch of any
size in a constant number of queries.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol, TypeVar

from customcrm.clock import Clock, NewId
from customcrm.contract.activities import Activity
from customcrm.contract.tasks import Task
from customcrm.contract.users import User
from customcrm.crm.activity_text import ActivityText
from customcrm.crm.match_keys import MatchKey
from customcrm.crm.planning import PossibleDuplicate
from customcrm.crm.records import Kind, Record
from customcrm.crm.revision import Revision

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Origin:
    """Who asks, and when: what a history row tells.

    Attributes:
        actor: who: `key:<id>` for an API key.
        clock: gives the time.
        new_id: gives ids.
    """

    actor: str
    clock: Clock
    new_id: NewId


class Stamp(NamedTuple):
    """When and by whom something is written, and in which bulk job, if in any."""

    at: datetime
    actor: str
    job: str | None = None


class Pair(NamedTuple):
    """A contact and a company to link, with what else was said of the link."""

    contact_id: str
    company_id: str
    properties: dict[str, Any]


class Link(NamedTuple):
    """A contact and a company that somebody links by hand, each with its name for the history."""

    contact_id: str
    company_id: str
    contact: str
    company: str


class Answer(NamedTuple):
    """An answer kept for repeats of its request.

    Attributes:
        key: what a repeat is known by.
        digest: of the request; a repeat with another one is a mistake of the sender.
        body: the answer as JSON.
        expires_at: from when on a repeat is a new request.
    """

    key: str
    digest: str
    body: str
    expires_at: datetime


class TaskChange(NamedTuple):
    """A task as it shall be, and the history of how it came to that."""

    task: Task
    old: dict[str, Any]
    new: dict[str, Any]


class Reader(Protocol):
    """What can be asked of a backend."""

    def ping(self) -> None:
        """Return if the data can be read; raise `StoreUnavailable` if not."""

    def is_empty(self) -> bool:
        """Whether there is neither a contact nor a company."""

    def records_by_id(self, kind: Kind, ids: Collection[str]) -> Mapping[str, Record]:
        """Records, deleted ones included, by the ids asked for.

        A merged id gives its survivor, an unknown one nothing.
        """

    def ids_by_external_id(self, kind: Kind, external_ids: Collection[str]) -> Mapping[str, str]:
        """The id of the record, be it deleted or merged, that each external id names."""

    def ids_by_key(self, kind: Kind, keys: Collection[MatchKey]) -> Mapping[MatchKey, str]:
        """The id of the oldest record that has each key; deleted ones are left out.

        It may be merged: then its survivor is who is meant, whom `records_by_id` gives for it.
        """

    def holders_of_keys(
        self, kind: Kind, keys: Collection[MatchKey], most: int | None = None
    ) -> Mapping[MatchKey, Sequence[str]]:
        """The ids of all records that have each key, as `ids_by_key` has them; oldest first.

        Of each key so many at most, if a number is given: thousands may share a switchboard.
        """

    def noted_duplicates(
        self, kind: Kind, pairs: Collection[PossibleDuplicate]
    ) -> Collection[PossibleDuplicate]:
        """Those of these pairs that are noted already, whatever for."""

    def external_ids(self, kind: Kind, ids: Collection[str]) -> Mapping[str, str]:
        """The first external id of each record that has one."""

    def last_activity_dates(self, contact_ids: Collection[str]) -> Mapping[str, datetime]:
        """The latest `occurredAt` among each contact's activities."""

    def tasks(self, ids: Collection[str]) -> Mapping[str, Task]:
        """Tasks by id; deleted ones are not found."""

    def activity(self, activity_id: str) -> Activity | None:
        """One activity."""

    def holds_others(self) -> bool:
        """Whether there is a living contact or company that no run of `check` has made."""

    def made_under(self, kind: Kind, external_ids: Collection[str]) -> Collection[str]:
        """The ids of living records that were created under one of these and have no others."""

    def users(self) -> Sequence[User]:
        """The users that can own records, by name."""


class Writer(Reader, Protocol):
    """What can be asked of a backend within a transaction that writes."""

    def hold(self, name: str) -> None:
        """Let no other transaction that holds this name run until this one has ended."""

    def insert_records(self, kind: Kind, revisions: Sequence[Revision], stamp: Stamp) -> None:
        """Keep new records, with external ids, match keys and history."""

    def update_records(self, kind: Kind, revisions: Sequence[Revision], stamp: Stamp) -> None:
        """Keep changed records, with external ids, match keys and history."""

    def note_duplicates(
        self, kind: Kind, pairs: Collection[PossibleDuplicate], stamp: Stamp
    ) -> None:
        """Keep pairs that a person should look at; one noted before is no error."""

    def associate(self, pairs: Sequence[Pair], stamp: Stamp) -> None:
        """Link contacts to companies that exist; a link that exists gains the new properties.

        A merged id keeps the links that come for it, as it keeps activities and tasks.
        """

    def link_by_hand(self, link: Link, stamp: Stamp, *, again: bool = False) -> bool:
        """Link a contact to a company, with the history of both; False if they are linked.

        `again`: what the last unlinking of these two took is put back as it was, if there was one.
        """

    def unlink_by_hand(self, link: Link, stamp: Stamp) -> bool:
        """Take a link away, with the history of both; False if there is none."""

    def insert_task(self, task: Task, stamp: Stamp) -> None:
        """Keep a new task, with its history."""

    def update_tasks(self, changes: Sequence[TaskChange], stamp: Stamp) -> None:
        """Keep changed tasks, with their history."""

    def delete_tasks(self, ids: Collection[str], stamp: Stamp) -> Sequence[str]:
        """Delete tasks, with their history; returns the ids of those that were there."""

    def restore_tasks(self, ids: Collection[str], stamp: Stamp) -> Sequence[str]:
        """Bring deleted tasks back, with their history; returns the ids of those that were gone."""

    def insert_activity(
        self, activity: Activity, text: ActivityText, repeat_key: str | None, stamp: Stamp
    ) -> None:
        """Keep a new activity, to be found again by its repeat key."""

    def remove_activities(self, ids: Collection[str]) -> int:
        """Remove activities for good; returns how many there were."""

    def find_repeat(
        self, repeat_key: str, contact_id: str | None
    ) -> tuple[Activity | None, Sequence[str]]:
        """Return the activity that was kept with a repeat key, and the other ids of a contact.

        Other ids are those that lead to the same record, merged ones included: none for an unknown
        contact and for one that was never merged.
        """

    def first_activity(self, repeat_keys: Sequence[str]) -> Activity | None:
        """Return the oldest activity that was kept with one of these repeat keys."""

    def answer(self, key: str, at: datetime) -> Answer | None:
        """The answer kept for repeats of a request, if it has not expired."""

    def keep_answer(self, answer: Answer) -> None:
        """Keep an answer for repeats of its request, in the place of an expired one."""


class Backend(Protocol):
    """A place that keeps the CRM.

    Both methods run a function within one transaction and return what it returns. If the function
    raises, nothing of it is kept. When `write` has returned, all of it is on disk. They are called
    from many threads at once.

    Raises:
        StoreUnavailable: the data cannot be reached now.
    """

    def read(self, work: Callable[[Reader], T]) -> T:
        """Run a function that only reads."""

    def write(self, work: Callable[[Writer], T]) -> T:
        """Run a function that writes."""

    def close(self) -> None:
        """Finish what was begun and let go of everything."""
