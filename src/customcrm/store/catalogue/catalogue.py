"""What people's pages ask, method by method, over the tables."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from typing import Protocol, TypeVar

from sqlalchemy import Connection

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
from customcrm.store.activity_kinds import other_activity_kinds
from customcrm.store.catalogue import (
    activities,
    calls,
    campaigns,
    cards,
    derivations,
    gone,
    history,
    home,
    live,
    names,
    naming,
    records,
    tasks,
    timelines,
)

T = TypeVar("T")


class Read(Protocol):
    """Runs a function in a transaction that only reads."""

    def __call__(self, work: Callable[[Connection], T], /) -> T:
        """Give what the function returns."""


class StoreCatalogue:
    """Implements `browsing.ports.Catalogue` on the store's database.

    Args:
        read: runs a function in a transaction that only reads.
    """

    def __init__(self, read: Read) -> None:
        self._read = read

    def cards(
        self, kind: Kind, chosen: CardFilter, order: Order, at: Cursor | None, size: int
    ) -> Page[Card]:
        """As the port says."""
        return self._read(lambda c: cards.cards(c, kind, chosen, order, at, size))

    def beside(self, kind: Kind, chosen: CardFilter, order: Order, record_id: str) -> Beside:
        """As the port says."""
        return self._read(lambda c: cards.beside(c, kind, chosen, order, record_id))

    def count_cards(self, kind: Kind, chosen: CardFilter) -> int:
        """As the port says."""
        return self._read(lambda c: cards.count_cards(c, kind, chosen))

    def count_cards_with(self, kind: Kind, name: str, most: int) -> int:
        """As the port says."""
        return self._read(lambda c: cards.count_cards_with(c, kind, name, most))

    def cards_by_id(self, kind: Kind, ids: Collection[str]) -> Mapping[str, Card]:
        """As the port says."""
        return self._read(lambda c: cards.cards_by_id(c, kind, ids))

    def names(self, ids: Collection[str]) -> Mapping[str, Named]:
        """As the port says."""
        return self._read(lambda c: naming.names(c, ids))

    def property_names(self, kind: Kind) -> Sequence[PropertyName]:
        """As the port says."""
        return self._read(lambda c: names.property_names(c, kind))

    def campaigns(self) -> Sequence[str]:
        """As the port says."""
        return self._read(names.campaigns)

    def campaign_lines(self) -> Sequence[CampaignLine]:
        """As the port says."""
        return self._read(campaigns.campaign_lines)

    def campaign(self, name: str, today: date, zone: tzinfo = UTC) -> CampaignPage:
        """As the port says."""
        return self._read(lambda c: campaigns.campaign(c, name, today, zone))

    def tasks(self, chosen: TaskFilter, at: Cursor | None, size: int) -> Page[TaskLine]:
        """As the port says."""
        return self._read(lambda c: tasks.tasks(c, chosen, at, size))

    def count_tasks(self, chosen: TaskFilter) -> int:
        """As the port says."""
        return self._read(lambda c: tasks.count_tasks(c, chosen))

    def activities(
        self, chosen: ActivityFilter, at: Cursor | None, size: int
    ) -> Page[ActivityLine]:
        """As the port says."""
        return self._read(lambda c: activities.activities(c, chosen, at, size))

    def count_activities(self, chosen: ActivityFilter) -> int:
        """As the port says."""
        return self._read(lambda c: activities.count_activities(c, chosen))

    def other_activity_kinds(self) -> Sequence[tuple[str, str | None]]:
        """As the port says."""
        return self._read(other_activity_kinds)

    def calls(self, chosen: CallFilter, at: Cursor | None, size: int) -> Page[CallLine]:
        """As the port says."""
        return self._read(lambda c: calls.calls(c, chosen, at, size))

    def call(self, number: int) -> CallLine | None:
        """As the port says."""
        return self._read(lambda c: calls.call(c, number))

    def record_page(self, kind: Kind, record_id: str) -> RecordPage | None:
        """As the port says."""
        return self._read(lambda c: records.record_page(c, kind, record_id))

    def timeline(
        self, kind: Kind, record_id: str, chosen: TimelineFilter, at: Cursor | None, size: int
    ) -> Timeline:
        """As the port says."""
        return self._read(lambda c: timelines.timeline(c, kind, record_id, chosen, at, size))

    def history(self, record_id: str, before: int | None, size: int) -> Sequence[Change]:
        """As the port says."""
        return self._read(lambda c: history.history(c, record_id, before, size))

    def change(self, record_id: str, number: int) -> Change | None:
        """As the port says."""
        return self._read(lambda c: history.change(c, record_id, number))

    def activity_line(self, activity_id: str) -> ActivityLine | None:
        """As the port says."""
        return self._read(lambda c: activities.activity_line(c, activity_id))

    def task_line(self, task_id: str) -> TaskLine | None:
        """As the port says."""
        return self._read(lambda c: tasks.task_line(c, task_id))

    def bin(self, noun: Noun, at: Cursor | None, size: int) -> Page[Gone]:
        """As the port says."""
        return self._read(lambda c: gone.gone(c, noun, at, size))

    def origins(self, record_id: str) -> Mapping[str, ValueOrigin]:
        """As the port says."""
        return self._read(lambda c: history.origins(c, record_id))

    def home(self, today: Day, days: Sequence[Day], now: datetime) -> Home:
        """As the port says."""
        return self._read(lambda c: home.home(c, today, days, now))

    def derivation_progress(self) -> DerivationProgress | None:
        """As the port says."""
        return self._read(derivations.derivation_progress)

    def mark(self) -> Mark:
        """As the port says."""
        return self._read(live.mark)

    def latest(self, known: Collection[str]) -> Latest:
        """As the port says."""
        return self._read(lambda c: live.latest(c, known))
