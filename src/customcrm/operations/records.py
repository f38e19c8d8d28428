"""Contacts and companies: create, sync, update, read."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from customcrm import log
from customcrm.crm.identity import MAX_HOLDERS
from customcrm.crm.match_keys import MatchKey
from customcrm.crm.matching import (
    Match,
    Matcher,
    keys_in_chain,
    returned_properties,
)
from customcrm.crm.planning import (
    Draft,
    Holder,
    Outcome,
    Plan,
    PossibleDuplicate,
    draft,
    holders_among,
    insufficient,
    plan_creates,
    plan_updates,
    strong_keys,
)
from customcrm.crm.records import EXTERNAL_ID, Kind, Record, Rules
from customcrm.errors import StoreUnavailable
from customcrm.operations.ports import Backend, Origin, Reader, Stamp, Writer


class Synced(NamedTuple):
    """A record sent that exists here.

    Attributes:
        external_id: the sender's id.
        record_id: ours.
        properties: what the sender should know.
    """

    external_id: str
    record_id: str
    properties: dict[str, Any]


class StoredRecord(NamedTuple):
    """A record with the first of its external ids."""

    record: Record
    external_id: str | None


def create_records(
    backend: Backend, rules: Rules, records: Sequence[dict[str, Any]], origin: Origin
) -> list[Outcome]:
    """Create records, or update those that exist (contract: Create).

    Args:
        backend: where they are kept.
        rules: of their kind.
        records: each with an `externalId`.
        origin: who asks.

    Returns:
        One outcome for each record, in their order.
    """
    drafts = [draft(rules, record) for record in records]
    sought = sought_by(rules, drafts)

    def work(writer: Writer) -> list[Outcome]:
        writer.hold(rules.kind)
        plan = plan_of(writer, rules, drafts, sought, lambda: origin.new_id(rules.kind))
        _keep(writer, rules.kind, plan, origin)
        return plan.outcomes

    return backend.write(work)


class Sought(NamedTuple):
    """What a batch to create looks for among the stored records."""

    external_ids: Collection[str]
    keys: Collection[MatchKey]


def sought_by(rules: Rules, drafts: Sequence[Draft]) -> Sought:
    """What drafts look for: their external ids and their strong keys, each once."""
    return Sought(list({one.external_id: None for one in drafts}), strong_keys(rules, drafts))


def plan_of(
    reader: Reader, rules: Rules, drafts: Sequence[Draft], sought: Sought, new_id: Callable[[], str]
) -> Plan:
    """What a create would do with drafts to the records as they are stored; it does nothing.

    Args:
        reader: of the records, in the transaction that keeps the plan, if it is to be kept.
        rules: of their kind.
        drafts: what came, in its order.
        sought: what they look for.
        new_id: gives the id of a new record.
    """
    known = _look_up(reader, rules.kind, sought.external_ids, sought.keys)
    by_key: dict[MatchKey, Sequence[Record]] = {k: [known.by_key[k]] for k in known.by_key}
    plan = plan_creates(rules, drafts, known.by_external_id, by_key, new_id)
    wanting = insufficient(plan, by_key)
    if wanting:
        spare = iter([revision.id for revision in plan.created])
        by_key |= _holders(reader, rules.kind, wanting)
        plan = plan_creates(
            rules,
            drafts,
            known.by_external_id,
            by_key,
            lambda: next(spare, None) or new_id(),
        )
    return plan


class _Known(NamedTuple):
    """The stored records that a batch speaks of."""

    by_external_id: dict[str, Record]
    by_key: dict[MatchKey, Record]


def _look_up(
    reader: Reader, kind: Kind, external_ids: Collection[str], keys: Collection[MatchKey]
) -> _Known:
    """Find records by name and by key; each is read once, however many lead to it."""
    named = reader.ids_by_external_id(kind, external_ids) if external_ids else {}
    holding = reader.ids_by_key(kind, keys) if keys else {}
    ids = {*named.values(), *holding.values()}
    records = reader.records_by_id(kind, ids) if ids else {}
    return _Known(
        {name: _found_under(i, records[i]) for name, i in named.items() if i in records},
        {key: _found_under(i, records[i]) for key, i in holding.items() if i in records},
    )


def _found_under(record_id: str, record: Record) -> Record:
    """A record as it was found by an id, which may be one that was merged into it."""
    return record if record.id == record_id else replace(record, under=record_id)


def _holders(
    reader: Reader, kind: Kind, keys: Collection[MatchKey]
) -> dict[MatchKey, Sequence[Record]]:
    """The records that have each key, the oldest first: one more than are looked at."""
    holders = reader.holders_of_keys(kind, keys, MAX_HOLDERS + 1)
    records = reader.records_by_id(kind, {i for ids in holders.values() for i in ids})
    return {
        key: [_found_under(i, records[i]) for i in ids if i in records]
        for key, ids in holders.items()
    }


def holders_of(reader: Reader, rules: Rules, values: Mapping[str, Any]) -> list[Holder]:
    """Return who has a strong key of a record that is to be made by hand.

    Args:
        reader: of the records.
        rules: of its kind.
        values: its properties.
    """
    keys = [key for key in rules.keys_of(values) if key.kind in rules.strong]
    by_key = _holders(reader, rules.kind, keys) if keys else {}
    return holders_among(rules, values, by_key)


def update_records(
    backend: Backend, rules: Rules, records: Sequence[dict[str, Any]], origin: Origin
) -> list[Outcome]:
    """Change records (contract: Update).

    Args:
        backend: where they are kept.
        rules: of their kind.
        records: each with a `crmId`; a None clears.
        origin: who asks.

    Returns:
        One outcome for each record, in their order.
    """
    ids = {record["crmId"] for record in records}
    names = {record["externalId"] for record in records if record.get("externalId")}

    def work(writer: Writer) -> list[Outcome]:
        writer.hold(rules.kind)
        updates = [
            (record["crmId"], {n: v for n, v in record.items() if n != "crmId"})
            for record in records
        ]
        named = writer.ids_by_external_id(rules.kind, names) if names else {}
        by_id = writer.records_by_id(rules.kind, {*ids, *named.values()})
        by_external_id = {name: by_id[i] for name, i in named.items() if i in by_id}
        plan = plan_updates(rules, updates, by_id, by_external_id)
        _keep(writer, rules.kind, plan, origin)
        return plan.outcomes

    return backend.write(work)


def _keep(writer: Writer, kind: Kind, plan: Plan, origin: Origin) -> None:
    stamp = Stamp(origin.clock(), origin.actor)
    if plan.created:
        writer.insert_records(kind, plan.created, stamp)
    changed = plan.changed
    if changed:
        writer.update_records(kind, changed, stamp)
    if plan.duplicates:
        writer.note_duplicates(kind, plan.duplicates, stamp)


def sync_records(
    backend: Backend, rules: Rules, records: Sequence[dict[str, Any]], origin: Origin
) -> list[Synced]:
    """Find which records exist (contract: Sync).

    Args:
        backend: where they are kept.
        rules: of their kind; they hold the chain and what goes back.
        records: each with an `externalId`.
        origin: who asks.

    Returns:
        The matches, in the order sent; a record that matches nothing is left out.
    """
    drafts = [draft(rules, record) for record in records]

    found = backend.read(lambda reader: found_by(reader, rules, drafts))
    if found.rivals:
        _note(backend, rules.kind, found.rivals, origin)
    return [synced(rules, one, matched) for one, matched in found.matches]


class Found(NamedTuple):
    """What a sync finds.

    Attributes:
        matches: the drafts that exist here with what they are, in their order.
        rivals: the pairs of records that came up and are not noted yet.
    """

    matches: list[tuple[Draft, Match]]
    rivals: Collection[PossibleDuplicate]


def found_by(reader: Reader, rules: Rules, drafts: Sequence[Draft]) -> Found:
    """Which stored records drafts are, by the chain."""
    named = {one.external_id for one in drafts} if EXTERNAL_ID in rules.chain else ()
    known = _look_up(reader, rules.kind, named, keys_in_chain(rules, drafts))
    matcher = Matcher(rules, known.by_external_id, {k: [one] for k, one in known.by_key.items()})
    found = [(one, matcher.match(one)) for one in drafts]
    if matcher.rejected:
        again = matcher.with_more_holders(_holders(reader, rules.kind, matcher.rejected))
        found = [
            (one, matched if matcher.rejected.keys().isdisjoint(one.keys) else again.match(one))
            for one, matched in found
        ]
    matches = [(one, matched) for one, matched in found if matched]
    rivals = {pair for _, matched in matches for pair in matched.rivals}
    if rivals:
        rivals -= set(reader.noted_duplicates(rules.kind, rivals))
    return Found(_with_last_activity(reader, rules, matches), rivals)


def synced(rules: Rules, one: Draft, matched: Match) -> Synced:
    """What the sender of a draft is told of the record that it is."""
    properties = returned_properties(rules, one, matched.record.properties)
    return Synced(one.external_id, matched.record.id, properties)


def _note(
    backend: Backend, kind: Kind, pairs: Collection[PossibleDuplicate], origin: Origin
) -> None:
    """Note pairs if that is possible: a sync is answered even where nothing can be written."""

    def work(writer: Writer) -> None:
        writer.hold(kind)
        writer.note_duplicates(kind, pairs, Stamp(origin.clock(), origin.actor))

    try:
        backend.write(work)
    except StoreUnavailable:
        log.event("duplicates_not_noted", pairs=len(pairs))


def _with_last_activity(
    reader: Reader, rules: Rules, matches: list[tuple[Draft, Match]]
) -> list[tuple[Draft, Match]]:
    """The matches with `lastActivityDate` among their properties, if that is to go back."""
    if rules.kind is not Kind.CONTACT or "lastActivityDate" not in rules.returned:
        return matches
    dates = reader.last_activity_dates({matched.record.id for _, matched in matches})
    return [
        (one, matched._replace(record=_dated(matched.record, dates[matched.record.id].isoformat())))
        if matched.record.id in dates
        else (one, matched)
        for one, matched in matches
    ]


def _dated(record: Record, last_activity: str) -> Record:
    last_activity = last_activity.replace("+00:00", "Z")
    return Record(record.id, {**record.properties, "lastActivityDate": last_activity})


def read_records(backend: Backend, kind: Kind, ids: Sequence[str]) -> list[StoredRecord]:
    """Read records by our ids, in the order asked; unknown and deleted ones are left out."""
    asked = list(dict.fromkeys(ids))

    def work(reader: Reader) -> list[StoredRecord]:
        records = reader.records_by_id(kind, asked)
        living = [records[i] for i in asked if i in records and not records[i].deleted]
        names = reader.external_ids(kind, {record.id for record in living})
        return [StoredRecord(record, names.get(record.id)) for record in living]

    return backend.read(work)
