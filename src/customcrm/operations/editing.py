"""What people do to contacts and companies by hand: create, change, delete, restore.

Enginy's own verbs are in `records.py`. Whatever is done here is done once, however often it is
asked for.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple

from msgspec import Struct

from customcrm.contract.values import MAX_PROPERTIES, MAX_PROPERTY_NAME
from customcrm.crm.planning import possible_duplicate
from customcrm.crm.records import Kind, Record, Rules
from customcrm.crm.revision import Action, Revision
from customcrm.crm.values import is_blank, same_value
from customcrm.errors import Conflict, EditConflict, KeyTaken, RecordGone
from customcrm.operations.associations import link_within
from customcrm.operations.ports import Backend, Origin, Stamp, Writer
from customcrm.operations.records import holders_of
from customcrm.operations.repeats import Request, once

RESERVED: Final = frozenset({"externalId", "crmId", "id"})
"""Names that mean something else."""


class Edit(NamedTuple):
    """One value to change. None stands for no value, before and after.

    Attributes:
        name: of the property.
        seen: what stood there when the change was begun.
        value: what shall stand there.
    """

    name: str
    seen: Any
    value: Any


class Made(Struct):
    """What a form has made; kept for when it is sent again."""

    record_id: str


def create_record(  # noqa: PLR0913 - who, what, and how it is known again
    backend: Backend,
    rules: Rules,
    values: Mapping[str, Any],
    request: Request,
    origin: Origin,
    *,
    company_id: str | None = None,
    despite: bool = False,
) -> str:
    """Create a contact or a company by hand.

    Args:
        backend: where it is kept.
        rules: of its kind.
        values: its properties; blank ones say nothing.
        request: by what a repeat of it is known; that makes nothing more.
        origin: who asks.
        company_id: for a contact, a company to link it to.
        despite: make it even if somebody has one of its strong keys already. The pair is noted as
            a possible duplicate then.

    Returns:
        Its id.

    Raises:
        KeyTaken: somebody has one of its strong keys already; nothing was made.
        RecordGone: the company is deleted, or was never there.
    """
    told = rules.in_one_tongue(values)
    said = {name: value for name, value in told.items() if not is_blank(value)}

    def work(writer: Writer) -> str:
        writer.hold(rules.kind)

        def make() -> Made:
            met = holders_of(writer, rules, said)
            taken = {one.key.kind: one.record_id for one in met if one.links}
            if taken and not despite:
                raise KeyTaken(taken)
            stamp = Stamp(origin.clock(), origin.actor)
            record = Record(origin.new_id(rules.kind), said)
            writer.insert_records(rules.kind, [Revision(rules, record, Action.CREATED)], stamp)
            pairs = {possible_duplicate(one.record_id, record.id, one.reason) for one in met}
            if pairs:
                writer.note_duplicates(rules.kind, pairs, stamp)
            if company_id is not None:
                link_within(writer, record.id, company_id, stamp)
            return Made(record.id)

        return once(writer, request, origin, make, Made)[0].record_id

    return backend.write(work)


def edit_record(
    backend: Backend, rules: Rules, record_id: str, edits: Sequence[Edit], origin: Origin
) -> Record:
    """Change values of a record, all of them or none.

    A value that has become what is wanted already is no conflict: two people who correct the same
    mistake agree.

    Args:
        backend: where it is kept.
        rules: of its kind.
        record_id: its id; one merged into another gives that one.
        edits: what to change, each property once.
        origin: who asks.

    Returns:
        The record as it is now.

    Raises:
        EditConflict: somebody else has changed one of the values since it was seen.
        RecordGone: it is deleted, or was never there.
    """

    def work(writer: Writer) -> Record:
        writer.hold(rules.kind)
        record = writer.records_by_id(rules.kind, [record_id]).get(record_id)
        if record is None or record.deleted:
            raise RecordGone
        check_seen(record.properties, edits)
        revision = Revision(rules, record)
        revision.supply({one.name: one.value for one in edits})
        if revision.differs:
            writer.update_records(rules.kind, [revision], Stamp(origin.clock(), origin.actor))
        return Record(record.id, revision.properties)

    return backend.write(work)


def why_no_value(present: Mapping[str, Any], name: str) -> str | None:
    """Why a record with these properties can have no value under a name; None if it can."""
    if name in present:
        return None
    if len(present) >= MAX_PROPERTIES:
        return f"would be one too many: there are {MAX_PROPERTIES:,} properties"
    return why_no_name(name)


def why_no_name(name: str) -> str | None:
    """Why no property that is new to a record can have this name; None if one can."""
    if not name.strip() or len(name) > MAX_PROPERTY_NAME:
        return f"must have a name of 1 to {MAX_PROPERTY_NAME} characters"
    if name in RESERVED:
        return "must have another name: this one means something else"
    return None


def name_within(rules: Rules, present: Mapping[str, Any], name: str) -> str:
    """Under which name a record with these properties has, or gets, what somebody has named.

    What it has no value under goes by its documented name, so that no second value arises.
    """
    return name if name in present else rules.synonyms.get(name, name)


def check_seen(present: Mapping[str, Any], edits: Sequence[Edit]) -> None:
    """Make sure that the values that are to be changed stand as they were seen.

    Raises:
        EditConflict: somebody else has changed one of them since.
    """
    conflicts = list(filter(None, (_conflict(present, one) for one in edits)))
    if conflicts:
        raise EditConflict(conflicts)


def _conflict(present: Mapping[str, Any], edit: Edit) -> Conflict | None:
    """What stands in the way of a change, if anything does. Blank text is as good as no value."""
    now = present.get(edit.name)
    if any(_same(now, fine) for fine in (edit.seen, edit.value)):
        return None
    return Conflict(edit.name, edit.seen, now, edit.value)


def _same(one: Any, other: Any) -> bool:
    return same_value(one, other) or (is_blank(one) and is_blank(other))


def delete_records(
    backend: Backend, rules: Rules, ids: Collection[str], origin: Origin
) -> list[str]:
    """Delete records, so that nothing finds them until they are restored.

    Returns:
        The ids of those deleted now; one deleted before, or never there, is no error.
    """
    return _move(backend, rules, ids, origin, Revision.delete)


def restore_records(
    backend: Backend, rules: Rules, ids: Collection[str], origin: Origin
) -> list[str]:
    """Bring deleted records back, with everything that was theirs.

    Returns:
        The ids of those restored now; one that is not deleted is no error.
    """
    return _move(backend, rules, ids, origin, Revision.restore)


def _move(
    backend: Backend,
    rules: Rules,
    ids: Collection[str],
    origin: Origin,
    move: Callable[[Revision], bool],
) -> list[str]:
    kind: Kind = rules.kind

    def work(writer: Writer) -> list[str]:
        writer.hold(kind)
        found = {record.id: record for record in writer.records_by_id(kind, ids).values()}
        revisions = [Revision(rules, record) for record in found.values()]
        moved = [revision for revision in revisions if move(revision)]
        if moved:
            writer.update_records(kind, moved, Stamp(origin.clock(), origin.actor))
        return [revision.id for revision in moved]

    return backend.write(work)
