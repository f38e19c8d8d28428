"""One step of a job in bulk: a short transaction, so that Enginy's writes go in between.

A step does the next few, and notes in the same transaction that they are done. So a job that was
stopped, however hard, goes on where it was, and does nothing twice.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from customcrm.contract.tasks import task_values, task_with
from customcrm.crm.records import Kind, Record, Rules
from customcrm.crm.revision import Action, Revision
from customcrm.crm.values import same_value
from customcrm.operations.browsing.records import Change
from customcrm.operations.bulk.jobs import HELD, Deed, Job, JobReader, JobWriter, State, Verb
from customcrm.operations.editing import name_within, why_no_value
from customcrm.operations.nouns import Noun
from customcrm.operations.ports import Stamp, TaskChange
from customcrm.operations.tasks import change_of

LEASE: Final = timedelta(seconds=10)
"""How long a job stays with who works on it. Then another server may take it over."""

LISTED: Final = 8
"""How many times as many a step notes down, or forgets: that costs far less than to change them."""

_COMPLETION: Final = frozenset({"completed", "completedAt"})
"""What a task says of whether it is done."""

RulesOf = Callable[[Kind], Rules]


def due_job(reader: JobReader, runner: str, now: datetime) -> Job | None:
    """The job whose turn it is; None if there is none, or if another runner works on it."""
    job = reader.open_job()
    return None if job is None or elsewhere(job, runner, now) else job


def elsewhere(job: Job, runner: str, now: datetime) -> bool:
    """Whether another runner than this one works on a job."""
    leased = job.leased_until is not None and job.leased_until > now
    return leased and job.runner not in {None, runner}


def claim(writer: JobWriter, runner: str, now: datetime) -> Job | None:
    """Make the job whose turn it is this runner's own; None if there is nothing to do here."""
    writer.hold(HELD)
    job = due_job(writer, runner, now)
    return job and replace(job, runner=runner, leased_until=now + LEASE)


def take_step(writer: JobWriter, job: Job, rules: RulesOf, now: datetime, size: int) -> Job:
    """Do the next step of a job.

    Args:
        writer: the transaction that has claimed it.
        job: as it was claimed.
        rules: of each kind of record.
        now: when.
        size: how many the step may do.

    Returns:
        The job after it.
    """
    match job.state:
        case State.COLLECTING:
            job = _collect(writer, job, size * LISTED)
        case State.CANCELLING | State.FAILING:
            job = _sweep(writer, job, size * LISTED)
        case _ if job.deed.verb is Verb.UNDO:
            job = _undo(writer, job, rules, now, size)
        case _:
            job = _do(writer, job, rules, now, size)
    if job.ended:
        job = replace(job, ended_at=now, runner=None, leased_until=None)
    writer.keep_job(job)
    return job


def _collect(writer: JobWriter, job: Job, size: int) -> Job:
    if job.selection is None:
        return replace(job, state=State.FAILING)
    ids, place = writer.collect(job.noun, job.selection, job.place, size)
    writer.add_items(job.id, job.total, ids)
    state = State.RUNNING if place is None else State.COLLECTING
    return replace(job, total=job.total + len(ids), place=place, state=state)


def _sweep(writer: JobWriter, job: Job, size: int) -> Job:
    gone = writer.take_items(job.id, size)
    ended = State.FAILED if job.state is State.FAILING else State.CANCELLED
    return job if gone else replace(job, state=ended)


def _do(writer: JobWriter, job: Job, rules: RulesOf, now: datetime, size: int) -> Job:
    ids = writer.take_items(job.id, size)
    if not ids:
        return replace(job, state=State.DONE)
    stamp = Stamp(now, job.actor, job.id)
    if job.noun.kind is None:
        changed, left = _change_tasks(writer, job.deed, ids, stamp), 0
    else:
        changed, left = _change_records(writer, rules(job.noun.kind), job.deed, ids, stamp)
    job = replace(
        job,
        done=job.done + len(ids),
        changed=job.changed + changed,
        left_alone=job.left_alone + left,
    )
    return replace(job, state=State.DONE) if job.done >= job.total else job


def _change_records(
    writer: JobWriter, rules: Rules, deed: Deed, ids: Sequence[str], stamp: Stamp
) -> tuple[int, int]:
    """Change records.

    Returns:
        How many were changed, and how many were left: because they are a part of another by now,
        which nobody may have selected, or have as many properties as they may.
    """
    writer.hold(rules.kind)
    found = writer.records_by_id(rules.kind, ids)
    merged = sum(record.id != asked for asked, record in found.items())
    meant = [record for asked, record in found.items() if record.id == asked]
    revisions = [Revision(rules, record) for record in meant if not record.deleted]
    done = [(one, _changes(one, rules, deed)) for one in revisions]
    changed = sum(bool(changes) for _, changes in done)
    full = sum(changes is None for _, changes in done)
    differing = [one for one, changes in done if changes or one.relayered]
    if differing:
        writer.update_records(rules.kind, differing, stamp)
    return changed, merged + full


