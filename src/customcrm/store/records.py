"""Contacts and companies."""

from collections.abc import Collection, Sequence
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import (
    BigInteger,
    Connection,
    Delete,
    Insert,
    Select,
    Text,
    Update,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    tuple_,
    type_coerce,
)

from customcrm.crm.layers import Layers, Word
from customcrm.crm.match_keys import MatchKey
from customcrm.crm.records import Kind, Record
from customcrm.crm.revision import Action, Revision
from customcrm.operations.ports import Stamp
from customcrm.store.batch import (
    JsonArray,
    gather,
    gathered,
    insert_batch,
    insert_new,
    numbered,
    numbered_batch,
    rows,
    singles,
    text_batch,
    update_batch,
)
from customcrm.store.columns import from_json, microseconds, to_json
from customcrm.store.history import HistoryRow, keep_history
from customcrm.store.outbox import announce
from customcrm.store.tables import RECORDS, RecordTables


class _Statements(NamedTuple):
    """The SQL of one kind of record, made once."""

    by_id: Select[Any]
    ids_by_external_id: Select[Any]
    ids_by_key: Select[Any]
    holders: Select[Any]
    oldest_holders: Select[Any]
    first_external_ids: Select[Any]
    insert_records: Insert
    insert_external_ids: Insert
    insert_keys: Insert
    update_records: Update
    update_layers: Update
    layers: Select[Any]
    delete_keys: Delete
    merged: Select[Any]


def _by_id(tables: RecordTables) -> Select[Any]:
    """For each id of a batch the record with this id, or what it was merged into."""
    batch = text_batch("id")
    stored = tables.records.alias("stored")
    survivor = tables.records.alias("survivor")
    return (
        select(
            batch.c.id.label("asked"),
            survivor.c.id,
            survivor.c.properties,
            survivor.c.deleted_at,
            survivor.c.layers.is_not(None).label("layered"),
        )
        .select_from(batch)
        .join(stored, stored.c.id == batch.c.id)
        .join(survivor, survivor.c.id == func.coalesce(stored.c.merged_into, stored.c.id))
    )


def _ids_by_external_id(tables: RecordTables) -> Select[Any]:
    batch, names = numbered_batch("external_id"), tables.external_ids
    return gathered(
        select(batch.c.number, names.c.record_id).join_from(
            batch, names, names.c.external_id == batch.c.external_id
        )
    )


def _ids_by_key(tables: RecordTables) -> Select[Any]:
    """For each key of a batch the oldest record that has it, or null."""
    batch, keys = numbered_batch("kind", "value"), tables.keys
    oldest = (
        select(func.min(keys.c.record_id))
        .where(keys.c.kind == batch.c.kind, keys.c.value == batch.c.value)
        .correlate(batch)
        .scalar_subquery()
    )
    return gathered(select(batch.c.number, oldest.label("record_id")))


def _holders(tables: RecordTables) -> Select[Any]:
    """For each key of a batch every record that has it."""
    batch, keys = numbered_batch("kind", "value"), tables.keys
    return gathered(
        select(batch.c.number, keys.c.record_id).join_from(
            batch, keys, (keys.c.kind == batch.c.kind) & (keys.c.value == batch.c.value)
        )
    )


def _oldest_holders(tables: RecordTables) -> Select[Any]:
    """For each key of a batch the first records that have it, as one JSON array."""
    batch, keys = numbered_batch("kind", "value"), tables.keys
    oldest = (
        select(keys.c.record_id)
        .where(keys.c.kind == batch.c.kind, keys.c.value == batch.c.value)
        .order_by(keys.c.record_id)
        .limit(bindparam("most", type_=BigInteger()))
        .correlate(batch)
        .subquery("oldest")
    )
    return select(
        batch.c.number, select(JsonArray(oldest.c.record_id)).scalar_subquery().label("ids")
    )


def _first_external_ids(tables: RecordTables) -> Select[Any]:
    batch = text_batch("id")
    names = tables.external_ids
    first = (
        select(names.c.external_id)
        .where(names.c.record_id == batch.c.id)
        .order_by(names.c.added_at, names.c.external_id)
        .limit(1)
        .correlate(batch)
        .scalar_subquery()
    )
    return select(batch.c.id, first.label("external_id"))


def _merged(tables: RecordTables) -> Select[Any]:
    """The records that were merged into those of a batch."""
    batch, records = text_batch("id"), tables.records
    return select(records.c.id, records.c.properties, records.c.merged_into).join_from(
        batch, records, records.c.merged_into == batch.c.id
    )


