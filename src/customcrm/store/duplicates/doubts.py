"""Records that may be two: noted, listed, and dismissed."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, select, update

from customcrm.crm.records import Kind
from customcrm.operations.merging.ports import DoubtfulRecord
from customcrm.operations.ports import Stamp
from customcrm.store.batch import insert_new, rows, singles, text_batch
from customcrm.store.card_tables import CARDS
from customcrm.store.catalogue.cards import cards_by_id
from customcrm.store.tables import DOUBTFUL_RECORDS, RECORDS

MAX_LISTED: Final = 100
"""Records that a list shows; the next ones follow as these are dismissed."""

MAX_EXTERNAL_IDS: Final = 10
"""External ids of one record that a list names."""

_T: Final = DOUBTFUL_RECORDS.c
_BATCH: Final = text_batch("id")
_NOTE: Final = insert_new(DOUBTFUL_RECORDS, "kind", "record_id", "reason", "noted_at")


def note_doubts(connection: Connection, kind: Kind, doubts: Mapping[str, str], at: int) -> None:
    """Store for each of some records why it may be two; one noted before is left as it is.

    Args:
        connection: with a transaction.
        kind: of the records.
        doubts: the reasons, by record id.
        at: the moment, in microseconds.
    """
    lines = [(str(kind), record_id, reason, at) for record_id, reason in sorted(doubts.items())]
    if lines:
        connection.execute(_NOTE, rows(lines))


def doubtful_records(connection: Connection, kind: Kind) -> list[DoubtfulRecord]:
    """As `MergeBook.doubtful_records`."""
    query = (
        select(_T.record_id, _T.reason)
        .join_from(DOUBTFUL_RECORDS, CARDS[kind], CARDS[kind].c.id == _T.record_id)
        .where(_T.kind == str(kind), _T.dismissed_at.is_(None))
        .order_by(_T.record_id)
        .limit(MAX_LISTED)
    )
    found = {row.record_id: row.reason for row in connection.execute(query)}
    cards = cards_by_id(connection, kind, found)
    names = _external_ids(connection, kind, list(found))
    return [
        DoubtfulRecord(cards[one], reason, tuple(names.get(one, ())[:MAX_EXTERNAL_IDS]))
        for one, reason in found.items()
        if one in cards
    ]


def _external_ids(connection: Connection, kind: Kind, ids: list[str]) -> dict[str, list[str]]:
    table = RECORDS[kind].external_ids
    query = (
        select(table.c.record_id, table.c.external_id)
        .join_from(_BATCH, table, table.c.record_id == _BATCH.c.id)
        .order_by(table.c.added_at, table.c.external_id)
    )
    names: dict[str, list[str]] = {}
    for row in connection.execute(query, singles(ids)):
        names.setdefault(row.record_id, []).append(row.external_id)
    return names


def dismiss_doubt(connection: Connection, kind: Kind, record_id: str, stamp: Stamp) -> bool:
    """As `MergeBook.dismiss_doubt`."""
    return _mark(connection, kind, record_id, stamp)


def doubt_again(connection: Connection, kind: Kind, record_id: str) -> bool:
    """As `MergeBook.doubt_again`."""
    return _mark(connection, kind, record_id, None)


def _mark(connection: Connection, kind: Kind, record_id: str, stamp: Stamp | None) -> bool:
    now = _T.dismissed_at.is_(None) if stamp else _T.dismissed_at.is_not(None)
    values = {
        "dismissed_at": stamp and stamp.at,
        "dismissed_by": stamp and stamp.actor,
    }
    done = connection.execute(
        update(DOUBTFUL_RECORDS)
        .where(_T.kind == str(kind), _T.record_id == record_id, now)
        .values(values)
    )
    return done.rowcount > 0
