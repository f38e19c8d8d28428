"""Match keys derived anew from the properties of stored records.

Two passes bring the keys of a kind of record up to date. The first reads the records and adds the
keys that are missing; the second reads the keys, along their own index, and deletes those that
their record does not give any more.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Connection,
    Delete,
    Text,
    bindparam,
    delete,
    func,
    select,
    tuple_,
)

from customcrm import log
from customcrm.crm.records import COMPANY_RULES, CONTACT_RULES, Kind
from customcrm.store.batch import (
    gather,
    gathered,
    insert_new,
    numbered,
    numbered_batch,
    rows,
    singles,
    text_batch,
)
from customcrm.store.columns import from_json, to_json
from customcrm.store.derivations.derivation import Access, Derivation, Step
from customcrm.store.duplicates import searches
from customcrm.store.tables import RECORDS

KEYS_VERSION: Final = 1
"""The version of the rules by which match keys are derived. Raise it when these change."""

Key = tuple[str, str, str]
"""A row of a table of keys: kind, value, id of the record."""

RULES: Final = {Kind.CONTACT: CONTACT_RULES, Kind.COMPANY: COMPANY_RULES}
_NOUNS: Final = {kind: RECORDS[kind].records.name for kind in Kind}
_BATCH: Final = text_batch("id")


def _next_ids(kind: Kind) -> Any:
    records = RECORDS[kind].records
    return gathered(
        select(records.c.id)
        .where(records.c.id > bindparam("place", type_=Text()))
        .order_by(records.c.id)
        .limit(bindparam("most", type_=BigInteger()))
    )


def _next_keys(kind: Kind) -> Any:
    keys = RECORDS[kind].keys
    columns = (keys.c.kind, keys.c.value, keys.c.record_id)
    place = tuple_(*(bindparam(name, type_=Text()) for name in ("kind", "value", "id")))
    return gathered(
        select(*columns)
        .where(tuple_(*columns) > place)
        .order_by(*columns)
        .limit(bindparam("most", type_=BigInteger()))
    )


def _living(kind: Kind) -> Any:
    """Select the properties of those records that are alive, or merged into one that is."""
    stored = RECORDS[kind].records
    survivor = stored.alias("survivor")
    return (
        select(stored.c.id, stored.c.properties)
        .join_from(_BATCH, stored, stored.c.id == _BATCH.c.id)
        .join(survivor, survivor.c.id == func.coalesce(stored.c.merged_into, stored.c.id))
        .where(survivor.c.deleted_at.is_(None), stored.c.deleted_at.is_(None))
    )


def _stored(kind: Kind) -> Any:
    batch, keys = numbered_batch("kind", "value", "record_id"), RECORDS[kind].keys
    return gathered(
        select(batch.c.number).join_from(
            batch,
            keys,
            (keys.c.kind == batch.c.kind)
            & (keys.c.value == batch.c.value)
            & (keys.c.record_id == batch.c.record_id),
        )
    )


def _delete(kind: Kind) -> Delete:
    keys = RECORDS[kind].keys
    gone = text_batch("kind", "value", "record_id")
    return delete(keys).where(tuple_(keys.c.kind, keys.c.value, keys.c.record_id).in_(select(gone)))


_INSERT: Final = {
    kind: insert_new(RECORDS[kind].keys, "kind", "value", "record_id") for kind in Kind
}
_DELETE: Final = {kind: _delete(kind) for kind in Kind}
_NEXT_IDS: Final = {kind: _next_ids(kind) for kind in Kind}
_NEXT_KEYS: Final = {kind: _next_keys(kind) for kind in Kind}
_LIVING: Final = {kind: _living(kind) for kind in Kind}
_STORED: Final = {kind: _stored(kind) for kind in Kind}


def _properties(connection: Connection, kind: Kind, ids: Collection[str]) -> Sequence[Any]:
    return connection.execute(_LIVING[kind], singles(ids)).all() if ids else []


def _keys_of(kind: Kind, found: Iterable[Any], rest: Callable[[], None]) -> set[Key]:
    """Return the keys that some records should have."""
    keys: set[Key] = set()
    for row in found:
        rest()
        try:
            keys |= {(*key, row.id) for key in RULES[kind].keys_of(row.properties)}
        except Exception:  # noqa: BLE001 - one odd record must not stop all others
            log.failure("keys_not_derived", record=row.id)
    return keys


def _keys_now(connection: Connection, kind: Kind, ids: Collection[str]) -> set[Key]:
    """Return the keys that some records should have, by what they are in this transaction."""
    return _keys_of(kind, _properties(connection, kind, ids), lambda: None)


def _missing(connection: Connection, kind: Kind, keys: Collection[Key]) -> set[Key]:
    """Return those of some keys that are not stored."""
    asked = sorted(keys)
    if not asked:
        return set()
    found = gather(connection, _STORED[kind], numbered(asked))
    return set(asked) - {asked[number] for (number,) in found}


def _add_missing(kind: Kind, access: Access, place: str, size: int) -> Step:
    given = {"place": place, "most": size}
    ids = [one for (one,) in access.read(lambda c: gather(c, _NEXT_IDS[kind], given))]
    found = access.read(lambda c: _properties(c, kind, ids))
    keys = _keys_of(kind, found, access.rest)
    concerned = _ids_of(access.read(lambda c: _missing(c, kind, keys)))

    def write(connection: Connection) -> None:
        if concerned:
            access.hold(connection, kind)
            # What was written since must not get the keys of what it was before.
            missing = _missing(connection, kind, _keys_now(connection, kind, concerned))
            connection.execute(_INSERT[kind], rows(sorted(missing)))

    return Step(ids[-1] if len(ids) == size else None, len(ids), write)


def _delete_stale(kind: Kind, access: Access, place: str, size: int) -> Step:
    start = from_json(place) if place else ["", "", ""]
    given = {**dict(zip(("kind", "value", "id"), start, strict=True)), "most": size}
    rows_found = access.read(lambda c: gather(c, _NEXT_KEYS[kind], given))
    keys: list[Key] = [(kind_of_key, value, one) for kind_of_key, value, one in rows_found]
    found = access.read(lambda c: _properties(c, kind, _ids_of(keys)))
    stale = set(keys) - _keys_of(kind, found, access.rest)

    def write(connection: Connection) -> None:
        if stale:
            access.hold(connection, kind)
            gone = stale - _keys_now(connection, kind, _ids_of(stale))
            connection.execute(_DELETE[kind], rows(sorted(gone)))

    return Step(to_json(keys[-1]) if len(keys) == size else None, len(keys), write)


def _ids_of(keys: Iterable[Key]) -> Sequence[str]:
    return sorted({record_id for *_, record_id in keys})


def _search_again(connection: Connection, kind: Kind) -> None:
    """Have the search for duplicates begin anew: records may share other keys now."""
    searches.begin(connection, kind)


def _count(connection: Connection, kind: Kind) -> int:
    query = select(func.count()).select_from(RECORDS[kind].records)
    return int(connection.execute(query).scalar_one())


def _count_keys(connection: Connection, kind: Kind) -> int:
    query = select(func.count()).select_from(RECORDS[kind].keys)
    return int(connection.execute(query).scalar_one())


def missing_keys(kind: Kind) -> Derivation:
    """Return the derivation that adds the keys which records of a kind lack."""
    return Derivation(
        name=f"{kind} keys, missing",
        version=KEYS_VERSION,
        noun=_NOUNS[kind],
        count=partial(_count, kind=kind),
        take=partial(_add_missing, kind),
    )


def stale_keys(kind: Kind) -> Derivation:
    """Return the derivation that deletes the keys which records of a kind do not give any more."""
    return Derivation(
        name=f"{kind} keys, stale",
        version=KEYS_VERSION,
        noun=_NOUNS[kind],
        count=partial(_count_keys, kind=kind),
        take=partial(_delete_stale, kind),
        finish=partial(_search_again, kind=kind),
    )
