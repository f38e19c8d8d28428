"""Contacts and companies: create, sync, update, read."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from customcrm import log
from customcrm.crm.match_keys import MatchKey
from customcrm.crm.matching import (
    EXTERNAL_ID,
    Match,
    keys_in_chain,
    match,
    returned_properties,
)
from customcrm.crm.planning import (
    Draft,
    Outcome,
    Plan,
    PossibleDuplicate,
    draft,
    outgrown,
    plan_creates,
    plan_updates,
    strong_keys,
)
from customcrm.crm.records import Kind, Record, Rules
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
    external_ids = list({one.external_id: None for one in drafts})
    keys = strong_keys(rules, drafts)

    def work(writer: Writer) -> list[Outcome]:
        writer.hold(rules.kind)
        by_external_id = writer.records_by_external_id(rules.kind, external_ids)
        found = writer.records_by_key(rules.kind, keys)
        by_key: dict[MatchKey, Sequence[Record]] = {key: [found[key]] for key in found}
        plan = plan_creates(
            rules, drafts, by_external_id, by_key, lambda: origin.new_id(rules.kind)
        )
        moved = outgrown(plan, by_key)
        if moved:
            spare = iter([revision.id for revision in plan.created])
            by_key |= writer.holders_of_keys(rules.kind, moved)
            plan = plan_creates(
                rules,
                drafts,
                by_external_id,
                by_key,
                lambda: next(spare, None) or origin.new_id(rules.kind),
            )
        _keep(writer, rules.kind, plan, origin)
        return plan.outcomes

    return backend.write(work)


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
    ids = list({record["crmId"]: None for record in records})
    names = list({record["externalId"]: None for record in records if record.get("externalId")})

    def work(writer: Writer) -> list[Outcome]:
        writer.hold(rules.kind)
        updates = [
            (record["crmId"], {n: v for n, v in record.items() if n != "crmId"})
            for record in records
        ]
        plan = plan_updates(
            rules,
            updates,
            writer.records_by_id(rules.kind, ids),
            writer.records_by_external_id(rules.kind, names) if names else {},
        )
        _keep(writer, rules.kind, plan, origin)
        return plan.outcomes

    return backend.write(work)


def _keep(writer: Writer, kind: Kind, plan: Plan, origin: Origin) -> None:
    stamp = Stamp(origin.clock(), origin.actor)
    if plan.created:
        writer.insert_records(kind, plan.created, stamp)
    if plan.changed:
        writer.update_records(kind, plan.changed, stamp)
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

    def work(reader: Reader) -> list[tuple[Draft, Match]]:
        by_external_id = (
            reader.records_by_external_id(rules.kind, {one.external_id for one in drafts})
            if EXTERNAL_ID in rules.chain
            else {}
        )
        by_key = reader.records_by_key(rules.kind, keys_in_chain(rules, drafts))
        found = ((one, match(rules, one, by_external_id, by_key)) for one in drafts)
        matches = [(one, matched) for one, matched in found if matched]
        return _with_last_activity(reader, rules, matches)

    matches = backend.read(work)
    rivals = {pair for _, matched in matches for pair in matched.rivals}
    if rivals:
        _note(backend, rules.kind, rivals, origin)
    return [
        Synced(
            one.external_id,
            matched.record.id,
            returned_properties(rules, one, matched.record.properties),
        )
        for one, matched in matches
    ]


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
