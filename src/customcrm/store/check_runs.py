"""Records that a run of `customcrm check` has made, and the removal of its activities."""

from collections import Counter
from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Connection, Select, delete, exists, or_, select

from customcrm.crm.records import Kind
from customcrm.store.batch import singles, text_batch
from customcrm.store.catalogue.tallies import ACTIVITY, Tally, add_tallies
from customcrm.store.columns import microseconds
from customcrm.store.outbox import announce
from customcrm.store.tables import ACTIVITIES, RECORDS, RecordTables


def _others(tables: RecordTables) -> Any:
    """Whether there is a living record that has no external id with the prefix."""
    records, names = tables.records, tables.external_ids
    named = exists().where(
        names.c.record_id == records.c.id, names.c.external_id.startswith("check-")
    )
    living = records.c.deleted_at.is_(None) & records.c.merged_into.is_(None)
    return exists(select(records.c.id).where(living, ~named))


_HOLDS_OTHERS: Final = select(or_(*(_others(tables) for tables in RECORDS.values())))


def _made_under(tables: RecordTables) -> Select[Any]:
    """Living records that were created under an external id of a batch, with all their names."""
    batch, names, records = text_batch("external_id"), tables.external_ids, tables.records
    every, merged = names.alias("every"), records.alias("merged")
    return (
        select(records.c.id, every.c.external_id)
        .join_from(batch, names, names.c.external_id == batch.c.external_id)
        .join(records, records.c.id == names.c.record_id)
        .join(every, every.c.record_id == records.c.id)
        .where(
            names.c.added_at == records.c.created_at,
            records.c.deleted_at.is_(None),
            records.c.merged_into.is_(None),
            ~exists().where(merged.c.merged_into == records.c.id),
        )
    )


_MADE_UNDER: Final = {kind: _made_under(tables) for kind, tables in RECORDS.items()}

_asked = text_batch("id")
_REMOVE: Final = (
    delete(ACTIVITIES)
    .where(ACTIVITIES.c.id.in_(select(_asked.c.id)))
    .returning(
        ACTIVITIES.c.type,
        ACTIVITIES.c.direction,
        ACTIVITIES.c.happened_at,
        ACTIVITIES.c.contact_id,
        ACTIVITIES.c.company_id,
    )
)


def holds_others(connection: Connection) -> bool:
    """As `Reader.holds_others`."""
    return bool(connection.execute(_HOLDS_OTHERS).scalar_one())


def made_under(connection: Connection, kind: Kind, external_ids: Collection[str]) -> list[str]:
    """As `Reader.made_under`."""
    asked = set(external_ids)
    names: dict[str, set[str]] = {}
    for record_id, external_id in connection.execute(_MADE_UNDER[kind], singles(asked)):
        names.setdefault(record_id, set()).add(external_id)
    return [record_id for record_id, own in names.items() if own <= asked]


def remove_activities(connection: Connection, ids: Collection[str]) -> int:
    """As `Writer.remove_activities`: what counts them is told."""
    if not ids:
        return 0
    removed = connection.execute(_REMOVE, singles(ids)).all()
    tallies: Counter[Tally] = Counter()
    for row in removed:
        at = microseconds(row.happened_at)
        tallies[Tally(at, ACTIVITY, row.type, row.direction or "")] -= 1
    add_tallies(connection, tallies)
    about = {one for row in removed for one in (row.contact_id, row.company_id) if one}
    if about:
        announce(connection, sorted(about))
    return len(removed)
