"""Asking for a job in bulk: how many it would be, start it, cancel it, take it back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeVar

from customcrm.crm.property_types import PropertyType, typed
from customcrm.errors import WorkRefused
from customcrm.operations.browsing.ports import Catalogue
from customcrm.operations.bulk.jobs import (
    HELD,
    MAX_IDS,
    Deed,
    Job,
    JobBook,
    JobWriter,
    Selection,
    State,
    Verb,
)
from customcrm.operations.editing import why_no_name
from customcrm.operations.nouns import Noun
from customcrm.operations.ports import Origin

T = TypeVar("T")

TASK_VALUES: Final = frozenset({"ownerId", "dueDate", "completed"})
"""What can be set of many tasks."""

SAMPLE: Final = 10
"""How many names are shown before a job is started."""


def count_selected(catalogue: Catalogue, noun: Noun, selection: Selection) -> int:
    """How many a job would be done to: as many as the list says that it has."""
    if selection.ids is not None:
        return len(dict.fromkeys(selection.ids))
    if selection.tasks is not None:
        return catalogue.count_tasks(selection.tasks)
    if noun.kind is None or selection.cards is None:
        return 0
    return catalogue.count_cards(noun.kind, selection.cards)


def value_to_set(kind: PropertyType, text: str) -> object:
    """The value that somebody has typed for many records; None, which clears, if it is blank.

    Raises:
        WorkRefused: it is no value of this type.
    """
    try:
        return typed(kind, text)
    except ValueError as error:
        raise WorkRefused(f"The value {error}") from error


def start_job(book: JobBook, noun: Noun, deed: Deed, selection: Selection, origin: Origin) -> Job:
    """Ask for a job. It is run by the server, a moment later or when others are done.

    What it is done to is settled when it is asked for: what comes later is not among it.

    Raises:
        WorkRefused: there is no such job, or it names none or too many.
    """
    _check(noun, deed, selection)

    def work(writer: JobWriter) -> Job:
        writer.hold(HELD)
        job = Job(
            id=origin.new_id("job"),
            noun=noun,
            deed=deed,
            selection=selection,
            actor=origin.actor,
            asked_at=origin.clock(),
        )
        if selection.ids is None:
            job = replace(job, place=writer.first_place(noun))
            writer.add_job(job)
        else:
            ids = list(dict.fromkeys(selection.ids))
            job = replace(job, state=State.RUNNING, total=len(ids))
            writer.add_job(job)
            writer.add_items(job.id, 0, ids)
        return job

    return _asked(book, work)


def _check(noun: Noun, deed: Deed, selection: Selection) -> None:
    _check_selection(selection)
    if noun is Noun.TASK:
        fine = deed.verb is Verb.SET and deed.name in TASK_VALUES
    else:
        fine = deed.verb in {Verb.SET, Verb.DELETE}
        problem = why_no_name(deed.name) if deed.verb is Verb.SET else None
        if problem is not None:
            raise WorkRefused(f"The property {problem}")
    if not fine:
        raise WorkRefused("Say what is to be done, and of which property")


def _check_selection(selection: Selection) -> None:
    """Refuse a selection that says less than was asked for.

    Raises:
        WorkRefused: it names none or too many, or its filter was not understood.
    """
    if selection.ids is not None and not 0 < len(selection.ids) <= MAX_IDS:
        raise WorkRefused(f"Select between one and {MAX_IDS}")
    cards, tasks = selection.cards, selection.tasks
    if (cards and cards.matches_nothing) or (tasks and tasks.problems):
        raise WorkRefused("A part of this list's filter was not understood, so nothing was changed")


def cancel_job(book: JobBook, job_id: str) -> Job | None:
    """Let a job do no more; what it has done stays, and can be undone. None: there is none."""

    def work(writer: JobWriter) -> Job | None:
        writer.hold(HELD)
        job = writer.job(job_id)
        if job is None or job.ended:
            return job
        job = replace(job, state=State.CANCELLING)
        writer.keep_job(job)
        return job

    return _asked(book, work)


def undo_job(book: JobBook, job_id: str, origin: Origin) -> Job | None:
    """Ask for what a job did to be taken back, by a job of its own.

    Of each record those values are taken back that are still as the job set them. Asked for twice,
    the second gets the same job; one that was cancelled goes on where it was.

    Returns:
        The job that takes it back; None if there is no such job to take back.

    Raises:
        WorkRefused: it has done nothing, is not over, or is too old.
    """

    def work(writer: JobWriter) -> Job | None:
        writer.hold(HELD)
        job, now = writer.job(job_id), origin.clock()
        if job is None:
            return None
        before = writer.job(job.undone_by) if job.undone_by else None
        if before is not None and before.state not in {State.CANCELLED, State.FAILED}:
            return before
        if not job.undoable(now):
            raise WorkRefused("This job cannot be undone")
        undo = _undo_of(job, before, origin, now)
        writer.add_job(undo)
        writer.keep_job(replace(job, undone_by=undo.id))
        return undo

    return _asked(book, work)


def _asked(book: JobBook, work: Callable[[JobWriter], T]) -> T:
    """Write what was asked for, and have it done."""
    told = book.write_jobs(work)
    book.wake_jobs()
    return told


def _undo_of(job: Job, before: Job | None, origin: Origin, now: datetime) -> Job:
    return Job(
        id=origin.new_id("job"),
        noun=job.noun,
        deed=Deed(Verb.UNDO),
        selection=None,
        actor=origin.actor,
        asked_at=now,
        state=State.RUNNING,
        place=before.place if before else 0,
        total=job.changed - (before.done if before else 0),
        undoes=job.id,
    )
