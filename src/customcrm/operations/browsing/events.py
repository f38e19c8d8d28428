"""Lists of tasks, of activities, and of the calls received."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from enum import StrEnum
from typing import NamedTuple

from customcrm.contract.activities import Activity
from customcrm.contract.tasks import Task
from customcrm.crm.automatic_subjects import Automatic
from customcrm.crm.message_text import NO_TEXT, MessageText
from customcrm.operations.browsing.cards import QueryProblem
from customcrm.operations.calls import Call


class TaskState(StrEnum):
    """Which tasks: by when they are due, seen from a moment."""

    OVERDUE = "overdue"
    TODAY = "today"
    UPCOMING = "upcoming"
    UNDATED = "undated"
    DONE = "done"


class Day(NamedTuple):
    """A day in somebody's zone: from its first moment to the first of the next one."""

    start: datetime
    end: datetime

    @property
    def date(self) -> date:
        """Which day it is, there."""
        return self.start.date()

    @property
    def zone(self) -> tzinfo:
        """The zone, or its offset on that day."""
        return self.start.tzinfo or UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFilter:
    """Which tasks a list shows.

    Attributes:
        state: overdue is due before the day began, today within it, upcoming after it. A task that
            is due on a day, without an hour, is due on that day in whichever zone.
        day: today, as whoever looks has it.
        owner: the id of the user whose they are.
        contact: the id of a contact, or of what was merged into it; `company`: of a company.
        problems: what was asked for and not understood; with any, no task is meant.
    """

    state: TaskState | None = None
    day: Day
    owner: str | None = None
    contact: str | None = None
    company: str | None = None
    problems: tuple[QueryProblem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFilter:
    """Which activities a list shows.

    Attributes:
        type: EMAIL, LINKEDIN, ...; `direction`: INBOUND or OUTBOUND.
        owner: the id of the user who had the conversation.
        since: at this moment or later; `until`: before that one.
        problems: what was asked for and not understood; with any, no activity is meant.
    """

    type: str | None = None
    direction: str | None = None
    owner: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    problems: tuple[QueryProblem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFilter:
    """Which calls received a list shows.

    Attributes:
        operation: its name in the contract.
        failed: whether something of it failed: a status that is no success, or an item that failed.
        problems: what was asked for and not understood; with any, no call is meant.
    """

    operation: str | None = None
    failed: bool | None = None
    problems: tuple[QueryProblem, ...] = ()


class Named(NamedTuple):
    """The name of a record that another one speaks of; None where it is not known.

    Attributes:
        id: the record's own, which may differ from the id spoken of, where it was merged.
        name: for people.
    """

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task with the names of whom it is about; `deleted`: whether somebody has deleted it."""

    task: Task
    contact: Named | None = None
    company: Named | None = None
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity with the names of whom it is about.

    Attributes:
        activity: without its body, but for its own page.
        happened_at: the earlier of its `occurredAt` and of when it came.
        excerpt: the beginning of what was written, on one line; `automatic`: what a machine sent.
        message: the text of the body; empty in lists, which show the excerpt.
    """

    activity: Activity
    happened_at: datetime
    contact: Named | None = None
    company: Named | None = None
    excerpt: str = ""
    automatic: Automatic | None = None
    message: MessageText = NO_TEXT


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call received, and the number by which the log orders it."""

    number: int
    call: Call
