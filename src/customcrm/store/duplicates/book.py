"""What is asked of merges and suggestions, method by method, over the tables."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy import Connection

from customcrm.crm.duplicates import Reason
from customcrm.crm.records import Kind
from customcrm.operations.browsing.cards import Cursor, Page
from customcrm.operations.merging.ports import (
    DoubtfulRecord,
    MergeWriter,
    PastMerge,
    Search,
    Suggestion,
)
from customcrm.operations.ports import Stamp
from customcrm.store.duplicates import doubts, listing, merges, searches
from customcrm.store.duplicates.finder import Finder, Hold, Run
from customcrm.store.duplicates.walks import Read

T = TypeVar("T")


class StoreMergeBook:
    """Implements `merging.ports.MergeBook` on the store's database.

    Args:
        read: runs a function in a transaction that only reads.
        write: runs a function in a transaction that writes.
        hold: lets no other transaction that holds a name run until this one has ended.
        finder: looks for duplicates.
        written: is called after what changes records.
    """

    def __init__(
        self, read: Read, write: Run, hold: Hold, finder: Finder, written: Callable[[], None]
    ) -> None:
        self._read = read
        self._write = write
        self._hold = hold
        self._finder = finder
        self._written = written

    def write_merges(self, work: Callable[[MergeWriter], T]) -> T:
        """As the port says."""
        try:
            result: T = self._write(lambda c: work(merges.MergeTransaction(c, self._hold)))
        finally:
            self._written()
        return result

    def merges_into(self, kind: Kind, survivor_id: str) -> Sequence[PastMerge]:
        """As the port says."""
        return self._read(lambda c: merges.merges_into(c, kind, survivor_id))

    def suggestions(
        self, kind: Kind, reason: Reason | None, at: Cursor | None, size: int
    ) -> Page[Suggestion]:
        """As the port says."""
        return self._read(lambda c: listing.suggestions(c, kind, reason, at, size))

    def count_suggestions(self, kind: Kind, reason: Reason | None, most: int) -> int | None:
        """As the port says."""
        return self._read(lambda c: listing.count_suggestions(c, kind, reason, most))

    def is_suggested(self, kind: Kind, pair: tuple[str, str]) -> bool:
        """As the port says."""
        return self._read(lambda c: listing.is_suggested(c, kind, pair))

    def dismiss(self, kind: Kind, pair: tuple[str, str], stamp: Stamp) -> bool:
        """As the port says."""
        done: bool = self._write(lambda c: listing.dismiss(c, kind, pair, stamp))
        return done

    def suggest_again(self, kind: Kind, pair: tuple[str, str]) -> bool:
        """As the port says."""
        done: bool = self._write(lambda c: listing.suggest_again(c, kind, pair))
        return done

    def doubtful_records(self, kind: Kind) -> Sequence[DoubtfulRecord]:
        """As the port says."""
        return self._read(lambda c: doubts.doubtful_records(c, kind))

    def dismiss_doubt(self, kind: Kind, record_id: str, stamp: Stamp) -> bool:
        """As the port says."""
        done: bool = self._write(lambda c: doubts.dismiss_doubt(c, kind, record_id, stamp))
        return done

    def doubt_again(self, kind: Kind, record_id: str) -> bool:
        """As the port says."""
        done: bool = self._write(lambda c: doubts.doubt_again(c, kind, record_id))
        return done

    def search(self, kind: Kind) -> Search:
        """As the port says."""
        return self._read(lambda c: searches.search(c, kind))

    def look_again(self) -> None:
        """As the port says."""

        def begin(connection: Connection) -> None:
            self._hold(connection, searches.HELD)
            for kind in Kind:
                searches.begin(connection, kind)

        self._write(begin)
        self._finder.wake()
