"""What people's pages need of the data: the built-in store has it.

Who brings a CRM of their own has pages of their own too: `operations.ports.Backend` knows nothing
of this.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from typing import Protocol

from customcrm.crm.records import Kind
from customcrm.operations.browsing.bin import Gone
from customcrm.operations.browsing.campaigns import CampaignLine, CampaignPage
from customcrm.operations.browsing.cards import (
    Beside,
    Card,
    CardFilter,
    Cursor,
    Order,
    Page,
    PropertyName,
)
from customcrm.operations.browsing.events import (
    ActivityFilter,
    ActivityLine,
    CallFilter,
    CallLine,
    Day,
    Named,
    TaskFilter,
    TaskLine,
)
from customcrm.operations.browsing.home import DerivationProgress, Home
from customcrm.operations.browsing.live import Latest, Mark
from customcrm.operations.browsing.records import (
    Change,
    RecordPage,
    Timeline,
    TimelineFilter,
    ValueOrigin,
)
from customcrm.operations.nouns import Noun


class Catalogue(Protocol):
    """What can be looked at. Every method is one consistent look, and only reads.

    Every page of every list costs about the same, however many lines there are before it.

    Raises:
        StoreUnavailable: the data cannot be reached now.
    """

    def cards(
        self, kind: Kind, chosen: CardFilter, order: Order, at: Cursor | None, size: int
    ) -> Page[Card]:
        """A page of a list of contacts or companies."""

    def beside(self, kind: Kind, chosen: CardFilter, order: Order, record_id: str) -> Beside:
        """What stands next to a record's place in such a list; nothing where it has no card.

        Neighbours that are too far to be looked for are none.
        """

    def count_cards(self, kind: Kind, chosen: CardFilter) -> int:
        """How many lines such a list has, exactly."""

    def count_cards_with(self, kind: Kind, name: str, most: int) -> int:
        """How many records have a property; if these are more than so many, one more than that."""

    def cards_by_id(self, kind: Kind, ids: Collection[str]) -> Mapping[str, Card]:
        """Cards by the ids asked for, deleted records left out; a merged id gives its survivor."""

    def names(self, ids: Collection[str]) -> Mapping[str, Named]:
        """The names of contacts and companies by the ids asked for."""

    def property_names(self, kind: Kind) -> Sequence[PropertyName]:
        """The properties that records of a kind have, by name."""

    def campaigns(self) -> Sequence[str]:
        """The campaigns that contacts are in, by name; at most a thousand."""

    def campaign_lines(self) -> Sequence[CampaignLine]:
        """Those of them that anybody is in, with how far their people have come, by name."""

    def campaign(self, name: str, today: date, zone: tzinfo = UTC) -> CampaignPage:
        """One campaign, whatever the case of its name; of one that nobody is in, all is 0.

        Weeks are those of the zone. Every number is what a list of contacts in that campaign has at
        that moment.
        """

    def tasks(self, chosen: TaskFilter, at: Cursor | None, size: int) -> Page[TaskLine]:
        """Tasks by when they are due, the earliest first; done ones by when, the latest first."""

    def count_tasks(self, chosen: TaskFilter) -> int:
        """How many tasks such a list has, exactly."""

    def activities(
        self, chosen: ActivityFilter, at: Cursor | None, size: int
    ) -> Page[ActivityLine]:
        """Activities, the latest first."""

    def count_activities(self, chosen: ActivityFilter) -> int:
        """How many activities such a list has, exactly."""

    def other_activity_kinds(self) -> Sequence[tuple[str, str | None]]:
        """The types and directions of activities that are not the contract's; about a hundred."""

    def calls(self, chosen: CallFilter, at: Cursor | None, size: int) -> Page[CallLine]:
        """Calls received, the latest first."""

    def call(self, number: int) -> CallLine | None:
        """One call received."""

    def record_page(self, kind: Kind, record_id: str) -> RecordPage | None:
        """A record whole, deleted or not; a merged id gives its survivor, an unknown one None."""

    def timeline(
        self, kind: Kind, record_id: str, chosen: TimelineFilter, at: Cursor | None, size: int
    ) -> Timeline:
        """What has happened to a record, newest first; of a company, what did to all its people."""

    def history(self, record_id: str, before: int | None, size: int) -> Sequence[Change]:
        """The changes of one record (contact, company, task), newest first."""

    def change(self, record_id: str, number: int) -> Change | None:
        """One change of a record, by the number of its row."""

    def activity_line(self, activity_id: str) -> ActivityLine | None:
        """One activity with its whole body and the names of whom it is about."""

    def task_line(self, task_id: str) -> TaskLine | None:
        """One task, deleted or not, with the names of whom it is about."""

    def bin(self, noun: Noun, at: Cursor | None, size: int) -> Page[Gone]:
        """What somebody has deleted, the latest first."""

    def origins(self, record_id: str) -> Mapping[str, ValueOrigin]:
        """Where the values of a record (contact, company, task) came from, by property."""

    def home(self, today: Day, days: Sequence[Day], now: datetime) -> Home:
        """The numbers on the first page; `days` are those to tell one by one."""

    def derivation_progress(self) -> DerivationProgress | None:
        """How far the update of older data has come; None if all of it is up to date."""

    def mark(self) -> Mark:
        """How far the data has come: the cheapest of all looks."""

    def latest(self, known: Collection[str]) -> Latest:
        """The last changes and activities and the last call, less those with these keys."""
