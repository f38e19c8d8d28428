"""Records that earlier rules made one of several senders' records, and that may be two."""

from collections import defaultdict
from functools import partial
from typing import Any, Final

from sqlalchemy import BigInteger, Connection, Text, bindparam, func, select

from customcrm import log
from customcrm.clock import system_clock
from customcrm.crm.doubts import NAME_FIELDS, PastChange, doubt_of
from customcrm.crm.records import COMPANY_RULES, CONTACT_RULES, Kind
from customcrm.store.batch import singles, text_batch
from customcrm.store.columns import microseconds
from customcrm.store.derivations.derivation import Access, Derivation, Step
from customcrm.store.duplicates.doubts import note_doubts
from customcrm.store.tables import HISTORY, RECORDS

DOUBTS_VERSION: Final = 1
"""The version of the rules by which a record is doubtful. Raise it when these change."""

MAX_CHANGES: Final = 2_000
"""Changes of the records of one step that are looked at, the latest first."""

MAX_TOGETHER: Final = 50
"""Records of one step: all their changes are read."""

_RULES: Final = {Kind.CONTACT: CONTACT_RULES, Kind.COMPANY: COMPANY_RULES}
_BATCH: Final = text_batch("id")


def _joined(kind: Kind) -> Any:
    """Select the records that have several external ids of their own, not by a merge."""
    names = RECORDS[kind].external_ids
    return (
        select(names.c.record_id)
        .where(names.c.record_id > bindparam("place", type_=Text()))
        .group_by(names.c.record_id)
        .having(func.count() > 1)
        .order_by(names.c.record_id)
        .limit(bindparam("most", type_=BigInteger()))
    )


def _living(kind: Kind) -> Any:
    table = RECORDS[kind].records
    return (
        select(table.c.id, table.c.properties)
        .join_from(_BATCH, table, table.c.id == _BATCH.c.id)
        .where(table.c.deleted_at.is_(None), table.c.merged_into.is_(None))
    )


_JOINED: Final = {kind: _joined(kind) for kind in Kind}
_LIVING: Final = {kind: _living(kind) for kind in Kind}
_CHANGES: Final = (
    select(HISTORY.c.record_id, HISTORY.c.old_values, HISTORY.c.new_values)
    .join_from(_BATCH, HISTORY, HISTORY.c.record_id == _BATCH.c.id)
    .where(HISTORY.c.actor.like("key:%"), HISTORY.c.action.in_(("updated", "linked")))
    .order_by(HISTORY.c.number.desc())
    .limit(MAX_CHANGES)
)


def _changes(connection: Connection, ids: list[str]) -> dict[str, list[PastChange]]:
    changes: dict[str, list[PastChange]] = defaultdict(list)
    for row in connection.execute(_CHANGES, singles(ids)):
        if not NAME_FIELDS.isdisjoint(row.new_values):
            changes[row.record_id].append(PastChange(row.old_values, row.new_values))
    return changes


def _note(kind: Kind, access: Access, place: str, size: int) -> Step:
    most = min(size, MAX_TOGETHER)
    given = {"place": place, "most": most}
    ids = list(access.read(lambda c: c.execute(_JOINED[kind], given).scalars().all()))
    found = access.read(lambda c: c.execute(_LIVING[kind], singles(ids)).all())
    changes = access.read(lambda c: _changes(c, ids))
    doubts: dict[str, str] = {}
    for row in found:
        access.rest()
        try:
            doubt = doubt_of(_RULES[kind], row.properties, changes.get(row.id, ()))
        except Exception:  # noqa: BLE001 - one odd record must not stop all others
            log.failure("doubt_not_derived", record=row.id)
            continue
        if doubt is not None:
            doubts[row.id] = doubt
    at = microseconds(system_clock())

    def write(connection: Connection) -> None:
        note_doubts(connection, kind, doubts, at)

    return Step(ids[-1] if len(ids) == most else None, len(ids), write)


def _count(connection: Connection, kind: Kind) -> int:
    names = RECORDS[kind].external_ids
    joined = select(names.c.record_id).group_by(names.c.record_id).having(func.count() > 1)
    query = select(func.count()).select_from(joined.subquery("joined"))
    return int(connection.execute(query).scalar_one())


def doubts(kind: Kind) -> Derivation:
    """Return the derivation that notes which older records of a kind may be two."""
    return Derivation(
        name=f"{kind} doubts",
        version=DOUBTS_VERSION,
        noun=RECORDS[kind].records.name,
        count=partial(_count, kind=kind),
        take=partial(_note, kind),
    )
