"""What people say of properties."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select

from customcrm.crm.property_types import PropertyType
from customcrm.crm.records import Kind
from customcrm.operations.ports import Stamp
from customcrm.operations.properties import AllDefined, Change, Defined, Definition, Shape
from customcrm.store.batch import insert_batch, rows, singles, text_batch
from customcrm.store.columns import to_json
from customcrm.store.history import HistoryRow, keep_history
from customcrm.store.tables import PROPERTY_DEFINITIONS

HELD: Final = "property definitions"
"""What transactions that write definitions hold, so that no two run at once."""

_TABLE: Final = PROPERTY_DEFINITIONS
_ALL: Final = select(_TABLE)
_FORGET: Final = delete(_TABLE).where(
    _TABLE.c.kind == bindparam("of"), _TABLE.c.name.in_(select(text_batch("name").c.name))
)
_KEEP: Final = insert_batch(_TABLE, *(column.name for column in _TABLE.c))


def property_definitions(connection: Connection) -> AllDefined:
    """As `PropertyShelf.property_definitions`."""
    found: dict[Kind, dict[str, Definition]] = {}
    for row in connection.execute(_ALL):
        kind = PropertyType(row.type) if row.type else None
        shape = Shape(row.label, kind, tuple(row.choices), bool(row.hidden))
        definition = Definition(row.name, shape, row.position, bool(row.by_hand))
        found.setdefault(Kind(row.kind), {})[row.name] = definition
    return found


def change_definitions(
    connection: Connection, kind: Kind, change: Change, stamp: Stamp
) -> AllDefined:
    """As `PropertyShelf.change_definitions`.

    The history tells it of `property_<kind>_<name>`, and a new order of `properties_<kind>`.
    """
    known = property_definitions(connection)
    old = known.get(kind, {})
    new = change(old)
    changed = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    if changed:
        connection.execute(_FORGET, {"of": str(kind), **singles(changed)})
        connection.execute(_KEEP, rows(_cells(kind, (new[n] for n in changed if n in new))))
        keep_history(connection, _told(kind, old, new), stamp)
    return {**known, kind: new}


def _cells(kind: Kind, definitions: Iterable[Definition]) -> Iterator[list[Any]]:
    for name, shape, position, by_hand in definitions:
        choices, hidden = to_json(shape.choices), int(shape.hidden)
        yield [kind, name, shape.label, shape.type, choices, hidden, position, int(by_hand)]


def _told(kind: Kind, old: Defined, new: Defined) -> Iterator[HistoryRow]:
    """The history of a change."""
    for name in {**old, **new}:
        before, after = old.get(name, Definition(name)), new.get(name, Definition(name))
        was, becomes = _values(before), _values(after)
        differing = [key for key in becomes if was[key] != becomes[key]]
        action = "updated"
        if before.by_hand != after.by_hand:
            action = "created" if after.by_hand else "deleted"
        if differing:
            yield HistoryRow(
                f"property_{kind}_{name}",
                action,
                {key: was[key] for key in differing},
                {key: becomes[key] for key in differing},
            )
    if _order(old) != _order(new):
        order = {"order": _order(old)}, {"order": _order(new)}
        yield HistoryRow(f"properties_{kind}", "updated", *order)


def _values(definition: Definition) -> dict[str, Any]:
    shape = definition.shape._asdict()
    return {**shape, "choices": list(definition.shape.choices), "by_hand": definition.by_hand}


def _order(definitions: Defined) -> list[str]:
    placed = [(one.position, one.name) for one in definitions.values() if one.position is not None]
    return [name for _, name in sorted(placed)]
