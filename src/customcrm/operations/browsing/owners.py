"""Who owns what: users that there are, and users who left but still own something."""

import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final

from customcrm.crm.records import Kind
from customcrm.operations.accounts.people import Person
from customcrm.operations.accounts.ports import AccountBook
from customcrm.operations.browsing.cards import CardFilter, Order
from customcrm.operations.browsing.events import ActivityFilter, Day, TaskFilter
from customcrm.operations.browsing.ports import Catalogue

CACHE_SECONDS: Final = 10.0
"""How old the answer may be whether somebody who left still owns something."""

_ANY_DAY: Final = Day(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


class OwnerDirectory:
    """All users there ever were, and which of those who left still own something.

    Args:
        accounts: keeps the users.
        catalogue: finds what somebody owns.
        seconds: a clock that only grows.
    """

    def __init__(
        self,
        accounts: AccountBook,
        catalogue: Catalogue,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._accounts = accounts
        self._catalogue = catalogue
        self._seconds = seconds
        self._owning: dict[str, tuple[bool, float]] = {}
        self._lock = threading.Lock()

    def everyone(self) -> Sequence[Person]:
        """Return all users by name, those who left included."""
        return self._accounts.read_accounts(lambda reader: reader.everyone())

    def still_owns(self, user_id: str) -> bool:
        """Return whether a user owns a record, a task or an activity, as of a few seconds ago."""
        now = self._seconds()
        with self._lock:
            known = self._owning.get(user_id)
        if known and now - known[1] < CACHE_SECONDS:
            return known[0]
        owns = self._look(user_id)
        with self._lock:
            self._owning[user_id] = (owns, now)
        return owns

    def _look(self, user_id: str) -> bool:
        catalogue = self._catalogue
        cards = CardFilter(owner=user_id)
        return (
            any(catalogue.cards(kind, cards, Order(), None, 1).items for kind in Kind)
            or bool(catalogue.tasks(TaskFilter(day=_ANY_DAY, owner=user_id), None, 1).items)
            or bool(catalogue.activities(ActivityFilter(owner=user_id), None, 1).items)
        )
