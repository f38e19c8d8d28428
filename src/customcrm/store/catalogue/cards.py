"""Lists of contacts and companies.

A list without conditions, or with one on what it is ordered by, is read along its index. A search
that finds few is ordered whole. One that finds many is met often along the index of its order, and
its lines are taken from there; where it is not, its lines are shown newest first. What is looked at
is bounded, whatever is asked.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, func, select, true

from customcrm.crm.card import Linked, company_of
from customcrm.crm.documented_fields import with_documented_fields
from customcrm.crm.records import Kind
from customcrm.crm.text import name_or_unnamed
from customcrm.operations.browsing.cards import Beside, Card, CardFilter, Cursor, Order, Page, Sort
from customcrm.store.batch import number_batch, rows, singles, text_batch
from customcrm.store.card_tables import CARDS
from customcrm.store.catalogue import search as searching
from customcrm.store.catalogue.facts import Source, channels_of, contact_companies
from customcrm.store.catalogue.paging import Direction, Line, clamped, mapped, page_of
from customcrm.store.catalogue.search import Few, Search, few, search_of
from customcrm.store.catalogue.words import words_of
from customcrm.store.tables import RECORDS

FEW: Final = 3_000
"""Cards that are ordered whole."""

WINDOW: Final = 10_000
"""Cards that are looked at, one after the other, for a page of what is found by few words."""

LIGHT: Final = 4
"""So many words and facets are few. Of more, all of which a card that is not meant is asked for, as
many fewer cards are looked at, and half of those."""

_TEXTS: Final = frozenset({Sort.NAME, Sort.COMPANY})
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST: Final = 2**63 - 1
_NUMBERS: Final = number_batch("number")
_ASKED: Final = text_batch("id")


def _shown(kind: Kind) -> Any:
    """Cards by number, with the properties of their records."""
    cards, records = CARDS[kind], RECORDS[kind].records
    columns = [column for column in cards.c if column.name not in {"words", "facets"}]
    return (
        select(*columns, records.c.properties)
        .join_from(_NUMBERS, cards, cards.c.number == _NUMBERS.c.number)
        .join(records, records.c.id == cards.c.id)
    )


def _by_id(kind: Kind) -> Any:
    """The card of each id, or of what it was merged into."""
    cards, records = CARDS[kind], RECORDS[kind].records
    stored = records.alias("stored")
    columns = [column for column in cards.c if column.name not in {"words", "facets"}]
    return (
        select(_ASKED.c.id.label("asked"), *columns, records.c.properties)
        .join_from(_ASKED, stored, stored.c.id == _ASKED.c.id)
        .join(records, records.c.id == func.coalesce(stored.c.merged_into, stored.c.id))
        .join(cards, cards.c.id == records.c.id)
        .where(records.c.deleted_at.is_(None))
    )


_SHOWN: Final = {kind: _shown(kind) for kind in Kind}
_BY_ID: Final = {kind: _by_id(kind) for kind in Kind}
_LINKED: Final = contact_companies()


def cards(
    connection: Connection,
    kind: Kind,
    chosen: CardFilter,
    order: Order,
    at: Cursor | None,
    size: int,
) -> Page[Card]:
    """As `Catalogue.cards`."""
    if chosen.matches_nothing:
        return Page(())
    size = clamped(size)
    search = search_of(connection, kind, chosen)
    page = _page(connection, search, order, at, size)
    return mapped(page, lambda numbers: _cards(connection, kind, numbers))


def beside(
    connection: Connection, kind: Kind, chosen: CardFilter, order: Order, record_id: str
) -> Beside:
    """As `Catalogue.beside`: two pages of one line, on either side of the record's own place."""
    table, column = CARDS[kind].c, _column(kind, order.by)
    place = connection.execute(select(column, table.number).where(table.id == record_id)).first()
    if place is None or chosen.matches_nothing:
        return Beside(None, None)
    search = search_of(connection, kind, chosen)
    before, after = (
        _page(connection, search, order, Cursor(place[0], place[1], backwards), 1).items[:1]
        for backwards in (True, False)
    )
    named = select(table.number, table.id, table.name).where(table.number.in_([*before, *after]))
    found = {row.number: (row.id, name_or_unnamed(row.name)) for row in connection.execute(named)}
    return Beside(*(found.get(one[0]) if one else None for one in (before, after)))


def count_cards(connection: Connection, kind: Kind, chosen: CardFilter) -> int:
    """As `Catalogue.count_cards`."""
    if chosen.matches_nothing:
        return 0
    return searching.count_cards(connection, search_of(connection, kind, chosen), FEW)


def count_cards_with(connection: Connection, kind: Kind, name: str, most: int) -> int:
    """As `Catalogue.count_cards_with`."""
    having = search_of(connection, kind, CardFilter(properties=((name, None),)))
    return searching.count_up_to(connection, having, most + 1)


