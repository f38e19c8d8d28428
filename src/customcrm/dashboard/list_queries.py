"""Read what the address of each list asks for: its filter, its order, its page and its columns.

The page of a list, its export, a bulk job, a saved view and the neighbours of a record all read an
address here, so they cannot differ in what they understand of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Final, NamedTuple

from customcrm.contract.activities import DIRECTIONS
from customcrm.crm.card import MAX_TERMS
from customcrm.crm.moments import week_span
from customcrm.crm.records import Kind
from customcrm.dashboard.property_query import PARAMETERS, PropertyAsked, read_properties
from customcrm.dashboard.query_reader import QueryReader, quoted
from customcrm.dashboard.urls import MAX_VALUE, Query, today
from customcrm.dashboard.words import CHANNELS, OPERATIONS, RECORD_CHANNELS
from customcrm.operations.browsing.cards import (
    MAX_WORDS,
    CardFilter,
    Cursor,
    Order,
    QueryProblem,
    Sort,
)
from customcrm.operations.browsing.events import (
    ActivityFilter,
    CallFilter,
    TaskFilter,
    TaskState,
)

MAX_COLUMNS: Final = 30
"""Columns that a list shows at most."""

SORTS: Final[Mapping[Kind, Mapping[str, Sort]]] = {
    Kind.CONTACT: {sort.value: sort for sort in Sort},
    Kind.COMPANY: {sort.value: sort for sort in Sort if sort is not Sort.COMPANY},
}
"""What each list of records can be ordered by, as addresses spell it."""

_RECORD_PARAMETERS: Final = frozenset(
    {
        *("q", "owner", "owned", "company", "campaign", "channel", "replied", "engaged"),
        *("contacted", "connected", "step", "replied_after", "contacted_in", "replied_in"),
        *("created_from", "created_to", "updated_from", "updated_to"),
        *("sort", "col", "count", "at", "view", "in"),
        *PARAMETERS,
    }
)
_TASK_PARAMETERS: Final = frozenset({"state", "owner", "at", "view", "count"})


class CardList(NamedTuple):
    """What the address of a list of records asks for.

    Attributes:
        filter: which records; it has problems if any part of the address was not understood.
        order: of its lines.
        at: where its page begins.
        columns: the columns that it names; empty if it names none.
        counted: whether the lines are to be counted.
        properties: the property filters, as they were typed.
    """

    filter: CardFilter
    order: Order
    at: Cursor | None
    columns: tuple[str, ...]
    counted: bool
    properties: tuple[PropertyAsked, ...]

    def columns_or(self, default: Sequence[str]) -> tuple[str, ...]:
        """Return the columns to show."""
        return self.columns or tuple(default)


def read_card_list(query: Query, kind: Kind, zone: tzinfo, extra: Sequence[str] = ()) -> CardList:
    """Read the address of a list of records.

    Args:
        query: of the address.
        kind: of the records.
        zone: in which days begin.
        extra: further parameters that the page understands.
    """
    reader = QueryReader(query, _RECORD_PARAMETERS.union(extra), {*PARAMETERS, "col", *extra})
    properties = read_properties(query, reader)
    order = reader.order("sort", SORTS[kind], Order())
    at = reader.cursor()
    counted = reader.choice("count", ("exact",)) is not None
    columns = _columns(query, reader)
    chosen = _card_filter(reader, zone, properties)
    return CardList(
        replace(chosen, problems=tuple(reader.problems)), order, at, columns, counted, properties
    )


def _columns(query: Query, reader: QueryReader) -> tuple[str, ...]:
    columns = tuple(dict.fromkeys(value for name, value in query if name == "col" and value))
    if len(columns) > MAX_COLUMNS:
        reader.note("col", f"A list has at most {MAX_COLUMNS} columns")
    if any(len(one) > MAX_VALUE for one in columns):
        reader.note("col", f"A column has at most {MAX_VALUE} characters")
    return tuple(one for one in columns if len(one) <= MAX_VALUE)[:MAX_COLUMNS]


def _card_filter(
    reader: QueryReader, zone: tzinfo, properties: Sequence[PropertyAsked]
) -> CardFilter:
    created, updated = _span(reader, "created", zone), _span(reader, "updated", zone)
    contacted = reader.choice("contacted", ("yes", "no", *RECORD_CHANNELS))
    replied = reader.choice("replied", ("yes", "no", "waiting", *RECORD_CHANNELS))
    contacted_in, replied_in = reader.date("contacted_in"), reader.date("replied_in")
    yes_or_no = {"yes": True, "no": False}
    return CardFilter(
        search=_search(reader),
        owner=reader.text("owner"),
        company=reader.text("company"),
        campaign=reader.text("campaign"),
        channel=reader.choice("channel", RECORD_CHANNELS),
        owned=reader.flag("owned"),
        contacted=yes_or_no.get(contacted or ""),
        contacted_by=contacted if contacted in RECORD_CHANNELS else None,
        connected=reader.flag("connected"),
        replied=yes_or_no.get(replied or ""),
        replied_by=replied if replied in RECORD_CHANNELS else None,
        step=reader.number("step"),
        replied_after=reader.number("replied_after"),
        contacted_in=contacted_in,
        contacted_span=week_span(contacted_in, zone) if contacted_in else None,
        replied_in=replied_in,
        replied_span=week_span(replied_in, zone) if replied_in else None,
        waiting=True if replied == "waiting" else None,
        engaged=reader.flag("engaged"),
        created_from=created[0],
        created_to=created[1],
        updated_from=updated[0],
        updated_to=updated[1],
        properties=tuple(
            (one.name, one.value)
            for one in properties
            if one.range is None and (one.value or not (one.first or one.last))
        ),
        ranges=tuple(
            (one.name, found) for one in properties if (found := one.range_in(zone)) is not None
        ),
    )


def _span(reader: QueryReader, name: str, zone: tzinfo) -> tuple[datetime | None, datetime | None]:
    """Return the moments between which the days of two parameters lie."""
    first, last = reader.day(f"{name}_from", zone), reader.day(f"{name}_to", zone)
    return first and first.start, last and last.end


def _search(reader: QueryReader) -> str:
    """Return the words that are searched for."""
    search = (reader.text("q") or "").strip()
    found = CardFilter(search=search)
    if len(search) > MAX_WORDS:
        reader.note("q", f"Search for at most {MAX_WORDS} characters")
    elif found.has_too_many_terms:
        reader.note("q", f"Search for at most {MAX_TERMS} words")
    elif found.matches_nothing:
        reader.note("q", f"Search for letters or digits: {quoted(search)} has none")
    return search


class TaskList(NamedTuple):
    """What the address of the list of tasks asks for; `at`: where its page begins."""

    filter: TaskFilter
    at: Cursor | None


def read_task_list(
    query: Query, now: datetime, zone: tzinfo, extra: Sequence[str] = ()
) -> TaskList:
    """Read the address of the list of tasks; arguments as of `read_card_list`."""
    reader = QueryReader(query, _TASK_PARAMETERS.union(extra), extra)
    state, owner = reader.choice("state", TaskState), reader.text("owner")
    reader.choice("count", ("exact",))
    at = reader.cursor()
    chosen = TaskFilter(
        state=TaskState(state) if state else None,
        day=today(now, zone),
        owner=owner,
        problems=tuple(reader.problems),
    )
    return TaskList(chosen, at)


class ActivityList(NamedTuple):
    """What the address of the list of activities asks for.

    Attributes:
        filter: which activities.
        at: where its page begins.
        counted: whether they are to be counted.
    """

    filter: ActivityFilter
    at: Cursor | None
    counted: bool


def read_activity_list(
    query: Query, zone: tzinfo, others: Sequence[tuple[str, str | None]] = ()
) -> ActivityList:
    """Read the address of the list of activities.

    Args:
        query: of the address.
        zone: in which days begin.
        others: the types and directions of stored activities that are not the contract's.
    """
    types = {*CHANNELS, *(one for one, _ in others)}
    directions = {*DIRECTIONS, *(one for _, one in others if one)}
    names = ("type", "direction", "owner", "since", "until", "at", "count")
    reader = QueryReader(query, names)
    since, until = reader.day("since", zone), reader.day("until", zone)
    counted = reader.choice("count", ("exact",)) is not None
    at = reader.cursor()
    chosen = ActivityFilter(
        type=reader.choice("type", types),
        direction=reader.choice("direction", directions),
        owner=reader.text("owner"),
        since=since and since.start,
        until=until and until.end,
    )
    return ActivityList(replace(chosen, problems=tuple(reader.problems)), at, counted)


class CallList(NamedTuple):
    """What the address of the list of calls asks for; `at`: where its page begins."""

    filter: CallFilter
    at: Cursor | None


def read_call_list(query: Query) -> CallList:
    """Read the address of the list of calls."""
    reader = QueryReader(query, ("operation", "failed", "at"))
    operation, failed = reader.choice("operation", OPERATIONS), reader.flag("failed")
    at = reader.cursor()
    return CallList(
        CallFilter(operation=operation, failed=failed, problems=tuple(reader.problems)), at
    )


def summary_of(problems: Sequence[QueryProblem]) -> str:
    """Return one sentence about what was not understood, for a message."""
    return "; ".join(problem.message for problem in problems)
