"""What changed since the last look: only that, and what it may be, is looked at again."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    BigInteger,
    CompoundSelect,
    Connection,
    Table,
    bindparam,
    exists,
    func,
    select,
    union_all,
)

from customcrm.crm.duplicates import ENDINGS, STRONG, Member, Reason, root_of, words_of
from customcrm.crm.match_keys import MatchKey
from customcrm.crm.records import Kind
from customcrm.store.batch import gather, gathered, singles, text_batch
from customcrm.store.card_tables import CARDS, OUTBOX
from customcrm.store.columns import Instant
from customcrm.store.duplicates.walks import (
    MAX_BLOCK,
    RULES,
    TOGETHER,
    Pairs,
    Read,
    Rest,
    pairs_of_keys,
    pairs_of_people,
    pairs_of_roots,
    unhurried,
    without_contradicted,
)
from customcrm.store.records import holders_of_keys
from customcrm.store.tables import HISTORY, RECORDS

MOST: Final = 500
"""Changes that are looked at together."""

_BATCH: Final = text_batch("id")
_CONTACTS: Final = CARDS[Kind.CONTACT]
_NEWEST: Final = select(func.coalesce(func.max(HISTORY.c.number), 0))
_CHANGED: Final = (
    select(HISTORY.c.number, HISTORY.c.record_id)
    .where(
        HISTORY.c.number > bindparam("mark", type_=BigInteger()),
        HISTORY.c.at <= bindparam("until", type_=Instant()),
    )
    .order_by(HISTORY.c.number)
    .limit(MOST)
)
_DUE: Final = select(
    exists(select(OUTBOX.c.number).join_from(_BATCH, OUTBOX, OUTBOX.c.record_id == _BATCH.c.id))
)
_COMPANIES: Final = (
    select(_CONTACTS.c.company_key)
    .join_from(_BATCH, _CONTACTS, _CONTACTS.c.id == _BATCH.c.id)
    .where(_CONTACTS.c.company_key != "")
    .distinct()
)
_COLLEAGUES: Final = gathered(
    select(_CONTACTS.c.id, _CONTACTS.c.name_key)
    .where(_CONTACTS.c.company_key == bindparam("company"))
    .limit(MAX_BLOCK)
)


def _own(records: Table) -> CompoundSelect[Any]:
    """The properties of records and of what was merged into them, whose keys lead to them too."""
    living = records.c.deleted_at.is_(None)
    columns = select(records.c.properties)
    return union_all(
        *(
            columns.join_from(_BATCH, records, column == _BATCH.c.id).where(living)
            for column in (records.c.id, records.c.merged_into)
        )
    )


_OWN: Final = {kind: _own(tables.records) for kind, tables in RECORDS.items()}


class Changed(NamedTuple):
    """Records that have changed, and up to which row the history was read."""

    ids: frozenset[str]
    mark: int
    rows: int


def newest(connection: Connection) -> int:
    """The number of the last row of the history."""
    number: int = connection.execute(_NEWEST).scalar_one()
    return number


def changed_since(connection: Connection, kind: Kind, mark: int, until: datetime) -> Changed | None:
    """The next records that have changed; None as long as one of them has no new card yet."""
    found = connection.execute(_CHANGED, {"mark": mark, "until": until}).all()
    ids = frozenset(row.record_id for row in found if row.record_id.startswith(f"{kind}_"))
    if ids and connection.execute(_DUE, singles(ids)).scalar_one():
        return None
    return Changed(ids, found[-1].number if found else mark, len(found))


def pairs_of_changed(read: Read, kind: Kind, ids: Collection[str], rest: Rest) -> Pairs:
    """The pairs that these records are in."""
    keys = list(_keys(read, kind, sorted(ids), rest))
    pairs: Pairs = {}
    if kind is Kind.CONTACT:
        pairs |= _colleagues(read, ids, rest)
    else:
        pairs |= _other_countries(read, keys, rest)
    for rule in reversed(STRONG[kind]):
        wanted = {key for key in keys if key.kind == rule}
        pairs |= pairs_of_keys(read, kind, _holders(read, kind, wanted), rest)
        rest()
    return pairs


def _keys(read: Read, kind: Kind, ids: Sequence[str], rest: Rest) -> Iterator[MatchKey]:
    """The match keys that lead to records: their own, and those of what was merged into them."""
    for start in range(0, len(ids), TOGETHER):
        part = singles(ids[start : start + TOGETHER])
        told = read(partial(_properties, kind=kind, asked=part))
        for properties in unhurried(told, rest):
            yield from RULES[kind].keys_of(properties)


def _properties(connection: Connection, kind: Kind, asked: dict[str, str]) -> Sequence[Any]:
    return connection.execute(_OWN[kind], asked).scalars().all()


def _holders(read: Read, kind: Kind, keys: Collection[MatchKey]) -> dict[MatchKey, list[str]]:
    if not keys:
        return {}
    return read(lambda connection: holders_of_keys(connection, kind, keys))


def _colleagues(read: Read, ids: Collection[str], rest: Rest) -> Pairs:
    """Similar names at the companies of these people."""
    companies = read(lambda c: c.execute(_COMPANIES, singles(ids)).scalars().all())
    pairs: Pairs = {}
    for company in companies:
        told = unhurried(_block(read, company), rest)
        block = [Member(one, words_of(name)) for one, name in told]
        found = pairs_of_people(block, rest) if len(block) > 1 else {}
        pairs |= {pair: told for pair, told in found.items() if not set(pair).isdisjoint(ids)}
    return without_contradicted(read, Kind.CONTACT, pairs, rest)


def _block(read: Read, company: str) -> list[Any]:
    return read(lambda connection: gather(connection, _COLLEAGUES, {"company": company}))


def _other_countries(read: Read, keys: Collection[MatchKey], rest: Rest) -> Pairs:
    """Companies whose domain differs in the country only."""
    roots = {root_of(key.value) for key in keys if key.kind == Reason.DOMAIN} - {None}
    asked = [MatchKey(Reason.DOMAIN, f"{root}.{ending}") for root in roots for ending in ENDINGS]
    groups: dict[str | None, list[str]] = defaultdict(list)
    for key, ids in _holders(read, Kind.COMPANY, asked).items():
        groups[root_of(key.value)] += ids
    return pairs_of_roots(read, Kind.COMPANY, groups.values(), rest)
