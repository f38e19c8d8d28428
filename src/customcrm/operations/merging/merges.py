"""Merging two records into one, and taking that back."""

from collections.abc import Mapping

from customcrm.crm.layers import Layers, alone, joined, parted
from customcrm.crm.merging import UNDO_DAYS, Merge, taken
from customcrm.crm.records import Kind, Record, Rules
from customcrm.crm.revision import Action, Revision
from customcrm.errors import (
    MergedMeanwhile,
    MergeNotFound,
    MergeTooOld,
    MergeWithItself,
    RecordGone,
    SurvivorDeleted,
    SurvivorMerged,
)
from customcrm.operations.merging.ports import MergeBook, MergeWriter, Standing
from customcrm.operations.ports import Origin, Stamp

MERGED_ID = "mergedId"
"""Under this name the history of a survivor tells what was merged into it."""

MERGED_INTO = "mergedInto"
"""Under this name the history of a merged record tells into what."""


def merge_records(
    book: MergeBook,
    rules: Rules,
    survivor_id: str,
    merged_id: str,
    choices: Mapping[str, str],
    origin: Origin,
) -> Merge:
    """Merge one record into another one.

    From then on both ids lead to the survivor, and so does everything that is kept under either:
    external ids, match keys, activities, tasks, links and history. The merged record keeps its own
    row, with all its values. Asked for again by the same person with the same choices, it is the
    merge that there is.

    Args:
        book: where they are kept.
        rules: of their kind.
        survivor_id: of the record that stays.
        merged_id: of the one that becomes another name of it.
        choices: for each property that differs, `survivor` or `merged`; the survivor's wins where
            nothing is said.
        origin: who asks.

    Raises:
        MergeWithItself: both ids are the same.
        MergedMeanwhile: one of the two is merged already.
        RecordGone: one of the two is deleted, or was never there.
    """
    if survivor_id == merged_id:
        raise MergeWithItself

    def work(writer: MergeWriter) -> Merge:
        writer.hold(rules.kind)
        found = writer.standing(rules.kind, [survivor_id, merged_id])
        if len(found) < len({survivor_id, merged_id}):
            raise RecordGone
        survivor, merged = found[survivor_id], found[merged_id]
        if survivor.merged_into or merged.merged_into:
            return _merged_before(writer, rules.kind, (survivor, merged), choices, origin)
        if survivor.record.deleted or merged.record.deleted:
            raise RecordGone
        return _merge(writer, rules, (survivor.record, merged.record), choices, origin)

    return book.write_merges(work)


def _merged_before(
    writer: MergeWriter,
    kind: Kind,
    pair: tuple[Standing, Standing],
    choices: Mapping[str, str],
    origin: Origin,
) -> Merge:
    """The merge that there is, if somebody has only asked for it twice."""
    survivor, merged = pair
    merge = writer.latest_merge(kind, merged.record.id)
    if (
        merge is None
        or survivor.merged_into
        or merge.survivor_id != survivor.record.id
        or (merge.actor, merge.choices) != (origin.actor, dict(choices))
    ):
        raise MergedMeanwhile
    return merge


def _merge(
    writer: MergeWriter,
    rules: Rules,
    pair: tuple[Record, Record],
    choices: Mapping[str, str],
    origin: Origin,
) -> Merge:
    survivor, merged = pair
    stamp = Stamp(origin.clock(), origin.actor)
    merge = Merge(
        id=origin.new_id("merge"),
        kind=rules.kind,
        survivor_id=survivor.id,
        merged_id=merged.id,
        at=stamp.at,
        actor=stamp.actor,
        choices=dict(choices),
        brought=tuple(writer.merged_into(rules.kind, merged.id)),
    )
    revision = Revision(rules, survivor, Action.MERGED)
    names = taken(survivor.properties, merged.properties, choices)
    revision.become(joined(_layers_of(survivor), _layers_of(merged), names))
    revision.remark = {MERGED_ID: merged.id}
    writer.update_records(rules.kind, [revision], stamp)
    writer.point(rules.kind, [merged.id, *merge.brought], survivor.id)
    writer.tell(merged.id, Action.MERGED, {MERGED_INTO: survivor.id}, stamp)
    writer.keep_merge(merge)
    return merge


def _layers_of(record: Record) -> Layers:
    return record.layers or alone(record.id, record.properties)


def undo_merge(book: MergeBook, rules: Rules, merge_id: str, origin: Origin) -> Merge:
    """Take a merge back: both records are again what they were.

    Ids, external ids and whatever is kept under them lead where they led before. Of each property
    either record has what was said last under its own ids, before the merge or since; merges into
    one record may be undone in any order. Undone before, it is no error.

    Args:
        book: where they are kept.
        rules: of their kind.
        merge_id: of the merge.
        origin: who asks.

    Raises:
        MergeNotFound: there was no such merge of this kind.
        MergeTooOld: it is older than 30 days.
        SurvivorMerged: the survivor was merged into another record since.
        SurvivorDeleted: the survivor was deleted since.
    """

    def work(writer: MergeWriter) -> Merge:
        writer.hold(rules.kind)
        merge = writer.merge(merge_id)
        if merge is None or merge.kind is not rules.kind:
            raise MergeNotFound
        if merge.undone_at is not None:
            return merge
        stamp = Stamp(origin.clock(), origin.actor)
        if stamp.at > merge.until:
            raise MergeTooOld(UNDO_DAYS)
        found = writer.standing(rules.kind, [merge.survivor_id, merge.merged_id])
        survivor = found[merge.survivor_id]
        if survivor.merged_into:
            raise SurvivorMerged
        if survivor.record.deleted:
            raise SurvivorDeleted
        return _undo(writer, rules, merge, (survivor.record, found[merge.merged_id].record), stamp)

    return book.write_merges(work)


def _undo(
    writer: MergeWriter, rules: Rules, merge: Merge, pair: tuple[Record, Record], stamp: Stamp
) -> Merge:
    """Point the ids back; each record is what was said under the ids that are its own again."""
    records = [Revision(rules, record, Action.UNMERGED) for record in pair]
    sides = parted(_layers_of(pair[0]), [merge.merged_id, *merge.brought])
    remarks = {MERGED_ID: merge.merged_id}, {MERGED_INTO: merge.survivor_id}
    writer.point(rules.kind, [merge.merged_id], None)
    if merge.brought:
        writer.point(rules.kind, merge.brought, merge.merged_id)
    for revision, layers, remark in zip(records, sides, remarks, strict=True):
        revision.become(layers)
        revision.remark = remark
    writer.update_records(rules.kind, records, stamp)
    writer.mark_undone(merge.id, stamp)
    return merge._replace(undone_at=stamp.at, undone_by=stamp.actor)
