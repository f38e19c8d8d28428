"""Search documents made anew: their records are put into the outbox, from which they are made."""

from functools import partial
from typing import Any, Final

from sqlalchemy import BigInteger, Connection, bindparam, func, select

from customcrm.crm.records import Kind
from customcrm.store.card_tables import CARDS, OUTBOX
from customcrm.store.derivations.derivation import Access, Derivation, Step
from customcrm.store.outbox import announce
from customcrm.store.tables import RECORDS

DOCUMENTS_VERSION: Final = 4
"""The version of the rules by which search documents are made. Raise it when these change."""

MAX_BACKLOG: Final = 500
"""Rows that may wait in the outbox: what people change must not wait behind older records."""


def _next(kind: Kind) -> Any:
    cards = CARDS[kind]
    return (
        select(cards.c.number, cards.c.id)
        .where(cards.c.number > bindparam("place", type_=BigInteger()))
        .order_by(cards.c.number)
        .limit(bindparam("most", type_=BigInteger()))
    )


_NEXT: Final = {kind: _next(kind) for kind in Kind}
_WAITING: Final = select(func.count()).select_from(
    select(OUTBOX.c.number).limit(MAX_BACKLOG + 1).subquery("waiting")
)


def _announce(kind: Kind, access: Access, place: str, size: int) -> Step | None:
    if access.read(lambda connection: connection.execute(_WAITING).scalar_one()) > MAX_BACKLOG:
        return None
    given = {"place": int(place or -1), "most": size}
    found = access.read(lambda connection: connection.execute(_NEXT[kind], given).all())

    def write(connection: Connection) -> None:
        if found:
            announce(connection, [row.id for row in found])

    last = str(found[-1].number) if len(found) == size else None
    return Step(last, len(found), write)


def _count(connection: Connection, kind: Kind) -> int:
    query = select(func.count()).select_from(CARDS[kind])
    return int(connection.execute(query).scalar_one())


def search_documents(kind: Kind) -> Derivation:
    """Return the derivation that has all search documents of a kind made anew."""
    return Derivation(
        name=f"{kind} search documents",
        version=DOCUMENTS_VERSION,
        noun=RECORDS[kind].records.name,
        count=partial(_count, kind=kind),
        take=partial(_announce, kind),
    )