def _changes(revision: Revision, rules: Rules, deed: Deed) -> bool | None:
    """Do it to one record. Returns whether that changes anything; None if it has no room."""
    if deed.verb is Verb.DELETE:
        return revision.delete()
    name = name_within(rules, revision.properties, deed.name)
    if deed.value is not None and why_no_value(revision.properties, name):
        return None
    return revision.supply({name: deed.value})


def _change_tasks(writer: JobWriter, deed: Deed, ids: Sequence[str], stamp: Stamp) -> int:
    writer.hold(Noun.TASK)
    values = {deed.name: deed.value}
    if deed.name == "completed":
        values["completedAt"] = stamp.at if deed.value else None
    tasks = writer.tasks(ids).values()
    # Completing twice keeps the first moment.
    meant = [task for task in tasks if deed.name != "completed" or task.completed != deed.value]
    changes = [change_of(task, task_with(task, values)) for task in meant]
    return _keep_tasks(writer, changes, stamp)


def _keep_tasks(writer: JobWriter, changes: Sequence[TaskChange], stamp: Stamp) -> int:
    changed = [change for change in changes if change.new]
    if changed:
        writer.update_tasks(changed, stamp)
    return len(changed)


def _undo(writer: JobWriter, job: Job, rules: RulesOf, now: datetime, size: int) -> Job:
    changes = writer.changes_of(job.undoes or "", job.place or 0, size)
    if not changes:
        return replace(job, state=State.DONE)
    stamp = Stamp(now, job.actor, job.id)
    if job.noun.kind is None:
        changed, left = _undo_tasks(writer, changes, stamp)
    else:
        changed, left = _undo_records(writer, rules(job.noun.kind), changes, stamp)
    return replace(
        job,
        place=changes[-1].number,
        done=job.done + len(changes),
        changed=job.changed + changed,
        left_alone=job.left_alone + left,
    )


def _undo_records(
    writer: JobWriter, rules: Rules, changes: Sequence[Change], stamp: Stamp
) -> tuple[int, int]:
    """Take changes of records back.

    Returns:
        How many records were changed, and how many have a value that somebody has changed since.
    """
    writer.hold(rules.kind)
    ids = [change.record_id for change in changes]
    records = writer.records_by_id(rules.kind, ids)
    gone = writer.deleted_at(rules.kind, ids)
    revisions, left = [], 0
    for change in changes:
        record = records.get(change.record_id)
        # One that was merged since has become a part of another.
        if record is None or record.id != change.record_id:
            left += 1
            continue
        revision = Revision(rules, record)
        whole = _take_back(revision, record, change, gone.get(record.id))
        left += not whole
        if revision.action is not None:
            revisions.append(revision)
    if revisions:
        writer.update_records(rules.kind, revisions, stamp)
    return len(revisions), left


def _take_back(
    revision: Revision, record: Record, change: Change, deleted_at: datetime | None
) -> bool:
    """Take one change back as far as it still stands. Returns whether that was all of it."""
    if change.action == Action.DELETED:
        return deleted_at == change.at and revision.restore()
    if record.deleted:
        return False
    standing = _standing(record.properties, change)
    revision.supply({name: change.old.get(name) for name in standing})
    return len(standing) == len(change.new)


def _standing(present: Mapping[str, Any], change: Change) -> list[str]:
    """The names of the values that are still as a change has set them."""
    return [name for name, value in change.new.items() if same_value(present.get(name), value)]


def _undo_tasks(writer: JobWriter, changes: Sequence[Change], stamp: Stamp) -> tuple[int, int]:
    """As `_undo_records`, of tasks."""
    writer.hold(Noun.TASK)
    tasks = writer.tasks([change.record_id for change in changes])
    kept, left = [], 0
    for change in changes:
        task = tasks.get(change.record_id)
        if task is None:
            left += 1
            continue
        standing = _standing(task_values(task), change)
        # That it is done and when that was are one thing: of a later moment neither is ours.
        if not set(standing) >= _COMPLETION:
            standing = [name for name in standing if name not in _COMPLETION]
        left += len(standing) < len(change.new)
        values = {name: change.old.get(name) for name in standing}
        kept.append(change_of(task, task_with(task, values)))
    return _keep_tasks(writer, kept, stamp), left
