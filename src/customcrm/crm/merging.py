"""Two records that are one: which values the one that stays has."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple

from customcrm.crm.records import Kind
from customcrm.crm.values import is_blank, same_value

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
    brought: tuple[str, ...]
    undone_at: datetime | None = None
    undone_by: str | None = None

    @property
    def until(self) -> datetime:
        """Until when it can be undone."""
        return self.at + timedelta(days=UNDO_DAYS)


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


def taken(
    survivor: Mapping[str, Any], merged: Mapping[str, Any], choices: Mapping[str, str]
) -> frozenset[str]:
    """The properties whose value a survivor takes from the other record.

    Its own value stays, unless it has none or the other one's was chosen. A value is only given up
    for another value: to choose a side that says nothing changes nothing.

    Args:
        survivor: the properties of the record that stays.
        merged: those of the other one.
        choices: whose value wins, by property, where it shall not be as usual.
    """
    return frozenset(
        one.name
        for one in contests(survivor, merged)
        if (one.winner is Side.MERGED or choices.get(one.name) == Side.MERGED)
        and not is_blank(one.merged)
        and not same_value(one.survivor, one.merged)
    )


def _contested(one: Any, other: Any) -> bool:
    return not is_blank(one) and not is_blank(other) and not same_value(one, other)
