"""The page of one record, and its timeline."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from customcrm.crm.records import Record
from customcrm.operations.browsing.cards import Card, Cursor, QueryProblem
from customcrm.operations.browsing.events import ActivityLine, TaskLine

MAX_LINKED: Final = 100
"""Linked records, and open tasks, that a record's page is given. A list shows the others."""


class ExternalId(NamedTuple):
    """One of the names that a record has on the sender's side."""

    external_id: str
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    """A contact or a company, whole.

    Attributes:
        card: what lists show of it.
        record: with all its properties; `record.deleted` says whether somebody has deleted it.
        external_ids: the first that came first.
        merged: the ids of records that were merged into it.
        linked: of a contact its companies, of a company its people; at most a hundred.
        linked_more: whether there are more.
        tasks: the open ones, by when they are due; at most a hundred.
        done: how many tasks are done.
    """

    card: Card
    record: Record
    external_ids: tuple[ExternalId, ...]
    merged: tuple[str, ...]
    linked: tuple[Card, ...]
    linked_more: bool
    tasks: tuple[TaskLine, ...]
    done: int


class Change(NamedTuple):
    """A row of the history.

    Attributes:
        number: of the row.
        record_id: of what has changed.
        at: when; `actor`: by whom: `key:<id>`, `user:<id>`, `cli`.
        action: created, updated, linked, restored, ...
        old: the values before, by property; absent where there was none.
        new: the values since; None where one was cleared.
        job: the id of the bulk job that made it, if one did.
    """

    number: int
    record_id: str
    at: datetime
    actor: str
    action: str
    old: dict[str, Any]
    new: dict[str, Any]
    job: str | None = None


class ValueOrigin(NamedTuple):
    """Where a value came from: the change that set it last.

    Attributes:
        at: when; `actor`: by whom; `action`: of which change. As in `Change`.
    """

    at: datetime
    actor: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineFilter:
    """What a timeline tells.

    Attributes:
        type: EMAIL, LINKEDIN, ...; `direction`: INBOUND or OUTBOUND.
        changes: whether the history is woven in; `tasks`: whether tasks are, by when they came.
        problems: what was asked for and not understood; with any, the timeline is empty.
    """

    type: str | None = None
    direction: str | None = None
    changes: bool = False
    tasks: bool = False
    problems: tuple[QueryProblem, ...] = ()


class Entry(NamedTuple):
    """One entry of a timeline: exactly one of the three."""

    at: datetime
    activity: ActivityLine | None = None
    change: Change | None = None
    task: TaskLine | None = None


class Timeline(NamedTuple):
    """A stretch of a timeline, newest first; `after` is where older entries begin, if there are."""

    entries: tuple[Entry, ...]
    after: Cursor | None
