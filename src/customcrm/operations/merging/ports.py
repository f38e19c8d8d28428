"""What merging needs of the data: the built-in store has it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol, TypeVar

from customcrm.crm.duplicates import Reason
from customcrm.crm.merging import Merge
from customcrm.crm.records import Kind, Record
from customcrm.operations.browsing.cards import Card, Cursor, Page
from customcrm.operations.ports import Stamp, Writer

T = TypeVar("T")


class Standing(NamedTuple):
    """A record as it stands in its own row, merged or not.

    Attributes:
        record: with its own properties, which it keeps while it is merged.
        merged_into: the id of what it was merged into, or None.
    """

    record: Record
    merged_into: str | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two living records that may be one.

    Attributes:
        first: the older one; `second`: the younger.
        reason: why.
        score: how sure that is, up to 100.
    """

    first: Card
    second: Card
    reason: str
    score: int


class DoubtfulRecord(NamedTuple):
    """A living record that may be two, since an earlier version joined it.

    Attributes:
        card: what lists show of it.
        reason: why, see `crm/doubts.py`.
        external_ids: some of its senders' ids, the first one first.
    """

    card: Card
    reason: str
    external_ids: tuple[str, ...]


class PastMerge(NamedTuple):
    """A merge that has not been undone, with the name of what was merged."""

    merge: Merge
    name: str


class Search(NamedTuple):
    """How the search for duplicates of one kind stands.

    Attributes:
        complete_at: when all records had been looked at last; None if that has never been.
        running: whether all of them are being looked at now.
        looked: how many keys and names that has looked at so far.
    """

    complete_at: datetime | None
    running: bool
    looked: int


class MergeWriter(Writer, Protocol):
    """What can be asked within a transaction that merges."""

    def standing(self, kind: Kind, ids: Collection[str]) -> Mapping[str, Standing]:
        """Each record as it stands in its own row, by its id; unknown ones are left out."""

    def merged_into(self, kind: Kind, survivor_id: str) -> Sequence[str]:
        """The ids that were merged into a record."""

    def point(self, kind: Kind, ids: Collection[str], survivor_id: str | None) -> None:
        """Let ids lead to a record from now on; None: to themselves."""

    def tell(self, record_id: str, action: str, new: Mapping[str, Any], stamp: Stamp) -> None:
        """Tell in the history of a record what happened to it, without changing it."""

    def keep_merge(self, merge: Merge) -> None:
        """Keep a merge, so that it can be undone."""

    def merge(self, merge_id: str) -> Merge | None:
        """One merge."""

    def latest_merge(self, kind: Kind, merged_id: str) -> Merge | None:
        """The latest merge of this record into another one, undone or not."""

    def mark_undone(self, merge_id: str, stamp: Stamp) -> None:
        """Note that a merge was undone."""


class MergeBook(Protocol):
    """Where merges and suggestions are kept.

    Raises:
        StoreUnavailable: the data cannot be reached now.
    """

    def write_merges(self, work: Callable[[MergeWriter], T]) -> T:
        """Run a function that merges, within one transaction; returns what it returns."""

    def merges_into(self, kind: Kind, survivor_id: str) -> Sequence[PastMerge]:
        """The merges into a record that have not been undone, the latest first; at most 100."""

    def suggestions(
        self, kind: Kind, reason: Reason | None, at: Cursor | None, size: int
    ) -> Page[Suggestion]:
        """Pairs of living records that may be one and that nobody has dismissed, surest first."""

    def count_suggestions(self, kind: Kind, reason: Reason | None, most: int) -> int | None:
        """How many lines that list has, exactly; None if it takes looking at more than `most`."""

    def is_suggested(self, kind: Kind, pair: tuple[str, str]) -> bool:
        """Whether a pair is noted and nobody has dismissed it."""

    def dismiss(self, kind: Kind, pair: tuple[str, str], stamp: Stamp) -> bool:
        """Never suggest a pair again. Returns whether it was suggested until now."""

    def suggest_again(self, kind: Kind, pair: tuple[str, str]) -> bool:
        """Suggest a pair again that was dismissed. Returns whether it was dismissed."""

    def doubtful_records(self, kind: Kind) -> Sequence[DoubtfulRecord]:
        """The records that may be two and that nobody has dismissed; at most 100."""

    def dismiss_doubt(self, kind: Kind, record_id: str, stamp: Stamp) -> bool:
        """Never list a record as possibly two again. Returns whether it was listed until now."""

    def doubt_again(self, kind: Kind, record_id: str) -> bool:
        """List a record again that was dismissed. Returns whether it was dismissed."""

    def search(self, kind: Kind) -> Search:
        """How the search for duplicates stands."""

    def look_again(self) -> None:
        """Have the search look at all records again."""
