"""Lists of contacts and companies: what stands in a line, and how lines are chosen and ordered.

A card is what a list shows of a record. Cards are made a moment after the record has changed.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, Generic, NamedTuple, TypeVar

from customcrm.crm.card import MAX_TERMS
from customcrm.crm.ranges import Range
from customcrm.crm.search_terms import search_terms

Item = TypeVar("Item")

PAGE: Final = 50
"""Lines of a page, unless another number is asked for."""

MAX_PAGE: Final = 200

MAX_WORDS: Final = 200
"""Characters of a search that are looked at."""


class Sort(StrEnum):
    """What lists of contacts and companies can be ordered by."""

    CREATED = "created"
    UPDATED = "updated"
    NAME = "name"
    COMPANY = "company"
    LAST_ACTIVITY = "lastActivity"


class Order(NamedTuple):
    """How a list is ordered."""

    by: Sort = Sort.CREATED
    descending: bool = True


class Cursor(NamedTuple):
    """A place in a list: between two lines.

    Attributes:
        value: what the line beside it is ordered by: text, or microseconds. In lists of tasks and
            activities, and in timelines, which line it is.
        number: that line's number, which no other has; in those lists its moment, in microseconds.
        backwards: whether the page ends there, rather than begins.
    """

    value: str | int
    number: int
    backwards: bool = False


class QueryProblem(NamedTuple):
    """A part of a query that was not understood. A filter that has one matches nothing.

    Attributes:
        parameter: the name of the parameter.
        message: for people, without a full stop.
    """

    parameter: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFilter:
    """Which records a list shows: those for which all of it holds. None asks for nothing.

    Attributes:
        search: words, or beginnings of words, of names, emails, companies, domains and titles.
        owner: the id of the user who owns it.
        company: for contacts, the id of a company that they belong to.
        campaign: a campaign's name.
        channel: the type of an activity that they have.
        owned: whether anybody owns it.
        contacted: whether anything was sent to them; `contacted_by`: something of this type.
        connected: whether they have accepted a connection request.
        replied: whether a message came from them; `replied_by`: one of this type.
        waiting: whether what came last came from them.
        step: whether this step of a sequence was sent to them.
        replied_after: the step that was sent last before their first reply; 0 for none.
        contacted_in: a day of the week in which they were first contacted; `contacted_span`: the
            start and the end of that week, for whoever looks; None for a week in UTC.
        replied_in, replied_span: of the week in which they first replied.
        engaged: whether an engagement field says something.
        created_from: created at this moment or later; `created_to`: before that one.
        updated_from: changed at this moment or later; `updated_to`: before that one.
        properties: names of properties with the value each must have, whatever its case; None for
            any value.
        ranges: names of properties with the numbers or days between which the value of each lies.
        problems: what else was asked for and not understood.
    """

    search: str = ""
    owner: str | None = None
    company: str | None = None
    campaign: str | None = None
    channel: str | None = None
    owned: bool | None = None
    contacted: bool | None = None
    contacted_by: str | None = None
    connected: bool | None = None
    replied: bool | None = None
    replied_by: str | None = None
    step: int | None = None
    replied_after: int | None = None
    contacted_in: date | None = None
    contacted_span: tuple[datetime, datetime] | None = None
    replied_in: date | None = None
    replied_span: tuple[datetime, datetime] | None = None
    waiting: bool | None = None
    engaged: bool | None = None
    created_from: datetime | None = None
    created_to: datetime | None = None
    updated_from: datetime | None = None
    updated_to: datetime | None = None
    properties: tuple[tuple[str, str | None], ...] = ()
    ranges: tuple[tuple[str, Range], ...] = ()
    problems: tuple[QueryProblem, ...] = ()

    @property
    def has_too_many_terms(self) -> bool:
        """Whether the search has more words than are looked for."""
        return len(search_terms(self.search)) > MAX_TERMS

    @property
    def matches_nothing(self) -> bool:
        """Whether a part of it was not understood: then no record is meant, rather than any."""
        if self.problems or len(self.search) > MAX_WORDS or self.has_too_many_terms:
            return True
        return bool(self.search.strip()) and not search_terms(self.search)


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """A page of a list.

    Looking for lines is bounded: a page may have fewer than were asked for, even none, and others
    after it. So whether a list goes on is said by `after` alone.

    Attributes:
        items: its lines.
        before: the place before the first line, if there are lines before it.
        after: the place after the last line, if there are lines after it.
        ordered: whether the lines are in the order that was asked for; a search that finds too
            many to order is shown newest first.
    """

    items: tuple[Item, ...]
    before: Cursor | None = None
    after: Cursor | None = None
    ordered: bool = True


EMPTY: Final[Page[Any]] = Page(())
"""A page of a list that matches nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a list shows of a contact or a company.

    Attributes:
        id: the record's.
        name: for people; never empty: an email, a domain or the external id stands in for it.
        created_at: when it came; `updated_at`: when it changed last.
        owner: the id of its owner, or None.
        last_activity_at: of its latest activity, or None.
        last_inbound_at: when somebody last heard from it, or None.
        waiting: whether what came last came from it.
        channels: the types of its activities.
        activities: how many it has.
        email, title, company: of a contact; None where it has none, and for companies.
        domain, industry: of a company; None where it has none, and for contacts.
        people: of a company, how many contacts belong to it.
        properties: all of the record's, for whoever shows further columns.
    """

    id: str
    name: str
    created_at: datetime
    updated_at: datetime
    owner: str | None = None
    last_activity_at: datetime | None = None
    last_inbound_at: datetime | None = None
    waiting: bool = False
    channels: tuple[str, ...] = ()
    activities: int = 0
    email: str | None = None
    title: str | None = None
    company: str | None = None
    domain: str | None = None
    industry: str | None = None
    people: int = 0
    properties: dict[str, Any] = field(default_factory=dict)


class PropertyName(NamedTuple):
    """A property that some record has, or has had.

    Attributes:
        name: as Enginy spells it.
        origin: `documented`, `custom` (first seen in a create), or `engagement` (first seen in an
            update, under a name that the account has chosen).
    """

    name: str
    origin: str


class Beside(NamedTuple):
    """The lines next to one in a list, each by its id and name; None at an end of the list."""

    before: tuple[str, str] | None
    after: tuple[str, str] | None