def _layers(tables: RecordTables) -> Select[Any]:
    """The layers of records, as text: taken apart at once into what they are."""
    batch, records = text_batch("id"), tables.records
    layers = type_coerce(records.c.layers, Text).label("layers")
    return select(records.c.id, layers).join_from(batch, records, records.c.id == batch.c.id)


def _statements(tables: RecordTables) -> _Statements:
    gone = text_batch("kind", "value", "record_id")
    external = tables.external_ids
    return _Statements(
        by_id=_by_id(tables),
        ids_by_external_id=_ids_by_external_id(tables),
        ids_by_key=_ids_by_key(tables),
        holders=_holders(tables),
        oldest_holders=_oldest_holders(tables),
        first_external_ids=_first_external_ids(tables),
        insert_records=insert_batch(tables.records, "id", "properties", "created_at", "updated_at"),
        insert_external_ids=insert_batch(external, "external_id", "record_id", "added_at"),
        # A key that the rules of an earlier version gave may be there already.
        insert_keys=insert_new(tables.keys, "kind", "value", "record_id"),
        update_records=update_batch(tables.records, "properties", "updated_at", "deleted_at"),
        update_layers=update_batch(tables.records, "layers"),
        layers=_layers(tables),
        delete_keys=delete(tables.keys).where(
            tuple_(tables.keys.c.kind, tables.keys.c.value, tables.keys.c.record_id).in_(
                select(gone)
            )
        ),
        merged=_merged(tables),
    )


_STATEMENTS: Final = {kind: _statements(tables) for kind, tables in RECORDS.items()}


_ANY: Final = select(
    or_(*(exists(select(tables.records.c.id)) for tables in RECORDS.values())).label("any")
)


def is_empty(connection: Connection) -> bool:
    """As `Reader.is_empty`."""
    return not connection.execute(_ANY).scalar_one()


def records_by_id(connection: Connection, kind: Kind, ids: Collection[str]) -> dict[str, Record]:
    """As `Reader.records_by_id`."""
    found = connection.execute(_STATEMENTS[kind].by_id, singles(ids)).all()
    layers = layers_of(connection, kind, {row.id for row in found if row.layered})
    return {
        row.asked: Record(row.id, row.properties, row.deleted_at is not None, layers.get(row.id))
        for row in found
    }


_LAYERS: Final = msgspec.json.Decoder(dict[str, dict[str, Word]])


def layers_of(connection: Connection, kind: Kind, ids: Collection[str]) -> dict[str, Layers]:
    """The layers of those of these records that have any, each read once."""
    if not ids:
        return {}
    found = connection.execute(_STATEMENTS[kind].layers, singles(ids))
    return {row.id: _LAYERS.decode(row.layers) for row in found if row.layers is not None}


def ids_by_external_id(
    connection: Connection, kind: Kind, external_ids: Collection[str]
) -> dict[str, str]:
    """As `Reader.ids_by_external_id`."""
    asked = list(external_ids)
    parameter = numbered([(external_id,) for external_id in asked])
    found = gather(connection, _STATEMENTS[kind].ids_by_external_id, parameter)
    return {asked[number]: record_id for number, record_id in found}


def ids_by_key(
    connection: Connection, kind: Kind, keys: Collection[MatchKey]
) -> dict[MatchKey, str]:
    """As `Reader.ids_by_key`. Deleted records have no keys, merged ones keep theirs."""
    asked = list(keys)
    found = gather(connection, _STATEMENTS[kind].ids_by_key, numbered(asked))
    return {asked[number]: record_id for number, record_id in found if record_id is not None}


def holders_of_keys(
    connection: Connection, kind: Kind, keys: Collection[MatchKey]
) -> dict[MatchKey, list[str]]:
    """As `Reader.holders_of_keys`. Deleted records have no keys; merged ones have."""
    asked = list(keys)
    holders: dict[MatchKey, list[str]] = {}
    for number, record_id in sorted(gather(connection, _STATEMENTS[kind].holders, numbered(asked))):
        holders.setdefault(asked[number], []).append(record_id)
    return holders


