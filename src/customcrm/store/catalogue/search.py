"""What a filter of cards asks of the database."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Connection, column, func, or_, select

from customcrm.crm.card import campaign_facet, facet, property_facets, range_facets
from customcrm.crm.journey import covering
from customcrm.crm.moments import week_span
from customcrm.crm.records import Kind
from customcrm.crm.search_terms import search_terms
from customcrm.operations.browsing.cards import CardFilter
from customcrm.store.batch import Contains, number_batch, rows
from customcrm.store.card_tables import CARDS
from customcrm.store.catalogue.tallies import ever
from customcrm.store.catalogue.words import match_of, words_of
from customcrm.store.columns import microseconds


class Span(NamedTuple):
    """A condition that an index by moment answers: from the first one to before the last one."""

    column: ColumnElement[int]
    first: int | None
    last: int | None

    def conditions(self) -> list[ColumnElement[bool]]:
        """As SQL."""
        return [
            *([] if self.first is None else [self.column >= self.first]),
            *([] if self.last is None else [self.column < self.last]),
        ]


class Search(NamedTuple):
    """A filter, taken apart.

    Attributes:
        kind: of the records.
        match: what the index of words is asked, or None if nothing.
        tokens: the same, as conditions on a card that is at hand.
        spans: moments within which a record was created or changed.
        weight: how many words and facets are looked for in a card that is at hand.
    """

    kind: Kind
    match: str | None
    tokens: tuple[ColumnElement[bool], ...]
    spans: tuple[Span, ...]
    weight: int

    def conditions(self) -> list[ColumnElement[bool]]:
        """All of it, as conditions on a card that is at hand."""
        return [*self.tokens, *(one for span in self.spans for one in span.conditions())]

    def of_spans(self) -> list[ColumnElement[bool]]:
        """The conditions on moments."""
        return [one for span in self.spans for one in span.conditions()]


def search_of(connection: Connection, kind: Kind, chosen: CardFilter) -> Search:
    """What a filter asks for."""
    terms, facets = search_terms(chosen.search), _facets(chosen)
    cards = CARDS[kind]
    spans = [
        Span(column, _micro(first), _micro(last))
        for column, first, last in (
            (cards.c.created, chosen.created_from, chosen.created_to),
            (cards.c.updated, chosen.updated_from, chosen.updated_to),
        )
        if first or last
    ]
    return Search(
        kind,
        match_of(connection, terms, facets) if terms or facets else None,
        (
            *(or_(*(Contains(cards.c.words, f" {one}") for one in term)) for term in terms),
            *(or_(*(Contains(cards.c.facets, f" {one} ") for one in ones)) for ones in facets),
        ),
        tuple(spans),
        sum(map(len, terms)) + sum(map(len, facets)),
    )


def _micro(moment: datetime | None) -> int | None:
    return None if moment is None else microseconds(moment)


def _facets(chosen: CardFilter) -> list[tuple[str, ...]]:
    """For each condition the tokens of which a card that is meant has one."""
    named = {
        "owner": chosen.owner,
        "company": chosen.company,
        "channel": chosen.channel,
        "contacted by": chosen.contacted_by,
        "replied by": chosen.replied_by,
        "step": chosen.step,
        "replied after": chosen.replied_after,
    }
    flags = {
        "owned": chosen.owned,
        "contacted": chosen.contacted,
        "connected": chosen.connected,
        "replied": chosen.replied,
        "waiting": chosen.waiting,
        "engaged": chosen.engaged,
    }
    single = [
        *(facet(name, str(value)) for name, value in named.items() if value is not None),
        *(facet(name, "yes" if flag else "no") for name, flag in flags.items() if flag is not None),
        *([] if chosen.campaign is None else [campaign_facet(chosen.campaign)]),
    ]
    return [
        *((one,) for one in single),
        *(property_facets(name, value) for name, value in chosen.properties),
        *(range_facets(name, meant) for name, meant in chosen.ranges),
        *_weeks("contacted in", chosen.contacted_in, chosen.contacted_span),
        *_weeks("replied in", chosen.replied_in, chosen.replied_span),
    ]


def _weeks(
    name: str, day: date | None, span: tuple[datetime, datetime] | None
) -> Iterator[tuple[str, ...]]:
    """The tokens of the days and quarters of an hour of a week; in UTC where no zone is known."""
    if day is not None:
        first, last = map(microseconds, span or week_span(day, UTC))
        yield tuple(facet(name, one) for one in covering(first, last))


class Few(NamedTuple):
    """Cards that may be meant: all that are, are among them.

    Attributes:
        numbers: of the cards.
        conditions: what each is still to be asked.
    """

    numbers: list[int]
    conditions: list[ColumnElement[bool]]


def few(connection: Connection, search: Search, most: int) -> Few | None:
    """The cards that may be meant, if these are few; else None."""
    if search.match is not None:
        find = words_of(connection, search.kind).find
        found = connection.execute(find, {"match": search.match, "most": most + 1}).scalars().all()
        if len(found) <= most:
            return Few(list(found), search.of_spans())
    for span in search.spans:
        numbers = select(CARDS[search.kind].c.number).where(*span.conditions()).limit(most + 1)
        found = connection.execute(numbers).scalars().all()
        if len(found) <= most:
            return Few(list(found), search.conditions())
    return None


def count_up_to(connection: Connection, search: Search, most: int) -> int:
    """How many cards a search for words and facets finds, looking no further than so many."""
    some = words_of(connection, search.kind).some
    count: int = connection.execute(some, {"match": search.match, "most": most}).scalar_one()
    return count


def _count_many(connection: Connection, search: Search) -> int:
    """How many cards lie within spans; of those that the index of words finds, if it is asked."""
    cards = CARDS[search.kind]
    within = select(func.count()).where(*search.of_spans())
    if search.match is None:
        return int(connection.execute(within.select_from(cards)).scalar_one())
    every = words_of(connection, search.kind).every
    found = every.columns(column("number", BigInteger)).subquery("found")
    counted = within.join_from(found, cards, cards.c.number == found.c.number)
    return int(connection.execute(counted, {"match": search.match}).scalar_one())


def count_cards(connection: Connection, search: Search, few_are: int) -> int:
    """How many cards are meant, exactly."""
    kind, cards = search.kind, CARDS[search.kind]
    if search.match is None and not search.spans:
        return ever(connection).records.get(kind, 0)
    if not search.spans:
        count: int = connection.execute(
            words_of(connection, kind).how_many, {"match": search.match}
        ).scalar_one()
        return count
    found = few(connection, search, few_are)
    counted = select(func.count())
    if found is None:
        return _count_many(connection, search)
    batch = number_batch("number")
    among = counted.join_from(batch, cards, cards.c.number == batch.c.number)
    meant = among.where(*found.conditions)
    return int(connection.execute(meant, rows([one] for one in found.numbers)).scalar_one())
