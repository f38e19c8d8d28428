"""From one item of a call received back to what came, as far as that is still known.

Bodies of calls are not kept: they hold personal data. What an item changed stands in the history,
what it was recognised by stands in the log.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from customcrm.crm.explanation import MADE_FROM
from customcrm.crm.planning import Effect
from customcrm.crm.records import EXTERNAL_ID, Kind
from customcrm.crm.values import is_blank
from customcrm.operations.browsing.ports import Catalogue
from customcrm.operations.browsing.records import Change
from customcrm.operations.calls import Call, CallItem
from customcrm.operations.explaining import Fate, Whereabouts, explain_id
from customcrm.operations.ports import Backend

MAX_LOOKED_AT: Final = 200
"""Rows of a record's history that are looked at."""

_ENDS: Final = ("deleted", "merged")
"""The actions after which an id is found no more, or leads elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What is known of one item of a call.

    Attributes:
        item: as the log has it.
        kind: of the record that it spoke of.
        values: of an item that was recognised, what is known of the record as it came.
        change: the row of the history that the item made; of one that was not found, the row that
            tells of its end. None if there is none.
        shared: whether other items of the same call had a part in that row.
        whereabouts: of an item that was not found, what its id is the id of; None if the log does
            not say which id that was.
    """

    item: CallItem
    kind: Kind
    values: dict[str, Any] = field(default_factory=dict)
    change: Change | None = None
    shared: bool = False
    whereabouts: Whereabouts | None = None


def trace_item(backend: Backend, catalogue: Catalogue, call: Call, item: CallItem) -> Trace:
    """Find out what is still known of an item.

    Args:
        backend: where the records are.
        catalogue: their history.
        call: that the item came with.
        item: one of `call.tally.items`.
    """
    match item.effect:
        case Effect.LINKED:
            return _recognised(backend, catalogue, call, item)
        case Effect.FAILED:
            return _not_found(backend, catalogue, call, item)
        case _:
            return Trace(item=item, kind=kind_of(call))


def kind_of(call: Call) -> Kind:
    """Which kind of record a call spoke of; one that speaks of both is taken to mean contacts."""
    return Kind.COMPANY if call.operation.endswith("companies") else Kind.CONTACT


def _recognised(backend: Backend, catalogue: Catalogue, call: Call, item: CallItem) -> Trace:
    kind = kind_of(call)
    changes = catalogue.history(item.record_id, None, MAX_LOOKED_AT)
    change = next((one for one in changes if _is_of(one, call, item)), None)
    values: dict[str, Any] = {EXTERNAL_ID: item.id}
    found = backend.read(lambda reader: reader.records_by_id(kind, [item.record_id]))
    record = found.get(item.record_id)
    # What it was recognised by came as the record has it, up to its spelling.
    for name in MADE_FROM[kind].get(item.reason or "", ()):
        own = record.properties.get(name) if record else None
        if not is_blank(own):
            values[name] = own
    if change is not None:
        came = {name: value for name, value in change.new.items() if value is not None}
        values |= {name: value for name, value in came.items() if name != EXTERNAL_ID}
    shared = change is not None and len(_names(change)) > 1
    return Trace(item=item, kind=kind, values=values, change=change, shared=shared)


def _is_of(change: Change, call: Call, item: CallItem) -> bool:
    return change.actor == call.actor and item.id in _names(change)


def _names(change: Change) -> Sequence[str]:
    """The external ids that a change has given a record."""
    names = change.new.get(EXTERNAL_ID)
    return names if isinstance(names, list) else []


def _not_found(backend: Backend, catalogue: Catalogue, call: Call, item: CallItem) -> Trace:
    kind = kind_of(call)
    # A pair is told by its contact, so that of a company that was not found nothing is known.
    if item.reason != f"{kind.capitalize()} not found":
        return Trace(item=item, kind=Kind.COMPANY)
    whereabouts = explain_id(backend, kind, item.id)
    change = None
    if whereabouts.fate in {Fate.DELETED, Fate.MERGED}:
        change = _end_of(catalogue, item.id)
        if change is None and whereabouts.record_id != item.id:
            change = _end_of(catalogue, whereabouts.record_id)
    return Trace(item=item, kind=kind, change=change, whereabouts=whereabouts)


def _end_of(catalogue: Catalogue, record_id: str) -> Change | None:
    changes = catalogue.history(record_id, None, MAX_LOOKED_AT)
    return next((one for one in changes if one.action in _ENDS), None)