def oldest_holders(
    connection: Connection, kind: Kind, keys: Collection[MatchKey], most: int
) -> dict[MatchKey, list[str]]:
    """As `Reader.holders_of_keys` of so many at most."""
    asked = list(keys)
    parameters = {**numbered(asked), "most": most}
    found = connection.execute(_STATEMENTS[kind].oldest_holders, parameters)
    ids = ((row.number, [record_id for (record_id,) in from_json(row.ids)]) for row in found)
    return {asked[number]: sorted(held) for number, held in ids if held}


def first_external_ids(connection: Connection, kind: Kind, ids: Collection[str]) -> dict[str, str]:
    """As `Reader.external_ids`."""
    found = connection.execute(_STATEMENTS[kind].first_external_ids, singles(ids))
    return {row.id: row.external_id for row in found if row.external_id is not None}


def insert_records(
    connection: Connection, kind: Kind, revisions: Sequence[Revision], stamp: Stamp
) -> None:
    """As `Writer.insert_records`."""
    statements, at = _STATEMENTS[kind], microseconds(stamp.at)
    connection.execute(
        statements.insert_records,
        rows((r.id, to_json(r.properties), at, at) for r in revisions),
    )
    _insert_external_ids(connection, kind, revisions, stamp)
    keys = [(*key, r.id) for r in revisions for key in dict.fromkeys(r.keys)]
    if keys:
        connection.execute(statements.insert_keys, rows(sorted(keys)))
    _keep_history(connection, revisions, stamp)
    announce(connection, (r.id for r in revisions))


def update_records(
    connection: Connection, kind: Kind, revisions: Sequence[Revision], stamp: Stamp
) -> None:
    """As `Writer.update_records`."""
    statements, at = _STATEMENTS[kind], microseconds(stamp.at)
    layers = [(r.id, r.layers and to_json(r.layers)) for r in revisions if r.relayered]
    if layers:
        connection.execute(statements.update_layers, rows(layers))
        # What was only said again, under another of its ids, has not changed the record.
        revisions = [r for r in revisions if r.action is not Action.UPDATED or any(r.difference())]
    if not revisions:
        return
    connection.execute(
        statements.update_records,
        rows((r.id, to_json(r.properties), at, at if r.gone else None) for r in revisions),
    )
    _insert_external_ids(connection, kind, revisions, stamp)
    gone, new = _key_changes(revisions)
    lost, regained = _keys_of_merged(connection, kind, revisions)
    if gone or lost:
        connection.execute(statements.delete_keys, rows(sorted(gone | lost)))
    if new or regained:
        connection.execute(statements.insert_keys, rows(sorted(new | regained)))
    _keep_history(connection, revisions, stamp)
    announce(connection, (r.id for r in revisions))


def _insert_external_ids(
    connection: Connection, kind: Kind, revisions: Sequence[Revision], stamp: Stamp
) -> None:
    at = microseconds(stamp.at)
    names = sorted((name, of, at) for r in revisions for name, of in r.external_ids.items())
    if names:
        connection.execute(_STATEMENTS[kind].insert_external_ids, rows(names))


_Keys = set[tuple[str, str, str]]
"""Rows of a table of keys."""


def _key_changes(revisions: Sequence[Revision]) -> tuple[_Keys, _Keys]:
    """Which keys go and which come."""
    gone: _Keys = set()
    new: _Keys = set()
    for revision in revisions:
        if revision.rekeyed:
            before, after = set(revision.stored_keys), set(revision.keys)
            gone |= {(*key, revision.id) for key in before - after}
            new |= {(*key, revision.id) for key in after - before}
    return gone, new


def _keys_of_merged(
    connection: Connection, kind: Kind, revisions: Sequence[Revision]
) -> tuple[_Keys, _Keys]:
    """The keys of what was merged into records that are deleted, and into those that come back.

    What was merged keeps its keys, by which its survivor is found, as long as that one lives.
    """
    leaving = {r.id: r for r in revisions if r.gone}
    returning = {r.id: r for r in revisions if r.action is Action.RESTORED}
    if not leaving and not returning:
        return set(), set()
    found = connection.execute(_STATEMENTS[kind].merged, singles([*leaving, *returning])).all()
    lost, regained = (
        {
            (*key, row.id)
            for row in found
            if row.merged_into in side
            for key in side[row.merged_into].keys_from(row.properties)
        }
        for side in (leaving, returning)
    )
    return lost, regained


def _keep_history(connection: Connection, revisions: Sequence[Revision], stamp: Stamp) -> None:
    keep_history(
        connection,
        (HistoryRow(r.id, str(r.action), *r.difference()) for r in revisions),
        stamp,
    )
