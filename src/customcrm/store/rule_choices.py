"""What an admin has chosen of the rules."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select

from customcrm.crm.records import Kind
from customcrm.operations.ports import Stamp
from customcrm.operations.rulebook import NO_CHOICE, Choice
from customcrm.store.history import HistoryRow, keep_history
from customcrm.store.tables import RULE_CHOICES

HELD: Final = "rule choices"
"""What transactions that write choices hold, so that no two run at once."""

_ALL: Final = select(RULE_CHOICES)
_FORGET: Final = delete(RULE_CHOICES).where(RULE_CHOICES.c.kind == bindparam("of"))
_KEEP: Final = insert(RULE_CHOICES)


def rule_choices(connection: Connection) -> Mapping[Kind, Choice]:
    """As `RuleShelf.rule_choices`."""
    return {
        Kind(row.kind): Choice(_names(row.chain), _names(row.returned))
        for row in connection.execute(_ALL)
    }


def _names(told: list[str] | None) -> tuple[str, ...] | None:
    return None if told is None else tuple(told)


def change_rule_choice(
    connection: Connection, kind: Kind, change: Callable[[Choice], Choice], stamp: Stamp
) -> Mapping[Kind, Choice]:
    """As `RuleShelf.change_rule_choice`; the history tells it of `rules_<kind>`."""
    choices = rule_choices(connection)
    old = choices.get(kind, NO_CHOICE)
    new = change(old)
    if new == old:
        return choices
    connection.execute(_FORGET, {"of": kind})
    connection.execute(_KEEP, {"kind": kind, **_told(new)})
    before, after = _told(old), _told(new)
    changed = [name for name in after if before[name] != after[name]]
    row = HistoryRow(
        f"rules_{kind}",
        "updated",
        {name: before[name] for name in changed if before[name] is not None},
        {name: after[name] for name in changed},
    )
    keep_history(connection, [row], stamp)
    return {**choices, kind: new}


def _told(choice: Choice) -> dict[str, Any]:
    return {name: None if told is None else list(told) for name, told in choice._asdict().items()}
