"""Merges, and what is asked of the store within one."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update

from customcrm.crm.card import name_of
from customcrm.crm.merging import Merge
from customcrm.crm.records import Kind, Record
from customcrm.operations.merging.ports import PastMerge, Standing
from customcrm.operations.ports import Stamp
from customcrm.store.batch import singles, text_batch
from customcrm.store.history import HistoryRow, keep_history
from customcrm.store.outbox import announce
from customcrm.store.records import layers_of
from customcrm.store.tables import MERGES, RECORDS
from customcrm.store.transaction import Transaction

MAX_MERGES: Final = 100
"""Merges into one record that its page is given."""

_PAYLOAD: Final = ("choices", "brought")
_BATCH: Final = text_batch("id")


class MergeTransaction(Transaction):
    """Implements `merging.ports.MergeWriter`. Takes what `Transaction` takes."""

    __slots__ = ()

    def __init__(self, connection: Connection, hold: Callable[[Connection, str], None]) -> None:
        super().__init__(connection, hold)

    def standing(self, kind: Kind, ids: Collection[str]) -> Mapping[str, Standing]:
        """As the port says."""
        table = RECORDS[kind].records
        columns = [column for column in table.c if column.name != "layers"]
        query = select(*columns).join_from(_BATCH, table, table.c.id == _BATCH.c.id)
        layers = layers_of(self._connection, kind, ids)
        return {
            row.id: Standing(
                Record(row.id, row.properties, row.deleted_at is not None, layers.get(row.id)),
                row.merged_into,
            )
            for row in self._connection.execute(query, singles(ids))
        }

    def merged_into(self, kind: Kind, survivor_id: str) -> Sequence[str]:
        """As the port says."""
        table = RECORDS[kind].records.c
        query = select(table.id).where(table.merged_into == survivor_id).order_by(table.id)
        return self._connection.execute(query).scalars().all()

    def point(self, kind: Kind, ids: Collection[str], survivor_id: str | None) -> None:
        """As the port says. Their cards follow, and those that tell of them."""
        table = RECORDS[kind].records
        moved = update(table).where(table.c.id == _BATCH.c.id).values(merged_into=survivor_id)
        self._connection.execute(moved, singles(ids))
        announce(self._connection, ids)

    def tell(self, record_id: str, action: str, new: Mapping[str, Any], stamp: Stamp) -> None:
        """As the port says."""
        keep_history(self._connection, [HistoryRow(record_id, action, {}, dict(new))], stamp)

    def keep_merge(self, merge: Merge) -> None:
        """As the port says."""
        told = {name: value for name, value in merge._asdict().items() if name not in _PAYLOAD}
        row = {**told, "kind": str(merge.kind), "payload": _payload_of(merge)}
        self._connection.execute(insert(MERGES).values(row))

    def merge(self, merge_id: str) -> Merge | None:
        """As the port says."""
        row = self._connection.execute(select(MERGES).where(MERGES.c.id == merge_id)).first()
        return None if row is None else _merge_of(row)

    def latest_merge(self, kind: Kind, merged_id: str) -> Merge | None:
        """As the port says."""
        query = (
            select(MERGES)
            .where(MERGES.c.kind == str(kind), MERGES.c.merged_id == merged_id)
            .order_by(MERGES.c.at.desc(), MERGES.c.id.desc())
            .limit(1)
        )
        row = self._connection.execute(query).first()
        return None if row is None else _merge_of(row)

    def mark_undone(self, merge_id: str, stamp: Stamp) -> None:
        """As the port says."""
        self._connection.execute(
            update(MERGES)
            .where(MERGES.c.id == merge_id)
            .values(undone_at=stamp.at, undone_by=stamp.actor)
        )


def merges_into(connection: Connection, kind: Kind, survivor_id: str) -> list[PastMerge]:
    """As `MergeBook.merges_into`."""
    records = RECORDS[kind].records
    query = (
        select(MERGES, records.c.properties)
        .join(records, records.c.id == MERGES.c.merged_id)
        .where(
            MERGES.c.survivor_id == survivor_id,
            MERGES.c.kind == str(kind),
            MERGES.c.undone_at.is_(None),
        )
        .order_by(MERGES.c.at.desc(), MERGES.c.id.desc())
        .limit(MAX_MERGES)
    )
    return [
        PastMerge(_merge_of(row), name_of(kind, row.properties, None))
        for row in connection.execute(query)
    ]


def _payload_of(merge: Merge) -> dict[str, Any]:
    return {name: getattr(merge, name) for name in _PAYLOAD}


def _merge_of(row: Row[Any]) -> Merge:
    return Merge(
        id=row.id,
        kind=Kind(row.kind),
        survivor_id=row.survivor_id,
        merged_id=row.merged_id,
        at=row.at,
        actor=row.actor,
        undone_at=row.undone_at,
        undone_by=row.undone_by,
        choices=row.payload["choices"],
        brought=tuple(row.payload["brought"]),
    )
