"""Lists of contacts and companies: searched, filtered, ordered, a page at a time.

Whatever is asked for, the work is bounded. Where few cards match, they are put in order; where many
do, the order's own index is walked, and each card on the way tested, which finds a page soon.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    Text,
    func,
    literal,
    select,
    tuple_,
)

from customcrm.crm.card import facet, property_facet, tokens
from customcrm.crm.records import Kind
from customcrm.operations.browsing.cards import (
    MAX_WORDS,
    Card,
    CardFilter,
    Cursor,
    Order,
    Page,
    PropertyName,
    Sort,
)
from customcrm.store.batch import singles, text_batch
from customcrm.store.columns import microseconds
from customcrm.store.search import search_of
from customcrm.store.tables import CARDS, NAMES, RECORDS, TALLIES

FEW: Final = 10_000
"""Cards that are put in order at once."""

STRIDE: Final = 20_000
"""Cards that are tested on one way along an index."""

STRIDES: Final = 3
"""Ways along it for one page; a page that is not full then has fewer lines."""

_TOKENS: Final = 10
"""Words of a search that are looked for."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class _Asked(NamedTuple):
    """What a list asks of its cards.

    Attributes:
        words: beginnings of words; `facets`: tokens.
        ranges: on columns that have an index.
        nothing: whether no card can match.
    """

    words: tuple[str, ...]
    facets: tuple[str, ...]
    ranges: tuple[ColumnElement[bool], ...]
    nothing: bool


def _asked(table: Table, chosen: CardFilter) -> _Asked:
    words = tuple(dict.fromkeys(tokens(chosen.search[:MAX_WORDS])))[:_TOKENS]
    said = [
        ("owner", chosen.owner),
        ("linked", chosen.company),
        ("campaign", chosen.campaign and chosen.campaign.casefold()),
        ("channel", chosen.channel),
    ]
    facets = [facet(name, value) for name, value in said if value is not None]
    for name, flag in (("replied", chosen.replied), ("engaged", chosen.engaged)):
        if flag is not None:
            facets.append(facet(name, "yes" if flag else "no"))
    facets += [property_facet(name, value) for name, value in chosen.properties]
    ranges = []
    for column, start, end in (
        (table.c.created_at, chosen.created_from, chosen.created_to),
        (table.c.updated_at, chosen.updated_from, chosen.updated_to),
    ):
        if start is not None:
            ranges.append(column >= microseconds(start))
        if end is not None:
            ranges.append(column < microseconds(end))
    searched = bool(chosen.search.strip())
    return _Asked(words, tuple(facets), tuple(ranges), nothing=searched and not words)


def _order_column(table: Table, by: Sort) -> ColumnElement[Any]:
    return {
        Sort.CREATED: table.c.created_at,
        Sort.UPDATED: table.c.updated_at,
        Sort.NAME: table.c.name,
        Sort.COMPANY: table.c.company,
        Sort.LAST_ACTIVITY: table.c.last_activity_at,
    }[by]


class _Walk(NamedTuple):
    """Along which index, which way, from where."""

    column: ColumnElement[Any]
    number: ColumnElement[Any]
    downwards: bool
    start: tuple[Any, int] | None

    def after(self) -> list[ColumnElement[bool]]:
        """What holds for the cards that come after the start."""
        if self.start is None:
            return []
        value, number = self.start
        kind = Text() if isinstance(value, str) else BigInteger()
        place = tuple_(literal(value, kind), literal(number, BigInteger()))
        here = tuple_(self.column, self.number)
        return [here < place if self.downwards else here > place]

    def order(self) -> list[ColumnElement[Any]]:
        """In which order the cards come."""
        both = [self.column, self.number]
        return [one.desc() for one in both] if self.downwards else both