def cards_by_id(connection: Connection, kind: Kind, ids: Collection[str]) -> dict[str, Card]:
    """As `Catalogue.cards_by_id`."""
    found = connection.execute(_BY_ID[kind], singles(ids)).all()
    companies = _linked(connection, kind, found)
    return {row.asked: _card(kind, row, companies.get(row.id, ())) for row in found}


def _cards(connection: Connection, kind: Kind, numbers: Sequence[int]) -> list[Card]:
    found = connection.execute(_SHOWN[kind], rows([number] for number in numbers)).all()
    by_number = {row.number: row for row in found}
    companies = _linked(connection, kind, found)
    shown = [by_number[number] for number in numbers if number in by_number]
    return [_card(kind, row, companies.get(row.id, ())) for row in shown]


def _linked(
    connection: Connection, kind: Kind, found: Iterable[Row[Any]]
) -> dict[str, list[Linked]]:
    """The companies of those contacts that do not say of themselves where they work."""
    ids = [row.id for row in found if kind is Kind.CONTACT and not row.properties.get("company")]
    companies: dict[str, list[Linked]] = {}
    if ids:
        for row in connection.execute(_LINKED, singles(ids)):
            companies.setdefault(row.asked, []).append(Linked(row.id, row.properties))
    return companies


def _card(kind: Kind, row: Row[Any], companies: Sequence[Linked]) -> Card:
    """The card that a row tells of, with the record's properties as they are now."""
    return _told(
        kind, row, name_or_unnamed(row.name), row.properties, company_of(row.properties, companies)
    )


def card_of(source: Source) -> Card:
    """The card of a record as it is at this moment."""
    values, properties = source.values(), source.properties
    row = _Values(values)
    company = company_of(properties, source.facts.companies)
    return _told(source.kind, row, values["name"], properties, company)


