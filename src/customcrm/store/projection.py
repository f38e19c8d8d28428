"""Cards made from records: what is read for them, and what is written.

Reading and writing are apart, so that the one writer of SQLite is held up by the writing alone. A
card that was made of something older than what is stored is made again: what has changed since has
left another row in the outbox.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, Connection, delete, func, select, text, type_coerce

from customcrm.contract.records import CompanyFields, ContactFields
from customcrm.crm.card import Facts, campaigns_of, shown, text_of
from customcrm.crm.name import fold
from customcrm.crm.records import Kind
from customcrm.crm.revision import Action
from customcrm.store.batch import insert_batch, rows, singles, text_batch, update_batch
from customcrm.store.columns import microseconds, to_json
from customcrm.store.outbox import ACTIVITY
from customcrm.store.records import first_external_ids
from customcrm.store.search import Search
from customcrm.store.tables import (
    ACTIVITIES,
    ASSOCIATIONS,
    CARDS,
    HISTORY,
    NAMES,
    OUTBOX,
    RECORDS,
    TALLIES,
)

BATCH: Final = 300
"""Rows of the outbox that are looked at together."""

QUARTER: Final = 900_000_000
"""Microseconds of a slot of the tallies: a quarter of an hour, since no zone differs by less."""

ALL: Final = -1
"""The slot of everything."""

MAX_NAMES: Final = 2_000
"""Properties of a kind, and campaigns, that are told apart."""

CAMPAIGN: Final = "campaign"

_DOCUMENTED: Final = {
    Kind.CONTACT: frozenset(ContactFields.__struct_encode_fields__),
    Kind.COMPANY: frozenset(CompanyFields.__struct_encode_fields__),
}

Tally = tuple[str, int, str, str]
"""What is counted: kind, slot, type, direction."""


class CardRow(NamedTuple):
    """A card as it is kept; see `tables.CARDS`."""

    id: str
    name: str
    company: str
    created_at: int
    updated_at: int
    last_activity_at: int
    last_inbound_at: int
    waiting: int
    words: str
    facets: str
    shown: str


class Changes(NamedTuple):
    """What a stretch of the outbox comes to.

    Attributes:
        done: the rows of the outbox.
        cards: the cards of records that are alive, by kind; `gone`: ids of those that are not.
        tallies: what there is more of, of activities.
        names: names not known before: kind, name, origin.
    """

    done: Sequence[int]
    cards: Mapping[Kind, Sequence[CardRow]]
    gone: Mapping[Kind, Sequence[str]]
    tallies: Mapping[Tally, int]
    names: Sequence[tuple[str, str, str]]


def read_changes(connection: Connection, limit: int = BATCH) -> Changes | None:
    """What the oldest rows of the outbox come to; None if there are none."""
    noted = connection.execute(
        select(OUTBOX.c.number, OUTBOX.c.kind, OUTBOX.c.record_id)
        .order_by(OUTBOX.c.number)
        .limit(limit)
    ).all()
    if not noted:
        return None
    activities = [row.record_id for row in noted if row.kind == ACTIVITY]
    ids = {kind: {row.record_id for row in noted if row.kind == kind} for kind in Kind}
    tallies = _new_activities(connection, activities, ids)
    found: dict[Kind, list[CardRow]] = {}
    gone: dict[Kind, list[str]] = {}
    names: list[tuple[str, str, str]] = []
    for kind in Kind:
        found[kind], gone[kind], new = _read_cards(connection, kind, sorted(ids[kind]))
        names += new
    return Changes([row.number for row in noted], found, gone, tallies, names)


def _new_activities(
    connection: Connection, activities: Sequence[str], ids: dict[Kind, set[str]]
) -> Counter[Tally]:
    """What new activities are counted as; adds whom they are about to the ids."""
    tallies: Counter[Tally] = Counter()
    if not activities:
        return tallies
    asked = text_batch("id")
    happened = type_coerce(ACTIVITIES.c.happened_at, BigInteger).label("happened")
    query = select(
        ACTIVITIES.c.type, ACTIVITIES.c.direction, ACTIVITIES.c.contact_id,
        ACTIVITIES.c.company_id, happened,
    ).join_from(asked, ACTIVITIES, ACTIVITIES.c.id == asked.c.id)  # fmt: skip
    contacts: set[str] = set()
    for row in connection.execute(query, singles(activities)):
        for slot in (row.happened // QUARTER, ALL):
            tallies[ACTIVITY, slot, row.type, row.direction or ""] += 1
        contacts |= {row.contact_id} - {None}
        ids[Kind.COMPANY] |= {row.company_id} - {None}
    ids[Kind.CONTACT] |= contacts
    linked = (
        select(ASSOCIATIONS.c.company_id)
        .distinct()
        .join_from(asked, ASSOCIATIONS, ASSOCIATIONS.c.contact_id == asked.c.id)
    )
    ids[Kind.COMPANY] |= set(connection.execute(linked, singles(contacts)).scalars())
    return tallies


def _read_cards(
    connection: Connection, kind: Kind, ids: Sequence[str]
) -> tuple[list[CardRow], list[str], list[tuple[str, str, str]]]:
    """The cards of records, the ids of those that have none any more, and new names."""
    if not ids:
        return [], [], []
    records, asked = RECORDS[kind].records, text_batch("id")
    stored = records.alias("stored")
    created = type_coerce(records.c.created_at, BigInteger).label("created")
    updated = type_coerce(records.c.updated_at, BigInteger).label("updated")
    query = (
        select(asked.c.id.label("asked"), records.c.id, records.c.properties, created, updated,
               records.c.deleted_at)
        .select_from(asked)
        .join(stored, stored.c.id == asked.c.id)
        .join(records, records.c.id == func.coalesce(stored.c.merged_into, stored.c.id))
    )  # fmt: skip
    found = connection.execute(query, singles(ids)).all()
    alive = {row.id: row for row in found if row.deleted_at is None}
    gone = {row.id for row in found if row.deleted_at is not None}
    gone |= {row.asked for row in found if row.asked != row.id}
    facts = facts_of(connection, kind, list(alive))
    names, engagement = _names(connection, kind, list(alive.values()))
    external = first_external_ids(connection, kind, list(alive)) if alive else {}
    cards = [
        _card(
            kind,
            Made(row.id, row.properties, row.created, row.updated),
            facts.get(row.id, Facts()),
            engagement,
            external.get(row.id, row.id),
        )
        for row in alive.values()
    ]
    return cards, sorted(gone), names


def card_row(connection: Connection, kind: Kind, row: Any, facts: Facts, otherwise: str) -> CardRow:
    """The card that a row of a table of records has."""
    created, updated = microseconds(row.created_at), microseconds(row.updated_at)
    _, engagement = _names(connection, kind, [])
    return _card(kind, Made(row.id, row.properties, created, updated), facts, engagement, otherwise)


class Made(NamedTuple):
    """What is read of a record to make its card; moments in microseconds."""

    id: str
    properties: dict[str, Any]
    created: int
    updated: int


def _card(
    kind: Kind, row: Made, facts: Facts, engagement: frozenset[str], otherwise: str
) -> CardRow:
    properties = row.properties
    told = text_of(kind, properties, facts, engagement=engagement, otherwise=otherwise)
    last = max(facts.last_inbound, facts.last_outbound)
    waiting = facts.last_inbound > facts.last_outbound
    owner = properties.get("ownerId")
    company = shown(properties, "company") if kind is Kind.CONTACT else None
    kept = {
        "name": told.name,
        "owner": owner if isinstance(owner, str) else None,
        "created_at": row.created,
        "updated_at": row.updated,
        "last_activity_at": last,
        "last_inbound_at": facts.last_inbound,
        "waiting": waiting,
        "channels": facts.channels,
        "activities": facts.activities,
        **(
            {
                "email": shown(properties, "email"),
                "title": shown(properties, "title"),
                "company": company,
            }
            if kind is Kind.CONTACT
            else {
                "domain": shown(properties, "domain"),
                "industry": shown(properties, "industry"),
                "people": len(facts.linked),
            }
        ),
    }
    return CardRow(
        row.id, told.folded, fold(company or ""), row.created, row.updated, last,
        facts.last_inbound, int(waiting), told.words, told.facets, to_json(kept),
    )  # fmt: skip


def facts_of(connection: Connection, kind: Kind, ids: Sequence[str]) -> dict[str, Facts]:
    """What is known of records besides their properties."""
    counted: dict[str, Counter[str]] = {one: Counter() for one in ids}
    inbound: Counter[str] = Counter()
    outbound: Counter[str] = Counter()
    for record_id, channel, direction, number, last in _conversations(connection, kind, ids):
        counted[record_id][channel] += number
        latest = inbound if direction == "INBOUND" else outbound
        latest[record_id] = max(latest[record_id], last)
    linked: dict[str, list[str]] = {one: [] for one in ids}
    for record_id, other in _linked(connection, kind, ids):
        linked[record_id].append(other)
    return {
        one: Facts(
            inbound[one], outbound[one], tuple(sorted(counted[one])), counted[one].total(),
            tuple(linked[one]),
        )
        for one in ids
    }  # fmt: skip


def _conversations(connection: Connection, kind: Kind, ids: Sequence[str]) -> list[Any]:
    """Per record, channel and direction: how many activities, and the latest of them."""
    if not ids:
        return []
    asked, records = text_batch("id"), RECORDS[kind].records
    same = (records.c.id == asked.c.id) | (records.c.merged_into == asked.c.id)
    happened = type_coerce(ACTIVITIES.c.happened_at, BigInteger)
    columns = (ACTIVITIES.c.type, ACTIVITIES.c.direction, func.count(), func.max(happened))
    named = ACTIVITIES.c.contact_id if kind is Kind.CONTACT else ACTIVITIES.c.company_id
    own = (
        select(asked.c.id, *columns)
        .select_from(asked)
        .join(records, same)
        .join(ACTIVITIES, named == records.c.id)
        .group_by(asked.c.id, ACTIVITIES.c.type, ACTIVITIES.c.direction)
    )
    found = list(connection.execute(own, singles(ids)))
    if kind is Kind.COMPANY:
        elsewhere = ACTIVITIES.c.company_id.is_distinct_from(asked.c.id)
        people = (
            select(asked.c.id, *columns)
            .select_from(asked)
            .join(ASSOCIATIONS, ASSOCIATIONS.c.company_id == asked.c.id)
            .join(ACTIVITIES, ACTIVITIES.c.contact_id == ASSOCIATIONS.c.contact_id)
            .where(elsewhere)
            .group_by(asked.c.id, ACTIVITIES.c.type, ACTIVITIES.c.direction)
        )
        found += list(connection.execute(people, singles(ids)))
    return found


def _linked(connection: Connection, kind: Kind, ids: Sequence[str]) -> list[Any]:
    """Pairs of a record and one that it is linked to."""
    if not ids:
        return []
    asked, of = text_batch("id"), ASSOCIATIONS.c
    here, there = (
        (of.contact_id, of.company_id) if kind is Kind.CONTACT else (of.company_id, of.contact_id)
    )
    query = select(here, there).join_from(asked, ASSOCIATIONS, here == asked.c.id)
    return list(connection.execute(query.order_by(there), singles(ids)))


def _names(
    connection: Connection, kind: Kind, alive: Sequence[Any]
) -> tuple[list[tuple[str, str, str]], frozenset[str]]:
    """Names of properties and campaigns that are new, and all that are engagement fields."""
    query = select(NAMES.c.kind, NAMES.c.name, NAMES.c.origin).where(
        NAMES.c.kind.in_([kind, CAMPAIGN])
    )
    known = {(row.kind, row.name): row.origin for row in connection.execute(query)}
    new: dict[tuple[str, str], str] = {}
    room = Counter(one for one, _ in known)
    for row in alive:
        for name in row.properties:
            if (kind, name) not in known and (kind, name) not in new and room[kind] < MAX_NAMES:
                new[kind, name] = _origin(connection, kind, row.id, name)
                room[kind] += 1
        for name in campaigns_of(row.properties) if kind is Kind.CONTACT else ():
            if (CAMPAIGN, name) not in known and room[CAMPAIGN] < MAX_NAMES:
                room[CAMPAIGN] += (CAMPAIGN, name) not in new
                new[CAMPAIGN, name] = CAMPAIGN
    both = {**known, **new}
    fields = {
        name for (one, name), origin in both.items() if one == kind and origin == "engagement"
    }
    return [(*one, origin) for one, origin in new.items()], frozenset(fields)


def _origin(connection: Connection, kind: Kind, record_id: str, name: str) -> str:
    """Where a property comes from: the contract, a create, or an update."""
    if name in _DOCUMENTED[kind]:
        return "documented"
    query = select(HISTORY.c.action, HISTORY.c.new_values).where(HISTORY.c.record_id == record_id)
    for row in connection.execute(query.order_by(HISTORY.c.number).limit(1_000)):
        if name in row.new_values:
            return "engagement" if row.action == Action.UPDATED else "custom"
    return "custom"


_COLUMNS: Final = CardRow._fields[1:]
_INSERT: Final = {kind: insert_batch(table, *CardRow._fields) for kind, table in CARDS.items()}
_UPDATE: Final = {kind: update_batch(table, *_COLUMNS) for kind, table in CARDS.items()}
_COUNT: Final = text(
    "INSERT INTO tallies (kind, slot, type, direction, count) "
    "VALUES (:kind, :slot, :type, :direction, :count) "
    "ON CONFLICT (kind, slot, type, direction) "
    "DO UPDATE SET count = tallies.count + excluded.count"
)
_NAME: Final = text(
    "INSERT INTO known_names (kind, name, origin) VALUES (:kind, :name, :origin) "
    "ON CONFLICT (kind, name) DO NOTHING"
)


def write_changes(connection: Connection, search: Search, changes: Changes) -> None:
    """Write the cards, and forget the rows of the outbox that they come from."""
    tallies = Counter(changes.tallies)
    for kind in Kind:
        tallies.update(_write_cards(connection, search, kind, changes))
    counted = [
        {"kind": kind, "slot": slot, "type": channel, "direction": direction, "count": count}
        for (kind, slot, channel, direction), count in sorted(tallies.items())
        if count
    ]
    if counted:
        connection.execute(_COUNT, counted)
    if changes.names:
        names = [
            {"kind": kind, "name": name, "origin": origin} for kind, name, origin in changes.names
        ]
        connection.execute(_NAME, names)
    connection.execute(delete(OUTBOX).where(OUTBOX.c.number.in_(changes.done)))


def _write_cards(
    connection: Connection, search: Search, kind: Kind, changes: Changes
) -> Counter[Tally]:
    """Write the cards of a kind; what there is more or less of."""
    table, asked = CARDS[kind], text_batch("id")
    found, gone = changes.cards[kind], changes.gone[kind]
    tallies: Counter[Tally] = Counter()
    if not found and not gone:
        return tallies
    query = select(table.c.id, table.c.created_at).join_from(asked, table, table.c.id == asked.c.id)
    ids = [*(card.id for card in found), *gone]
    known = {row.id: row.created_at for row in connection.execute(query, singles(ids))}
    search.leave_out(connection, kind, list(known))
    for one in gone:
        if one in known:
            for slot in (known[one] // QUARTER, ALL):
                tallies[kind, slot, "", ""] -= 1
    if set(gone) & set(known):
        connection.execute(delete(table).where(table.c.id.in_(set(gone) & set(known))))
    new = [card for card in found if card.id not in known]
    changed = [card for card in found if card.id in known]
    if new:
        new.sort(key=lambda card: (card.created_at, card.id))
        connection.execute(_INSERT[kind], rows(new))
    if changed:
        connection.execute(_UPDATE[kind], rows(changed))
    for card in new:
        for slot in (card.created_at // QUARTER, ALL):
            tallies[kind, slot, "", ""] += 1
    search.take_in(connection, kind, [card.id for card in found])
    return tallies
