"""What an admin has chosen of the rules."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select

from customcrm.crm.records import Kind
from customcrm.operations.ports import Stamp
from customcrm.operations.rulebook import NO_CHOICE, Choice, Chosen
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


def keep_rule_choice(
    connection: Connection,
    kind: Kind,
    chosen: Chosen,
    names: tuple[str, ...] | None,
    stamp: Stamp,
) -> Mapping[Kind, Choice]:
    """As `RuleShelf.keep_rule_choice`; the history tells it of `rules_<kind>`."""
    choices = rule_choices(connection)
    old = choices.get(kind, NO_CHOICE)
    new = old._replace(**{chosen: names})
    if new == old:
        return choices
    connection.execute(_FORGET, {"of": kind})
    connection.execute(_KEEP, {"kind": kind, **_told(new)})
    before = _told(old)[chosen]
    row = HistoryRow(
        f"rules_{kind}",
        "updated",
        {} if before is None else {chosen: before},
        {chosen: _told(new)[chosen]},
    )
    keep_history(connection, [row], stamp)
    return {**choices, kind: new}


def _told(choice: Choice) -> dict[str, Any]:
    return {name: None if told is None else list(told) for name, told in choice._asdict().items()}