class _Values:
    """Columns of a card by their names."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__.update(values)


def _told(kind: Kind, row: Any, name: str, properties: dict[str, Any], company: str | None) -> Card:
    contact = kind is Kind.CONTACT
    properties = with_documented_fields(kind, properties)
    get = properties.get
    return Card(
        id=row.id,
        name=name,
        created_at=_EPOCH + timedelta(microseconds=row.created),
        updated_at=_EPOCH + timedelta(microseconds=row.updated),
        owner=_text(get("ownerId")),
        last_activity_at=_moment(row.last_activity),
        last_inbound_at=_moment(row.last_inbound),
        waiting=bool(row.waiting),
        channels=channels_of(row.channels),
        activities=row.activities,
        email=_text(get("email")) if contact else None,
        title=_text(get("title")) if contact else None,
        company=company if contact else None,
        domain=None if contact else _text(get("domain")),
        industry=None if contact else _text(get("industry")),
        people=row.people,
        properties=properties,
    )


def _text(value: object) -> str | None:
    return str(value).strip() or None if isinstance(value, str | int | float) else None


def _moment(micro: int) -> datetime | None:
    return _EPOCH + timedelta(microseconds=micro) if micro else None


def _column(kind: Kind, sort: Sort) -> ColumnElement[Any]:
    table = CARDS[kind].c
    columns = {
        Sort.CREATED: table.created,
        Sort.UPDATED: table.updated,
        Sort.NAME: table.name_key,
        Sort.COMPANY: table.company_key if kind is Kind.CONTACT else table.name_key,
        Sort.LAST_ACTIVITY: table.last_activity,
    }
    return columns[sort]


def _page(
    connection: Connection, search: Search, order: Order, at: Cursor | None, size: int
) -> Page[int]:
    """The numbers of the cards of a page."""
    by_number = at is not None and isinstance(at.value, str) != (order.by in _TEXTS)
    column = _column(search.kind, order.by)
    backwards = at is not None and at.backwards
    direction = Direction(
        (column, CARDS[search.kind].c.number),
        order.descending != backwards,
        None if at is None or by_number else (at.value, at.number),
    )
    others = [*search.tokens, *_beside(search, column)]
    if by_number:
        return _newest_first(connection, search, order, at, size)
    if not others:
        return page_of(_along(connection, search, direction, size), at, size)
    found = few(connection, search, FEW)
    if found is not None:
        return page_of(_whole(connection, search.kind, direction, found, size), at, size)
    lines, end = _window(connection, search, direction, size)
    if end is None:
        return page_of(lines, at, size)
    if at is None:
        return _newest_first(connection, search, order, at, size)
    return _cut(lines, at, end)


def _beside(search: Search, column: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    """The conditions on moments that the index of the order does not answer."""
    return [one for span in search.spans if span.column is not column for one in span.conditions()]


def _along(connection: Connection, search: Search, direction: Direction, size: int) -> list[Line]:
    """The lines that come first along the index of the order, which answers all conditions."""
    query = (
        select(*direction.columns)
        .where(*direction.beyond(), *search.of_spans())
        .order_by(*direction.order())
        .limit(size + 1)
    )
    return _lines(connection.execute(query).all())


def _whole(
    connection: Connection, kind: Kind, direction: Direction, found: Few, size: int
) -> list[Line]:
    """The first lines of few cards, ordered whole."""
    table = CARDS[kind]
    query = (
        select(*direction.columns)
        .join_from(_NUMBERS, table, table.c.number == _NUMBERS.c.number)
        .where(*direction.beyond(), *found.conditions)
        .order_by(*direction.order())
        .limit(size + 1)
    )
    return _lines(connection.execute(query, rows([one] for one in found.numbers)).all())


def _window(
    connection: Connection, search: Search, direction: Direction, size: int
) -> tuple[list[Line], tuple[Any, int] | None]:
    """The lines that are met among the next cards of the order.

    Returns:
        The lines, and where the looking ended, if it ended before there were enough.
    """
    value, number = direction.columns
    heavy = search.weight > LIGHT
    window = max(1, WINDOW * LIGHT // (2 * search.weight)) if heavy else WINDOW
    own = [one for span in search.spans if span.column is value for one in span.conditions()]
    condition = and_(true(), *search.tokens, *_beside(search, value))
    near = (
        select(value.label("value"), number.label("number"), condition.label("meant"))
        .where(*direction.beyond(), *own)
        .order_by(*direction.order())
    )
    seen = near.limit(window).subquery("seen")
    met = select(seen.c.value, seen.c.number).where(seen.c.meant).limit(size + 1)
    lines = _lines(connection.execute(met).all())
    if len(lines) > size:
        return lines, None
    places = (
        select(value, number)
        .where(*direction.beyond(), *own)
        .order_by(*direction.order())
        .offset(window - 1)
        .limit(1)
    )
    end = connection.execute(places).first()
    return lines, None if end is None else (end[0], end[1])


def _newest_first(
    connection: Connection, search: Search, order: Order, at: Cursor | None, size: int
) -> Page[int]:
    """A page of what is too much to order: by number, the newest first."""
    mark: str | int = 0 if order.by in _TEXTS else ""
    backwards = at is not None and at.backwards
    number = CARDS[search.kind].c.number
    if search.match is not None:
        lines, last = _within(connection, search, at, size)
        lines = [Line(mark, line.number, line.item) for line in lines]
        page = page_of(lines, at, size) if last is None else _cut(lines, at, (mark, last))
    else:
        start = None if at is None else (at.number, at.number)
        direction = Direction((number, number), not backwards, start)
        lines, end = _window(connection, search, direction, size)
        lines = [Line(mark, line.number, line.item) for line in lines]
        page = page_of(lines, at, size) if end is None else _cut(lines, at, (mark, end[1]))
    return Page(page.items, page.before, page.after, ordered=False)


def _within(
    connection: Connection, search: Search, at: Cursor | None, size: int
) -> tuple[list[Line], int | None]:
    """The next lines that the index of words finds, of those the ones within spans, if it has any.

    Returns:
        The lines, and where the looking ended, if it ended before there were enough.
    """
    words, cards = words_of(connection, search.kind), CARDS[search.kind]
    backwards = at is not None and at.backwards
    most = WINDOW if search.spans else size + 1
    place = at.number if at is not None else _LARGEST
    given = {"match": search.match, "place": place, "most": most}
    found = connection.execute(words.newer if backwards else words.older, given).scalars().all()
    number = cards.c.number
    query = (
        select(number, number)
        .join_from(_NUMBERS, cards, number == _NUMBERS.c.number)
        .where(*search.of_spans())
        .order_by(number if backwards else number.desc())
        .limit(size + 1)
    )
    lines = _lines(connection.execute(query, rows([one] for one in found)).all())
    whole = len(found) < most or len(lines) > size
    return lines, None if whole else found[-1]


def _cut(lines: Sequence[Line], at: Cursor | None, end: tuple[Any, int]) -> Page[int]:
    """A page that ends where the looking ended: there may be more lines beyond."""
    items = tuple(line.item for line in lines)
    near = lines[0].place if lines else None if at is None else (at.value, at.number)
    if at is not None and at.backwards:
        behind = None if near is None else Cursor(*near)
        return Page(items[::-1], before=Cursor(*end, backwards=True), after=behind)
    back = None if at is None or near is None else Cursor(*near, backwards=True)
    return Page(items, before=back, after=Cursor(*end))


def _lines(found: Sequence[Any]) -> list[Line]:
    return [Line(value, number, number) for value, number in found]
