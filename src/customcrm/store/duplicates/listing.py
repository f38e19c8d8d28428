"""Pairs of records that may be one: listed, and dismissed.

A list of them is read along its index, the surest first. Pairs of which one is deleted or merged
stay where they are, so that they are back when it is; how many of them are passed over for one page
is bounded.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Connection,
    Text,
    and_,
    exists,
    literal,
    select,
    tuple_,
    update,
)

from customcrm.crm.duplicates import Reason
from customcrm.crm.records import Kind
from customcrm.operations.browsing.cards import Cursor, Page
from customcrm.operations.merging.ports import Suggestion
from customcrm.operations.ports import Stamp
from customcrm.store.card_tables import CARDS
from customcrm.store.catalogue.cards import cards_by_id
from customcrm.store.catalogue.paging import clamped
from customcrm.store.tables import RECORDS

WINDOW: Final = 250
"""Pairs that are looked at for a page."""


def is_suggested(connection: Connection, kind: Kind, pair: tuple[str, str]) -> bool:
    """As `MergeBook.is_suggested`."""
    table = RECORDS[kind].duplicates.c
    first, second = sorted(pair)
    query = select(table.score).where(
        table.first_id == first, table.second_id == second, table.dismissed_at.is_(None)
    )
    return connection.execute(query).first() is not None


def dismiss(connection: Connection, kind: Kind, pair: tuple[str, str], stamp: Stamp) -> bool:
    """As `MergeBook.dismiss`."""
    values = {"dismissed_at": stamp.at, "dismissed_by": stamp.actor}
    return _mark(connection, kind, pair, values, dismissed=False)


def suggest_again(connection: Connection, kind: Kind, pair: tuple[str, str]) -> bool:
    """As `MergeBook.suggest_again`."""
    values = {"dismissed_at": None, "dismissed_by": None}
    return _mark(connection, kind, pair, values, dismissed=True)


def _mark(
    connection: Connection,
    kind: Kind,
    pair: tuple[str, str],
    values: dict[str, Any],
    *,
    dismissed: bool,
) -> bool:
    table = RECORDS[kind].duplicates
    first, second = sorted(pair)
    now = table.c.dismissed_at.is_not(None) if dismissed else table.c.dismissed_at.is_(None)
    done = connection.execute(
        update(table)
        .where(table.c.first_id == first, table.c.second_id == second, now)
        .values(values)
    )
    return done.rowcount > 0


def suggestions(
    connection: Connection, kind: Kind, reason: Reason | None, at: Cursor | None, size: int
) -> Page[Suggestion]:
    """As `MergeBook.suggestions`."""
    size = clamped(size)
    backwards = at is not None and at.backwards
    seen = _look(connection, kind, reason, at, WINDOW)
    met = [row for row in seen if row.alive]
    shown = met[:size]
    further = _further(seen, met, size)
    near = None
    if at is not None:
        near = _place(shown[0], backwards=not backwards) if shown else _turned(at)
    lines = _suggestions(connection, kind, shown[::-1] if backwards else shown)
    if backwards:
        before = None if further is None else further._replace(backwards=True)
        return Page(lines, before, near)
    return Page(lines, near, further)


def _further(seen: Sequence[Any], met: Sequence[Any], size: int) -> Cursor | None:
    """Where the next page in this direction begins, if there may be one."""
    if len(met) > size:
        return _place(met[size - 1])
    return _place(seen[-1]) if len(seen) == WINDOW else None


def _place(row: Any, *, backwards: bool = False) -> Cursor:
    return Cursor(f"{row.first_id} {row.second_id}", row.score, backwards)


def _turned(at: Cursor) -> Cursor:
    return at._replace(backwards=not at.backwards)


def _look(
    connection: Connection, kind: Kind, reason: Reason | None, at: Cursor | None, most: int
) -> Sequence[Any]:
    """The next pairs that nobody has dismissed, and whether both of their records are there."""
    table = RECORDS[kind].duplicates
    order = (table.c.score, table.c.first_id, table.c.second_id)
    backwards = at is not None and at.backwards
    query = select(*order, table.c.reason).where(table.c.dismissed_at.is_(None))
    if reason is not None:
        query = query.where(table.c.reason == str(reason))
    if at is not None:
        first, _, second = str(at.value).partition(" ")
        place = tuple_(
            literal(at.number, BigInteger()), literal(first, Text()), literal(second, Text())
        )
        query = query.where(tuple_(*order) > place if backwards else tuple_(*order) < place)
    query = query.order_by(*(one.asc() if backwards else one.desc() for one in order))
    near = query.limit(most).subquery("near")
    alive = [
        exists(
            select(CARDS[kind].c.number)
            .join(RECORDS[kind].records, RECORDS[kind].records.c.id == CARDS[kind].c.id)
            .where(
                CARDS[kind].c.id == one,
                RECORDS[kind].records.c.deleted_at.is_(None),
                RECORDS[kind].records.c.merged_into.is_(None),
            )
            .correlate(near)
        )
        for one in (near.c.first_id, near.c.second_id)
    ]
    ranked = (near.c.score, near.c.first_id, near.c.second_id)
    found = select(*ranked, near.c.reason, and_(*alive).label("alive")).order_by(
        *(one.asc() if backwards else one.desc() for one in ranked)
    )
    return connection.execute(found).all()


def _suggestions(
    connection: Connection, kind: Kind, shown: Sequence[Any]
) -> tuple[Suggestion, ...]:
    """The lines of a list, with the cards of both records."""
    cards = cards_by_id(connection, kind, {one for row in shown for one in row[1:3]})
    return tuple(
        Suggestion(cards[row.first_id], cards[row.second_id], row.reason, row.score)
        for row in shown
    )


def count_suggestions(
    connection: Connection, kind: Kind, reason: Reason | None, most: int
) -> int | None:
    """As `MergeBook.count_suggestions`."""
    seen = _look(connection, kind, reason, None, most + 1)
    return None if len(seen) > most else sum(bool(row.alive) for row in seen)
