"""One round of making cards: what the outbox names is read, its cards are made, and written.

Reading and making take none of the writer's time. What was read is still true when it is written:
a round deletes from the outbox exactly the rows that it has read, before anything else, and if one
of them is gone, another round has made those cards, maybe newer ones; then this one keeps nothing.
What has changed since has a row of its own, which this round has not read.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from sqlalchemy import BigInteger, Connection, Select, bindparam, delete, func, select, union_all

from customcrm import log
from customcrm.crm.campaigns import campaign_key, campaigns_of, certain_campaigns
from customcrm.crm.card import campaign_part_facet, facet
from customcrm.crm.records import Kind
from customcrm.store.batch import (
    Contains,
    insert_batch,
    number_batch,
    rows,
    singles,
    text_batch,
    update_batch,
)
from customcrm.store.card_tables import CARDS, OUTBOX
from customcrm.store.catalogue import names
from customcrm.store.catalogue.campaign_tallies import (
    CampaignTally,
    add_campaign_tallies,
    difference,
)
from customcrm.store.catalogue.facts import Source, aliases, read_sources
from customcrm.store.catalogue.tallies import ACTIVITY, Tally, add_tallies
from customcrm.store.catalogue.words import add_words, match_of, remove_words, words_of
from customcrm.store.outbox import announce
from customcrm.store.tables import ASSOCIATIONS, RECORDS

T = TypeVar("T")

MAX_ROWS: Final = 5_000
"""Rows of the outbox that one round takes for the records that it makes cards of."""

MAX_NAMES: Final = 100
"""Names of campaigns that one query asks the index for."""

_CONTACTS: Final = CARDS[Kind.CONTACT]
_COLUMNS: Final = tuple(one.name for one in CARDS[Kind.CONTACT].c if one.name != "number")
_TEXTS: Final = ("words", "facets")
_SUMMED: Final = (
    "activities",
    "last_activity",
    "last_inbound",
    "last_outbound",
    "channels",
    "stages",
)
"""What the cards of companies sum up of those of their people."""

_BATCH: Final = text_batch("id")
_NUMBERS: Final = number_batch("number")
_FIRST: Final = (
    select(OUTBOX).order_by(OUTBOX.c.number).limit(bindparam("most", type_=BigInteger()))
)
_SAME: Final = (
    select(OUTBOX)
    .join_from(_BATCH, OUTBOX, OUTBOX.c.record_id == _BATCH.c.id)
    .order_by(OUTBOX.c.number)
    .limit(MAX_ROWS)
)
_DONE: Final = delete(OUTBOX).where(OUTBOX.c.number.in_(select(_NUMBERS.c.number)))
_CARDS: Final = {
    kind: select(cards).join_from(_BATCH, cards, cards.c.id == _BATCH.c.id)
    for kind, cards in CARDS.items()
}
_NUMBERS_OF: Final = {
    kind: select(cards.c.number).join_from(_BATCH, cards, cards.c.id == _BATCH.c.id)
    for kind, cards in CARDS.items()
}
_INSERT: Final = {kind: insert_batch(cards, *_COLUMNS) for kind, cards in CARDS.items()}
_UPDATE: Final = {kind: update_batch(cards, *_COLUMNS[1:]) for kind, cards in CARDS.items()}
_REMOVE: Final = {
    kind: delete(cards).where(cards.c.number.in_(select(_NUMBERS.c.number)))
    for kind, cards in CARDS.items()
}


def _neighbours(kind: Kind, near: Any, far: Any) -> Select[Any]:
    """Who is linked to records, or to what was merged into them: never a merged one.

    A merged record has its neighbours follow whenever it is met: two that are linked would have
    one another follow for ever.
    """
    own = aliases(RECORDS[kind].records)
    other = Kind.COMPANY if kind is Kind.CONTACT else Kind.CONTACT
    stored = RECORDS[other].records.alias("stored")
    return (
        select(func.coalesce(stored.c.merged_into, stored.c.id))
        .join_from(own, ASSOCIATIONS, near == own.c.id)
        .join(stored, stored.c.id == far)
        .distinct()
    )


_COMPANIES: Final = _neighbours(Kind.CONTACT, ASSOCIATIONS.c.contact_id, ASSOCIATIONS.c.company_id)
_PEOPLE: Final = _neighbours(Kind.COMPANY, ASSOCIATIONS.c.company_id, ASSOCIATIONS.c.contact_id)


def _unaware() -> Select[Any]:
    """The people of companies whose cards do not tell of them, each company with its token."""
    told, stored = text_batch("id", "token"), RECORDS[Kind.CONTACT].records
    merged = RECORDS[Kind.COMPANY].records
    own = union_all(
        select(told.c.id, told.c.token),
        select(merged.c.id, told.c.token).join_from(
            told, merged, merged.c.merged_into == told.c.id
        ),
    ).cte("own")
    return (
        select(_CONTACTS.c.id)
        .join_from(own, ASSOCIATIONS, ASSOCIATIONS.c.company_id == own.c.id)
        .join(stored, stored.c.id == ASSOCIATIONS.c.contact_id)
        .join(_CONTACTS, _CONTACTS.c.id == func.coalesce(stored.c.merged_into, stored.c.id))
        .where(~Contains(_CONTACTS.c.facets, own.c.token))
        .distinct()
    )


_UNAWARE: Final = _unaware()


class OvertakenError(Exception):
    """Another round has made these cards meanwhile."""


@dataclass(slots=True)
class Changes:
    """What one round changes of one kind of card.

    Attributes:
        new: cards to insert, by column.
        changed: cards to replace.
        retold: the numbers of those whose words or facets change.
        gone: the numbers of cards to remove.
        names: properties met for the first time, with their origins.
        campaigns: those to remember, and of each whether its name is certain.
        neighbours: ids whose linked records' cards tell of them, and have to follow.
        appeared: companies that are new, or back; people's cards mostly tell of them already.
        survivors: what merged records were merged into.
        tallies: by what the tallies of campaigns change.
    """

    new: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    retold: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    campaigns: dict[str, bool] = field(default_factory=dict)
    neighbours: list[str] = field(default_factory=list)
    appeared: list[str] = field(default_factory=list)
    survivors: list[str] = field(default_factory=list)
    tallies: Counter[CampaignTally] = field(default_factory=Counter)


@dataclass(slots=True)
class Round:
    """What one round has read and is to write.

    Attributes:
        done: the numbers of the rows that it has read of the outbox.
        tallies: what is to be counted.
        changes: by kind of card.
    """

    done: list[int]
    tallies: Counter[Tally] = field(default_factory=Counter)
    changes: dict[Kind, Changes] = field(default_factory=dict)


def read_round(connection: Connection, most: int) -> Round:
    """Read what the next round needs, and make its cards; its `done` is empty if there is none."""
    first = connection.execute(_FIRST, {"most": most}).all()
    ids = sorted({row.record_id for row in first if row.record_id is not None})
    same = connection.execute(_SAME, singles(ids)).all() if ids else []
    taken = {row.number: row for row in (*first, *same)}
    found = Round(sorted(taken))
    for row in taken.values():
        if row.type is not None:
            found.tallies[Tally(row.happened_at, ACTIVITY, row.type, row.direction or "")] += 1
    if ids:
        for kind in Kind:
            found.changes[kind] = _read_changes(connection, kind, ids, found.tallies)
    return found


def _read_changes(
    connection: Connection, kind: Kind, ids: Sequence[str], tallies: Counter[Tally]
) -> Changes:
    read = read_sources(connection, kind, ids)
    found = connection.execute(_CARDS[kind], singles(ids)).mappings()
    kept = {row["id"]: dict(row) for row in found}
    changes = Changes(survivors=sorted(set(read.survivors.values())))
    known = {one.name: one.origin for one in names.property_names(connection, kind)}
    changes.names = names.new_names(connection, kind, known, read.sources.values())
    engagement = frozenset(
        name for name, origin in (known | changes.names).items() if origin == names.ENGAGEMENT
    )
    certain = _read_campaigns(connection, kind, read.sources.values(), changes)
    for source in read.sources.values():
        _note(changes, source.knowing(engagement, certain), kept.get(source.id), tallies)
    for record_id, card in kept.items():
        if record_id not in read.sources:
            changes.gone.append(card["number"])
            changes.neighbours.append(record_id)
            changes.tallies.update(difference(card, None))
            tallies[Tally(card["created"], kind)] -= 1
    changes.neighbours += read.survivors
    return changes


def _read_campaigns(
    connection: Connection, kind: Kind, sources: Collection[Source], changes: Changes
) -> frozenset[str]:
    """Note the campaigns to remember, which are those of contacts; returns all certain names."""
    known = names.known_campaigns(connection)
    certain = names.certain_keys(known)
    if kind is Kind.CONTACT:
        sure = {name for source in sources for name in certain_campaigns(source.properties)}
        certain |= {campaign_key(name) for name in sure}
        met = {name for one in sources for name in campaigns_of(one.properties, certain)}
        changes.campaigns = names.new_campaigns(known, sure, met)
    return certain


def _note(changes: Changes, source: Source, card: Any, tallies: Counter[Tally]) -> None:
    """Note what becomes of one card, which there is already or not."""
    try:
        values = source.values()
    except Exception:  # noqa: BLE001 - one odd record must not keep all others from their cards
        log.failure("card_failed", record=source.id)
        return
    if card is None:
        changes.new.append(values)
        changes.tallies.update(difference(None, values))
        tallies[Tally(source.created, source.kind)] += 1
        if source.kind is Kind.CONTACT:
            changes.neighbours.append(source.id)
        else:
            changes.appeared.append(source.id)
        return
    if all(card[name] == values[name] for name in _COLUMNS):
        return
    changes.changed.append(values)
    changes.tallies.update(difference(card, values))
    if any(card[name] != values[name] for name in _TEXTS):
        changes.retold.append(card["number"])
    told = _SUMMED if source.kind is Kind.CONTACT else ("name", "words")
    if any(card[name] != values[name] for name in told):
        changes.neighbours.append(source.id)


def write_round(connection: Connection, found: Round) -> None:
    """Write what a round has made.

    Raises:
        OvertakenError: another round has made these cards; nothing may be kept of this one.
    """
    if connection.execute(_DONE, rows([number] for number in found.done)).rowcount != len(
        found.done
    ):
        raise OvertakenError
    for kind, changes in found.changes.items():
        _write_changes(connection, kind, changes)
    add_tallies(connection, found.tallies)


def _write_changes(connection: Connection, kind: Kind, changes: Changes) -> None:
    names.keep_names(connection, kind, changes.names)
    names.keep_campaigns(connection, changes.campaigns)
    _read_texts_again(connection, changes.campaigns)
    add_campaign_tallies(connection, changes.tallies)
    if changes.gone or changes.retold:
        remove_words(connection, kind, changes.gone + changes.retold)
    if changes.gone:
        connection.execute(_REMOVE[kind], rows([number] for number in changes.gone))
    if changes.changed:
        connection.execute(_UPDATE[kind], rows(_cells(changes.changed)))
    told = changes.retold
    if changes.new:
        connection.execute(_INSERT[kind], rows(_cells(changes.new)))
        new = singles(card["id"] for card in changes.new)
        told = told + list(connection.execute(_NUMBERS_OF[kind], new).scalars())
    if told:
        add_words(connection, kind, told)
    _let_others_follow(connection, kind, changes)


def _read_texts_again(connection: Connection, campaigns: Mapping[str, bool]) -> None:
    """Put the records into the outbox whose campaigns depend on names that are certain now."""
    sure = [name for name, certain in campaigns.items() if certain]
    for start in range(0, len(sure), MAX_NAMES):
        parts = tuple(campaign_part_facet(name) for name in sure[start : start + MAX_NAMES])
        match = {"match": match_of(connection, (), [parts])}
        for kind, cards in CARDS.items():
            numbers = connection.execute(words_of(connection, kind).every, match).scalars().all()
            if numbers:
                ids = select(cards.c.id).join_from(
                    _NUMBERS, cards, cards.c.number == _NUMBERS.c.number
                )
                found = connection.execute(ids, rows([one] for one in numbers)).scalars()
                announce(connection, sorted(found))


def _cells(cards: Sequence[dict[str, Any]]) -> Iterator[list[Any]]:
    for card in cards:
        yield [card[name] for name in _COLUMNS]


def _let_others_follow(connection: Connection, kind: Kind, changes: Changes) -> None:
    """Put the records into the outbox whose cards tell of those that have changed."""
    followers = set(changes.survivors)
    if changes.neighbours:
        query = _COMPANIES if kind is Kind.CONTACT else _PEOPLE
        followers.update(connection.execute(query, singles(changes.neighbours)).scalars())
    if changes.appeared:
        told = rows((one, f" {facet('company', one)} ") for one in changes.appeared)
        followers.update(connection.execute(_UNAWARE, told).scalars())
    if followers:
        announce(connection, sorted(followers))


def run_round(
    read: Callable[[Callable[[Connection], Round]], Round],
    write: Callable[[Callable[[Connection], None]], None],
    most: int,
) -> int:
    """One round: read, make, write.

    Returns:
        How many rows of the outbox it has done; 0 if there were none.

    Raises:
        OvertakenError: another round has done them.
    """
    found = read(lambda connection: read_round(connection, most))
    if found.done:
        write(lambda connection: write_round(connection, found))
    return len(found.done)
