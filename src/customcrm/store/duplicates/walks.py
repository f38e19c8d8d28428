"""The search for duplicates, walk by walk.

A walk goes along an index, a stretch at a time, from a place that is kept: so it reads everything
once, in order, holds no more than one stretch in memory, and goes on where it was stopped. What it
reads, it reads in short transactions; what it makes of it, it makes outside of any.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, Protocol, TypeVar

from sqlalchemy import BigInteger, Connection, Text, bindparam, func, select, tuple_

from customcrm.crm.duplicates import (
    SAME_ROOT,
    SAME_WORDS,
    Member,
    Reason,
    differ,
    reason_of,
    root_of,
    score_of,
    share_a_word,
    similar,
    words_of,
)
from customcrm.crm.match_keys import MatchKey
from customcrm.crm.name import company_name_key
from customcrm.crm.records import COMPANY_RULES, CONTACT_RULES, Kind
from customcrm.store.batch import gather, gathered, singles, text_batch
from customcrm.store.card_tables import CARDS
from customcrm.store.columns import from_json, to_json
from customcrm.store.records import records_by_id
from customcrm.store.tables import RECORDS

T = TypeVar("T")

STRETCH: Final = 4_000
"""Rows that are read at once."""

MAX_BLOCK: Final = 20_000
"""People of one company that are compared with one another; more are compared in parts."""

MAX_GROUP: Final = 50
"""Records that may share a key: more are no duplicates, but a key that says nothing."""

TOGETHER: Final = 100
"""Records whose properties are read at once: to take them apart holds the interpreter."""

OVERLAP: Final = 50
"""Domains that two stretches have in common."""

RULES: Final = {Kind.CONTACT: CONTACT_RULES, Kind.COMPANY: COMPANY_RULES}

Pairs = dict[tuple[str, str], tuple[str, int]]
"""The reason and the score of each pair, the older id first."""


class Read(Protocol):
    """Runs a function in a transaction that only reads."""

    def __call__(self, work: Callable[[Connection], T], /) -> T:
        """Give what the function returns."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one stretch of a walk came to.

    Attributes:
        pairs: the records that may be one.
        place: where the walk goes on; None at its end.
        looked: how many rows it has looked at.
    """

    pairs: Pairs = field(default_factory=dict)
    place: str | None = None
    looked: int = 0


Rest = Callable[[], None]
"""Is called often while something is computed: it may take a rest."""


def unhurried(items: Iterable[T], rest: Rest) -> Iterator[T]:
    """The same, with a rest before each if one is due."""
    for item in items:
        rest()
        yield item


Walk = Callable[[Read, Kind, str, Rest], Found]
"""From a place on, which is empty at the beginning."""


def _keys(kind: Kind) -> Any:
    keys = RECORDS[kind].keys
    return gathered(
        select(keys.c.value, keys.c.record_id)
        .where(keys.c.kind == bindparam("rule"), keys.c.value > bindparam("place"))
        .order_by(keys.c.value, keys.c.record_id)
        .limit(bindparam("most", type_=BigInteger()))
    )


_KEYS: Final = {kind: _keys(kind) for kind in Kind}
_BATCH: Final = text_batch("id")
_OWN: Final = {
    kind: gathered(
        select(tables.records.c.id, func.coalesce(tables.records.c.merged_into, tables.records.c.id)
               .label("own"))
        .join_from(_BATCH, tables.records, tables.records.c.id == _BATCH.c.id)
        .where(tables.records.c.deleted_at.is_(None))
    )
    for kind, tables in RECORDS.items()
}  # fmt: skip
_CONTACTS: Final = CARDS[Kind.CONTACT]
_PEOPLE: Final = gathered(
    select(_CONTACTS.c.company_key, _CONTACTS.c.number, _CONTACTS.c.id, _CONTACTS.c.name_key)
    .where(
        tuple_(_CONTACTS.c.company_key, _CONTACTS.c.number)
        > tuple_(bindparam("company", type_=Text()), bindparam("number", type_=BigInteger()))
    )
    .order_by(_CONTACTS.c.company_key, _CONTACTS.c.number)
    .limit(bindparam("most", type_=BigInteger()))
)


def by_key(rule: str) -> Walk:
    """A walk along the match keys of one kind: who shares one is suggested."""

    def walk(read: Read, kind: Kind, place: str, rest: Rest) -> Found:
        found = _key_rows(read, kind, rule, place)
        rest()
        whole = len(found) < STRETCH
        last = found[-1][0] if found else ""
        groups: dict[str, list[str]] = defaultdict(list)
        for value, record_id in found:
            groups[value].append(record_id)
        if not whole and len(groups) > 1:
            # The last key may be held by more than have been read: the next stretch begins with it.
            del groups[last]
            last = next(reversed(groups))
        rest()
        keyed = {MatchKey(rule, value): ids for value, ids in groups.items()}
        return Found(pairs_of_keys(read, kind, keyed, rest), None if whole else last, len(found))

    return walk


def _key_rows(read: Read, kind: Kind, rule: str, place: str) -> Sequence[tuple[str, str]]:
    given = {"rule": rule, "place": place, "most": STRETCH}
    return read(lambda connection: gather(connection, _KEYS[kind], given))


def pairs_of_keys(
    read: Read, kind: Kind, held: Mapping[MatchKey, Sequence[str]], rest: Rest
) -> Pairs:
    """Pair the records that share a key, those that share a weak one with less certainty."""
    groups: dict[Reason, list[Sequence[str]]] = {}
    for key, ids in held.items():
        if len(ids) > 1:
            groups.setdefault(reason_of(kind, key), []).append(ids)
    pairs: Pairs = {}
    for reason in sorted(groups, key=score_of):
        pairs |= pairs_of_groups(read, kind, groups[reason], reason, rest)
    return pairs


def pairs_of_groups(
    read: Read, kind: Kind, groups: Iterable[Sequence[str]], rule: str, rest: Rest
) -> Pairs:
    """The oldest of each group with every other one, merged ids counted as their survivors."""
    shared = [group for group in groups if 1 < len(group) <= MAX_GROUP]
    own = owners(read, kind, {one for group in shared for one in group})
    pairs: Pairs = {}
    for group in unhurried(shared, rest):
        first, *others = sorted({own[one] for one in group if one in own}) or [""]
        pairs |= {(first, other): (rule, score_of(rule)) for other in others}
    return pairs


def owners(read: Read, kind: Kind, ids: Collection[str]) -> dict[str, str]:
    """Each of these ids with the one that it leads to; deleted ones are left out."""
    if not ids:
        return {}
    return dict(read(lambda connection: gather(connection, _OWN[kind], singles(ids))))


def people(read: Read, kind: Kind, place: str, rest: Rest) -> Found:
    """A walk along the people of each company: similar names of one company are suggested.

    Companies whose names begin with one word stand together, `Acme` and `Acme Inc` as well. What
    is one company by its name key is one block.
    """
    rows, ended = _run(read, from_json(place) if place else ["", 0])
    rest()
    blocks: dict[str, list[Member]] = defaultdict(list)
    for company, _, record_id, name in rows:
        blocks[company_name_key(company) or company].append(Member(record_id, words_of(name)))
        rest()
    pairs: Pairs = {}
    for block in blocks.values():
        if len(block) > 1:
            pairs |= pairs_of_people(block, rest)
    after = None if ended or not rows else to_json(rows[-1][:2])
    return Found(without_contradicted(read, kind, pairs, rest), after, len(rows))


def pairs_of_people(block: Sequence[Member], rest: Rest) -> Pairs:
    """The people of one company whose names are similar."""
    pairs: Pairs = {}
    for one in similar(block):
        rest()
        if one is not None:
            pairs[one.first_id, one.second_id] = (Reason.SIMILAR_NAME, one.score)
    return pairs


def _run(read: Read, place: Sequence[Any]) -> tuple[list[Any], bool]:
    """The next people, up to where the company's first word changes; and whether they are the last.

    So many of one first word that no block should be longer are cut at the end of a company, or
    where there is none, anywhere.
    """
    rows: list[Any] = []
    while True:
        more = _people_rows(read, place)
        rows += more
        if len(more) < STRETCH:
            return rows, True
        place = rows[-1][:2]
        same = _first_word if len(rows) < MAX_BLOCK else _company
        last = same(rows[-1])
        at = len(rows)
        while at and same(rows[at - 1]) == last:
            at -= 1
        if at or len(rows) >= MAX_BLOCK:
            return rows[: at or len(rows)], False


def _people_rows(read: Read, place: Sequence[Any]) -> list[Any]:
    given = {"company": place[0], "number": place[1], "most": STRETCH}
    if not place[0]:
        given["number"] = 2**62
    return read(lambda connection: gather(connection, _PEOPLE, given))


def _first_word(row: Sequence[Any]) -> str:
    return str(row[0]).partition(" ")[0]


def _company(row: Sequence[Any]) -> str:
    return str(row[0])


def without_contradicted(read: Read, kind: Kind, pairs: Pairs, rest: Rest) -> Pairs:
    """The pairs less those that are two people by what else is known of them."""
    doubtful = {pair for pair, (_, score) in pairs.items() if score < SAME_WORDS}
    if not doubtful:
        return pairs
    properties = properties_of(read, kind, {one for pair in doubtful for one in pair}, rest)
    identity_of = RULES[kind].links.identity_of
    known = {one: identity_of([told]) for one, told in unhurried(properties.items(), rest)}
    return {
        pair: told
        for pair, told in unhurried(pairs.items(), rest)
        if pair not in doubtful
        or (pair[0] in known and pair[1] in known and not differ(known[pair[0]], known[pair[1]]))
    }


def properties_of(
    read: Read, kind: Kind, ids: Collection[str], rest: Rest
) -> Mapping[str, dict[str, Any]]:
    """The properties of those of these records that live."""
    asked, found = sorted(ids), dict[str, dict[str, Any]]()
    for start in range(0, len(asked), TOGETHER):
        part = asked[start : start + TOGETHER]
        records = read(partial(records_by_id, kind=kind, ids=part))
        found |= {one: record.properties for one, record in records.items() if not record.deleted}
        rest()
    return found


def domains(read: Read, kind: Kind, place: str, rest: Rest) -> Found:
    """A walk along the domains of companies: those that differ in the country only."""
    found = _key_rows(read, kind, Reason.DOMAIN, place)
    rest()
    groups: dict[str, list[str]] = defaultdict(list)
    for value, record_id in unhurried(found, rest):
        root = root_of(value)
        if root is not None:
            groups[root].append(record_id)
    pairs = pairs_of_roots(read, kind, groups.values(), rest)
    whole = len(found) < STRETCH
    return Found(
        pairs, None if whole else found[-OVERLAP][0], len(found) - (0 if whole else OVERLAP)
    )


def pairs_of_roots(read: Read, kind: Kind, groups: Iterable[Sequence[str]], rest: Rest) -> Pairs:
    """Of companies whose domains have one root, those whose names share a word."""
    pairs = pairs_of_groups(read, kind, groups, Reason.SIMILAR_NAME, rest)
    told = properties_of(read, kind, {one for pair in pairs for one in pair}, rest)
    return {
        pair: (Reason.SIMILAR_NAME, SAME_ROOT)
        for pair in unhurried(pairs, rest)
        if all(one in told for one in pair)
        and share_a_word(*(told[one].get("name") for one in pair))
    }