def cards(  # noqa: PLR0913, PLR0917 - as the port has it
    connection: Connection,
    kind: Kind,
    chosen: CardFilter,
    order: Order,
    at: Cursor | None,
    size: int,
) -> Page[Card]:
    """As `Catalogue.cards`."""
    table = CARDS[kind]
    asked = _asked(table, chosen)
    column = _order_column(table, order.by)
    if at is not None and isinstance(at.value, str) != isinstance(column.type, Text):
        at = None
    backwards = bool(at and at.backwards)
    start = (at.value, at.number) if at else None
    walk = _Walk(column, table.c.number, order.descending != backwards, start)
    rows, rest = ([], None) if asked.nothing else _rows(connection, kind, asked, walk, size)
    items = tuple(_cards(connection, kind, rows[::-1] if backwards else rows))
    places = [(row.place, row.number) for row in rows]
    if backwards:
        places.reverse()
    begins = places[0] if places else rest
    ends = places[-1] if places else rest
    before = (rest or begins) if backwards else begins
    after = ends if backwards else (rest or ends)
    return Page(
        items,
        Cursor(before[0], before[1], backwards=True) if before and (rest if backwards else at) else None,
        Cursor(*after) if after and (backwards or rest) else None,
    )


def _rows(
    connection: Connection, kind: Kind, asked: _Asked, walk: _Walk, size: int
) -> tuple[list[Any], tuple[Any, int] | None]:
    """The rows of a page in walking order, and the place from which there may be more."""
    table = CARDS[kind]
    columns = select(walk.column.label("place"), table.c.number, table.c.id, table.c.shown)
    if not asked.words and not asked.facets and not _elsewhere(asked, walk):
        query = columns.where(*asked.ranges, *walk.after())
        return _first(connection, query, walk, size)
    few = _few(connection, kind, asked)
    if few is not None:
        query = columns.where(table.c.number.in_(few), *asked.ranges, *walk.after())
        return _first(connection, query, walk, size)
    return _tested(connection, columns, table, asked, walk, size)


def _elsewhere(asked: _Asked, walk: _Walk) -> bool:
    """Whether a range is on another column than the one that is walked along."""
    return any(one.left is not walk.column for one in asked.ranges)


def _first(
    connection: Connection, query: Select[Any], walk: _Walk, size: int
) -> tuple[list[Any], tuple[Any, int] | None]:
    found = list(connection.execute(query.order_by(*walk.order()).limit(size + 1)))
    rows: list[Any] = found[:size]
    return rows, (rows[-1].place, rows[-1].number) if len(found) > size else None


def _few(connection: Connection, kind: Kind, asked: _Asked) -> list[int] | None:
    """The numbers of the cards that match, if they are few; their ranges are not looked at."""
    table = CARDS[kind]
    if asked.words or asked.facets:
        query = search_of(connection).matching(kind, asked.words, asked.facets)
    else:
        query = select(table.c.number).where(*asked.ranges)
    found = list(connection.execute(query.limit(FEW + 1)).scalars())
    return found if len(found) <= FEW else None


def _tested(  # noqa: PLR0913, PLR0917 - a walk, what to test on it, and where it ends
    connection: Connection,
    columns: Select[Any],
    table: Table,
    asked: _Asked,
    walk: _Walk,
    size: int,
) -> tuple[list[Any], tuple[Any, int] | None]:
    """Cards along an index that pass the tests."""
    rows: list[Any] = []
    rest: tuple[Any, int] | None = None
    for _ in range(STRIDES):
        stride = (
            columns.add_columns(
                table.c.words, table.c.facets, table.c.created_at, table.c.updated_at
            )
            .where(*walk.after())
            .order_by(*walk.order())
            .limit(STRIDE)
            .subquery("stride")
        )
        tests = [
            (literal(" ") + stride.c.words).contains(f" {word}", autoescape=True)
            for word in asked.words
        ]
        tests += [stride.c.facets.contains(one) for one in asked.facets]
        tests += [_moved(one, stride) for one in asked.ranges]
        passed = select(stride.c.place, stride.c.number, stride.c.id, stride.c.shown).where(*tests)
        order = [stride.c.place, stride.c.number]
        ordered = passed.order_by(*([o.desc() for o in order] if walk.downwards else order))
        rows.extend(connection.execute(ordered.limit(size + 1 - len(rows))).all())
        if len(rows) > size:
            rows = rows[:size]
            return rows, (rows[-1].place, rows[-1].number)
        end = connection.execute(
            select(walk.column.label("place"), walk.number.label("number"))
            .where(*walk.after())
            .order_by(*walk.order())
            .offset(STRIDE - 1)
            .limit(1)
        ).one_or_none()
        if end is None:
            return rows, None
        rest = (end.place, end.number)
        walk = walk._replace(start=rest)
    return rows, rest


