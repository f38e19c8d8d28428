"""Two records that are one: which values the one that stays has, and how it was before."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple

from customcrm.crm.records import Kind
from customcrm.crm.revision import is_blank, same_value

UNDO_DAYS: Final = 30
"""Days for which a merge can be undone."""


class Side(StrEnum):
    """Whose value wins."""

    SURVIVOR = "survivor"
    MERGED = "merged"


class Contest(NamedTuple):
    """One property of two records that are to be merged.

    Attributes:
        name: of the property.
        survivor: the value of the record that stays; None for no value.
        merged: the value of the other one.
        winner: whose value stays where nobody has chosen.
    """

    name: str
    survivor: Any
    merged: Any
    winner: Side

    @property
    def differs(self) -> bool:
        """Whether there is a choice: both say something, and not the same."""
        return _contested(self.survivor, self.merged)


class Merge(NamedTuple):
    """One record that was merged into another.

    Attributes:
        id: of the merge.
        kind: of both records.
        survivor_id: of the one that stays.
        merged_id: of the one that became another name of it.
        at, actor: when, by whom.
        choices: whose value was to win, by property, as it was asked for.
        given: the values that the survivor took from the other one.
        before: what stood there on the survivor; None where nothing did.
        brought: ids that had been merged into the merged one before, and came along.
        undone_at, undone_by: when and by whom it was undone, if it was.
    """

    id: str
    kind: Kind
    survivor_id: str
    merged_id: str
    at: datetime
    actor: str
    choices: Mapping[str, str]
    given: Mapping[str, Any]
    before: Mapping[str, Any]
    brought: tuple[str, ...]
    undone_at: datetime | None = None
    undone_by: str | None = None

    @property
    def until(self) -> datetime:
        """Until when it can be undone."""
        return self.at + timedelta(days=UNDO_DAYS)


@dataclass(frozen=True, slots=True)
class Blend:
    """What the survivor takes of the other record, by property, and what it had there."""

    given: dict[str, Any]
    before: dict[str, Any]


def contests(survivor: Mapping[str, Any], merged: Mapping[str, Any]) -> list[Contest]:
    """Every property that one of the two has, the survivor's first, in their order."""
    return [
        Contest(
            name,
            survivor.get(name),
            merged.get(name),
            Side.MERGED if is_blank(survivor.get(name)) else Side.SURVIVOR,
        )
        for name in dict.fromkeys([*survivor, *merged])
    ]


def blend(
    survivor: Mapping[str, Any], merged: Mapping[str, Any], choices: Mapping[str, str]
) -> Blend:
    """What a merge changes on the survivor.

    Its own value stays, unless it has none or the other one's was chosen. A value is only given up
    for another value: to choose a side that says nothing changes nothing.

    Args:
        survivor: the properties of the record that stays.
        merged: those of the other one.
        choices: whose value wins, by property, where it shall not be as usual.
    """
    given = {
        one.name: one.merged
        for one in contests(survivor, merged)
        if (one.winner is Side.MERGED or choices.get(one.name) == Side.MERGED)
        and not is_blank(one.merged)
        and not same_value(one.survivor, one.merged)
    }
    return Blend(given, {name: survivor.get(name) for name in given})


class Undoing(NamedTuple):
    """What undoing a merge changes.

    Attributes:
        values: what the survivor gets back, by property; None for what it did not have.
        later: merges made after it that must know of another value before them.
    """

    values: dict[str, Any]
    later: list[Merge]


def taken_back(present: Mapping[str, Any], merge: Merge, later: Sequence[Merge]) -> Undoing:
    """What undoing a merge changes, so that merges can be undone in any order.

    What somebody has changed since is theirs, and stays. Where a later merge has put its own value
    over the one that this merge gave, that one stands, and what goes back is what undoing the later
    one will find.

    Args:
        present: the survivor's properties now.
        merge: the one that is undone.
        later: the merges into the same survivor that came after it and still hold, oldest first.
    """
    values: dict[str, Any] = {}
    before: dict[int, dict[str, Any]] = defaultdict(dict)
    for name, value in merge.given.items():
        heir = next((place for place, one in enumerate(later) if name in one.given), None)
        stands = present.get(name) if heir is None else later[heir].before.get(name)
        if not same_value(stands, value):
            continue
        if heir is None:
            values[name] = merge.before.get(name)
        else:
            before[heir][name] = merge.before.get(name)
    heirs = [
        later[place]._replace(before={**later[place].before, **told})
        for place, told in before.items()
    ]
    return Undoing(values, heirs)


def _contested(one: Any, other: Any) -> bool:
    return not is_blank(one) and not is_blank(other) and not same_value(one, other)
