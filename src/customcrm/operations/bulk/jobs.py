"""What a job in bulk is, and where jobs are kept."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple, Protocol, TypeVar

from customcrm.crm.records import Kind
from customcrm.operations.browsing.cards import CardFilter
from customcrm.operations.browsing.events import TaskFilter
from customcrm.operations.browsing.records import Change
from customcrm.operations.nouns import Noun
from customcrm.operations.ports import Writer

T = TypeVar("T")

HELD: Final = "bulk jobs"
"""What transactions that write jobs hold, so that no two run at once."""

MAX_IDS: Final = 500
"""How many a selection can name one by one."""

UNDO_FOR: Final = timedelta(days=30)
"""How long a job can be undone."""


class Verb(StrEnum):
    """What a job does to each: set one value, delete it, or take back what another job did."""

    SET = "set"
    DELETE = "delete"
    UNDO = "undo"


class Deed(NamedTuple):
    """What a job does.

    Attributes:
        verb: what it does.
        name: for `SET`, of the property; of a task `ownerId`, `dueDate` or `completed`.
        value: what it is set to; None clears.
    """

    verb: Verb
    name: str = ""
    value: Any = None


@dataclass(frozen=True, slots=True)
class Selection:
    """What a job is done to: those named, or all that a list shows. Exactly one is given."""

    ids: tuple[str, ...] | None = None
    cards: CardFilter | None = None
    tasks: TaskFilter | None = None


class State(StrEnum):
    """How far a job is.

    While it is `COLLECTING`, what it will be done to is being noted down; while it is `CANCELLING`
    or `FAILING`, what it will not be done to is being forgotten.
    """

    COLLECTING = "collecting"
    RUNNING = "running"
    CANCELLING = "cancelling"
    FAILING = "failing"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


ENDED: Final = frozenset({State.DONE, State.CANCELLED, State.FAILED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job in bulk, and how far it is.

    Attributes:
        id: its own.
        noun: what it changes.
        deed: what it does to each.
        selection: what it is done to; None for an undo.
        actor: who has asked for it; `asked_at`: when.
        ended_at: when it was over, however.
        state: how far it is.
        place: where collecting, or undoing, goes on.
        total: how many it is done to; grows while they are collected.
        done: how many it is through with; `changed`: how many of these it has changed.
        left_alone: how many are left because somebody has merged them meanwhile, or because they
            have no room for one more property; of an undo, how many somebody has changed since.
        undoes: the id of the job that it takes back; `undone_by`: of the one that takes it back.
        runner: who works on it; `leased_until`: until when nobody else does.
    """

    id: str
    noun: Noun
    deed: Deed
    selection: Selection | None
    actor: str
    asked_at: datetime
    ended_at: datetime | None = None
    state: State = State.COLLECTING
    place: Any = None
    total: int = 0
    done: int = 0
    changed: int = 0
    left_alone: int = 0
    undoes: str | None = None
    undone_by: str | None = None
    runner: str | None = None
    leased_until: datetime | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ENDED

    def undoable(self, now: datetime) -> bool:
        """Whether it has done anything that can still be taken back."""
        fresh = now - self.asked_at < UNDO_FOR
        return self.ended and self.deed.verb is not Verb.UNDO and self.changed > 0 and fresh


class JobReader(Protocol):
    """What can be asked of where jobs are kept."""

    def job(self, job_id: str) -> Job | None:
        """One job."""

    def jobs(self, size: int) -> Sequence[Job]:
        """The latest jobs, the latest first."""

    def open_job(self) -> Job | None:
        """The job whose turn it is: whichever is not collected yet, else the oldest."""


class JobWriter(JobReader, Writer, Protocol):
    """What can be asked in a transaction that writes: of jobs, and of what they change."""

    def add_job(self, job: Job) -> None:
        """Keep a new job."""

    def keep_job(self, job: Job) -> None:
        """Keep how far a job is."""

    def first_place(self, noun: Noun) -> Any:
        """Where collecting begins: what is made from now on is not among them."""

    def collect(
        self, noun: Noun, selection: Selection, place: Any, size: int
    ) -> tuple[Sequence[str], Any]:
        """The ids of some that a selection by filter means; and where it goes on, or None."""

    def add_items(self, job_id: str, first: int, ids: Sequence[str]) -> None:
        """Note down what a job is to be done to, numbered from `first`."""

    def take_items(self, job_id: str, size: int) -> Sequence[str]:
        """Take the next ids off a job's list."""

    def changes_of(self, job_id: str, after: int, size: int) -> Sequence[Change]:
        """What a job has changed, in its order, after the change with this number."""

    def deleted_at(self, kind: Kind, ids: Collection[str]) -> Mapping[str, datetime]:
        """When each of these records was deleted that is deleted now."""


class JobBook(Protocol):
    """Where jobs are kept. Reading and writing are as those of `ports.Backend`."""

    def read_jobs(self, work: Callable[[JobReader], T]) -> T:
        """Run a function that only reads."""

    def write_jobs(self, work: Callable[[JobWriter], T]) -> T:
        """Run a function that writes."""

    def wake_jobs(self) -> None:
        """Say to who does jobs here, if anybody does, that something was asked for."""