def _moved(one: ColumnElement[bool], stride: Any) -> ColumnElement[bool]:
    """A range on a card, as one on a row of the stride."""
    comparison: Any = one
    result: ColumnElement[bool] = comparison.operator(
        stride.c[comparison.left.name], comparison.right
    )
    return result


def count_cards(connection: Connection, kind: Kind, chosen: CardFilter) -> int:
    """As `Catalogue.count_cards`."""
    table = CARDS[kind]
    asked = _asked(table, chosen)
    if asked.nothing:
        return 0
    if not asked.words and not asked.facets and not asked.ranges:
        return total(connection, kind)
    query = select(func.count()).select_from(table).where(*asked.ranges)
    if asked.words or asked.facets:
        matching = search_of(connection).matching(kind, asked.words, asked.facets)
        if not asked.ranges:
            query = select(func.count()).select_from(matching.subquery("found"))
        else:
            query = query.where(table.c.number.in_(matching))
    count: int = connection.execute(query).scalar_one()
    return count


def total(connection: Connection, kind: str) -> int:
    """How many there are of a kind: contacts, companies, or activities."""
    query = select(func.coalesce(func.sum(TALLIES.c.count), 0)).where(
        TALLIES.c.kind == kind, TALLIES.c.slot == -1
    )
    return int(connection.execute(query).scalar_one())


def _cards(connection: Connection, kind: Kind, rows: Sequence[Any]) -> list[Card]:
    """The cards of some rows, with all their properties."""
    properties = _properties(connection, kind, [row.id for row in rows])
    return [card_of(row.id, row.shown, properties.get(row.id, {})) for row in rows]


def _properties(connection: Connection, kind: Kind, ids: Sequence[str]) -> Mapping[str, Any]:
    asked, records = text_batch("id"), RECORDS[kind].records
    query = select(records.c.id, records.c.properties).join_from(
        asked, records, records.c.id == asked.c.id
    )
    found = connection.execute(query, singles(ids)).all() if ids else []
    return {row.id: row.properties for row in found}


def card_of(record_id: str, shown: Mapping[str, Any], properties: dict[str, Any]) -> Card:
    """A card as lists show it, from what is kept of it."""
    moments = {
        name: _EPOCH + timedelta(microseconds=shown[name]) if shown.get(name) else None
        for name in ("created_at", "updated_at", "last_activity_at", "last_inbound_at")
    }
    rest = {name: value for name, value in shown.items() if name not in moments}
    rest["channels"] = tuple(rest["channels"])
    return Card(id=record_id, properties=properties, **{**rest, **moments})


def cards_by_id(connection: Connection, kind: Kind, ids: Collection[str]) -> Mapping[str, Card]:
    """As `Catalogue.cards_by_id`."""
    table, records, asked = CARDS[kind], RECORDS[kind].records, text_batch("id")
    query = (
        select(asked.c.id.label("asked"), table.c.id, table.c.shown)
        .select_from(asked)
        .join(records, records.c.id == asked.c.id)
        .join(table, table.c.id == func.coalesce(records.c.merged_into, records.c.id))
    )
    found = connection.execute(query, singles(ids)).all() if ids else []
    properties = _properties(connection, kind, [row.id for row in found])
    return {row.asked: card_of(row.id, row.shown, properties.get(row.id, {})) for row in found}


def property_names(connection: Connection, kind: Kind) -> Sequence[PropertyName]:
    """As `Catalogue.property_names`."""
    query = select(NAMES.c.name, NAMES.c.origin).where(NAMES.c.kind == kind).order_by(NAMES.c.name)
    return [PropertyName(row.name, row.origin) for row in connection.execute(query)]


def campaigns(connection: Connection) -> Sequence[str]:
    """As `Catalogue.campaigns`."""
    query = select(NAMES.c.name).where(NAMES.c.kind == "campaign").order_by(NAMES.c.name)
    return list(connection.execute(query.limit(1_000)).scalars())
