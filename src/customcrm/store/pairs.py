"""Pairs of records that may be one, as they are noted."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy import Connection, Insert, Select, Update, select, update

from customcrm.crm.duplicates import score_of
from customcrm.crm.planning import PossibleDuplicate
from customcrm.crm.records import Kind
from customcrm.operations.ports import Stamp
from customcrm.store.batch import (
    gather,
    gathered,
    insert_batch,
    numbered,
    numbered_batch,
    rows,
    table_batch,
)
from customcrm.store.columns import microseconds
from customcrm.store.tables import RECORDS, RecordTables

Scored = Mapping[tuple[str, str], tuple[str, int]]
"""The reason and the score of each pair, the older id first."""


def _noted(tables: RecordTables) -> Select[Any]:
    batch, noted = numbered_batch("first_id", "second_id"), tables.duplicates
    return gathered(
        select(batch.c.number, noted.c.score).join_from(
            batch,
            noted,
            (noted.c.first_id == batch.c.first_id) & (noted.c.second_id == batch.c.second_id),
        )
    )


def _insert(tables: RecordTables) -> Insert:
    names = ("first_id", "second_id", "reason", "score", "noted_at")
    return insert_batch(tables.duplicates, *names)


def _strengthen(tables: RecordTables) -> Update:
    table = tables.duplicates
    batch = table_batch(table, "first_id", "second_id", "reason", "score")
    return (
        update(table)
        .where(table.c.first_id == batch.c.first_id, table.c.second_id == batch.c.second_id)
        .values(reason=batch.c.reason, score=batch.c.score)
    )


_NOTED: Final = {kind: _noted(tables) for kind, tables in RECORDS.items()}
_INSERT: Final = {kind: _insert(tables) for kind, tables in RECORDS.items()}
_STRENGTHEN: Final = {kind: _strengthen(tables) for kind, tables in RECORDS.items()}


def noted_duplicates(
    connection: Connection, kind: Kind, pairs: Collection[PossibleDuplicate]
) -> list[PossibleDuplicate]:
    """As `Reader.noted_duplicates`."""
    asked = list(pairs)
    parameter = numbered([(pair.first_id, pair.second_id) for pair in asked])
    return [asked[number] for number, _ in gather(connection, _NOTED[kind], parameter)]


def note_duplicates(
    connection: Connection, kind: Kind, pairs: Collection[PossibleDuplicate], stamp: Stamp
) -> None:
    """As `Writer.note_duplicates`."""
    surest = sorted(pairs, key=lambda pair: (score_of(pair.reason), pair))
    told = {(one.first_id, one.second_id): (one.reason, score_of(one.reason)) for one in surest}
    note(connection, kind, told, microseconds(stamp.at))


def note(connection: Connection, kind: Kind, told: Scored, at: int) -> int:
    """Keep pairs with their reasons; one noted before keeps the surer of both.

    Returns:
        How many were new.
    """
    asked = list(told)
    new = dict(told)
    surer = []
    for number, score in gather(connection, _NOTED[kind], numbered(asked)) if asked else ():
        reason, found = new.pop(asked[number])
        if found > score:
            surer.append((*asked[number], reason, found))
    if new:
        lines = [(*pair, reason, score, at) for pair, (reason, score) in sorted(new.items())]
        connection.execute(_INSERT[kind], rows(lines))
    if surer:
        connection.execute(_STRENGTHEN[kind], rows(surer))
    return len(new)
