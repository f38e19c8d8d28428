"""What can be seen of a stored record from outside."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from customcrm.checker.expectations import Broken, shown
from customcrm.checker.places import MISSING
from customcrm.client.exchange import Answer


class Unseen:
    """The value of a property that the target may store and does not show."""

    def __repr__(self) -> str:
        """As a report shows it."""
        return "not visible"


UNSEEN: Final = Unseen()


@dataclass(frozen=True, slots=True)
class RecordView:
    """What a target shows of a record at one moment.

    Attributes:
        properties: the properties that it shows.
        complete: whether it shows all that it stores, so that what is absent is not stored.
        found_by: the names of the match keys by which a sync finds the record.
    """

    properties: Mapping[str, Any]
    complete: bool = False
    found_by: frozenset[str] = frozenset()

    def value(self, name: str) -> Any:
        """Return the value of a property, `MISSING` if it has none, `UNSEEN` if nobody can say."""
        return self.properties.get(name, MISSING if self.complete else UNSEEN)

    @property
    def shows_nothing(self) -> bool:
        """Whether there is nothing that another view could be compared with."""
        return not self.properties and not self.found_by


def lost_between(
    before: RecordView, after: RecordView, names: Collection[str], answer: Answer
) -> Broken | None:
    """Return the first of some properties or match keys that a request has lost or changed.

    Args:
        before: the record before the request.
        after: the record after it.
        names: the properties that the request did not name.
        answer: to the request.
    """
    for name in names:
        old, new = before.value(name), after.value(name)
        if old in (MISSING, UNSEEN) or (type(old) is type(new) and old == new):
            continue
        now = "it has no value any more" if new in (MISSING, UNSEEN) else f"it is {shown(new)}"
        return Broken(f"`{name}` is {shown(old)} afterwards, as before", now, answer)
    for name in sorted(before.found_by - after.found_by):
        return Broken(
            f"a sync finds it by its `{name}` afterwards, as before", "it is not found", answer
        )
    return None
