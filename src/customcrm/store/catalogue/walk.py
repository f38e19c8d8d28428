"""All ids of a list, a stretch at a time: in no order that anybody has asked for."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, and_, func, select, true

from customcrm.crm.records import Kind
from customcrm.operations.browsing.cards import CardFilter
from customcrm.store.batch import number_batch, rows
from customcrm.store.card_tables import CARDS
from customcrm.store.catalogue.search import Search, search_of
from customcrm.store.catalogue.words import words_of

_NUMBERS: Final = number_batch("number")


def beyond_all(connection: Connection, kind: Kind) -> int:
    """The place before which all cards are that there are now."""
    newest = connection.execute(select(func.max(CARDS[kind].c.number))).scalar()
    return 1 + (newest or 0)


def ids_before(
    connection: Connection, kind: Kind, chosen: CardFilter, place: int, size: int
) -> tuple[Sequence[str], int | None]:
    """The ids of cards that a filter means, the newest first.

    Args:
        connection: in a transaction.
        kind: of the records.
        chosen: which cards.
        place: the cards looked at have smaller numbers.
        size: how many cards are looked at.

    Returns:
        The ids among these, and the place where it goes on; None where there are no more.
    """
    if chosen.matches_nothing:
        return [], None
    search = search_of(connection, kind, chosen)
    walk = _along if search.match is None else _found
    lines = walk(connection, search, place, size)
    return [one.id for one in lines if one.meant], lines[-1].number if lines else None


def _along(connection: Connection, search: Search, place: int, size: int) -> Sequence[Any]:
    """The next cards, and whether each is meant."""
    cards = CARDS[search.kind].c
    meant = and_(true(), *search.of_spans()).label("meant")
    query = select(cards.id, cards.number, meant).where(cards.number < place)
    return connection.execute(query.order_by(cards.number.desc()).limit(size)).all()


def _found(connection: Connection, search: Search, place: int, size: int) -> Sequence[Any]:
    """The next cards that the index of words finds, and whether each is meant."""
    given = {"match": search.match, "place": place, "most": size}
    numbers = connection.execute(words_of(connection, search.kind).older, given).scalars().all()
    cards = CARDS[search.kind]
    meant = and_(true(), *search.of_spans()).label("meant")
    query = (
        select(cards.c.id, cards.c.number, meant)
        .join_from(_NUMBERS, cards, cards.c.number == _NUMBERS.c.number)
        .order_by(cards.c.number.desc())
    )
    return connection.execute(query, rows([one] for one in numbers)).all()
