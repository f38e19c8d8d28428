"""Jobs in bulk, and what they are still to do."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Row, bindparam, delete, insert, select, update

from customcrm.crm.records import Kind
from customcrm.operations.browsing.cards import CardFilter, Cursor
from customcrm.operations.browsing.records import Change
from customcrm.operations.bulk.jobs import Deed, Job, Selection, State
from customcrm.operations.nouns import Noun
from customcrm.store.batch import insert_batch, rows, singles, text_batch
from customcrm.store.catalogue import tasks, walk
from customcrm.store.catalogue.history import change_of
from customcrm.store.tables import HISTORY, RECORDS
from customcrm.store.transaction import Transaction
from customcrm.store.work_tables import ITEMS, JOBS

_COLLECTING: Final = JOBS.c.state == State.COLLECTING
_BY_ID: Final = select(JOBS).where(JOBS.c.id == bindparam("job"))
_LATEST: Final = select(JOBS).order_by(JOBS.c.asked_at.desc(), JOBS.c.id.desc())
_OPEN: Final = (
    select(JOBS)
    .where(JOBS.c.ended_at.is_(None))
    .order_by(_COLLECTING.desc(), JOBS.c.asked_at, JOBS.c.id)
    .limit(1)
)
_ADD: Final = insert(JOBS)
_KEEP: Final = update(JOBS).where(JOBS.c.id == bindparam("job"))
_ADD_ITEMS: Final = insert_batch(ITEMS, "job_id", "number", "item_id")
_NEXT: Final = (
    select(ITEMS.c.number, ITEMS.c.item_id)
    .where(ITEMS.c.job_id == bindparam("job"))
    .order_by(ITEMS.c.number)
)
_TAKE: Final = delete(ITEMS).where(
    ITEMS.c.job_id == bindparam("job"), ITEMS.c.number <= bindparam("last")
)
_CHANGES: Final = (
    select(HISTORY)
    .where(HISTORY.c.job_id == bindparam("job"), HISTORY.c.number > bindparam("after"))
    .order_by(HISTORY.c.number)
)
_ASKED: Final = text_batch("id")
_DELETED: Final = {
    kind: select(tables.records.c.id, tables.records.c.deleted_at)
    .join_from(_ASKED, tables.records, tables.records.c.id == _ASKED.c.id)
    .where(tables.records.c.deleted_at.is_not(None))
    for kind, tables in RECORDS.items()
}
_FIELDS: Final = [field.name for field in fields(Job)]


class JobTransaction(Transaction):
    """Implements `bulk.jobs.JobWriter`, and so `JobReader`."""

    __slots__ = ()

    def job(self, job_id: str) -> Job | None:
        """As the port says."""
        row = self._connection.execute(_BY_ID, {"job": job_id}).first()
        return None if row is None else _job(row)

    def jobs(self, size: int) -> Sequence[Job]:
        """As the port says."""
        return [_job(row) for row in self._connection.execute(_LATEST.limit(size))]

    def open_job(self) -> Job | None:
        """As the port says."""
        row = self._connection.execute(_OPEN).first()
        return None if row is None else _job(row)

    def add_job(self, job: Job) -> None:
        """As the port says."""
        self._connection.execute(_ADD, _values(job))

    def keep_job(self, job: Job) -> None:
        """As the port says."""
        values = _values(job)
        values["job"] = values.pop("id")
        self._connection.execute(_KEEP, values)

    def first_place(self, noun: Noun) -> Any:
        """As the port says."""
        return None if noun.kind is None else walk.beyond_all(self._connection, noun.kind)

    def collect(
        self, noun: Noun, selection: Selection, place: Any, size: int
    ) -> tuple[Sequence[str], Any]:
        """As the port says."""
        if selection.tasks is not None:
            at = None if place is None else Cursor(*place)
            page = tasks.tasks(self._connection, selection.tasks, at, size)
            return [line.task.id for line in page.items], page.after and list(page.after)
        if noun.kind is None:
            return [], None
        chosen = selection.cards or CardFilter()
        return walk.ids_before(self._connection, noun.kind, chosen, place, size)

    def add_items(self, job_id: str, first: int, ids: Sequence[str]) -> None:
        """As the port says."""
        told = ((job_id, number, item) for number, item in enumerate(ids, first))
        self._connection.execute(_ADD_ITEMS, rows(told))

    def take_items(self, job_id: str, size: int) -> Sequence[str]:
        """As the port says."""
        found = self._connection.execute(_NEXT.limit(size), {"job": job_id}).all()
        if found:
            self._connection.execute(_TAKE, {"job": job_id, "last": found[-1].number})
        return [row.item_id for row in found]

    def changes_of(self, job_id: str, after: int, size: int) -> Sequence[Change]:
        """As the port says."""
        given = {"job": job_id, "after": after}
        return [change_of(row) for row in self._connection.execute(_CHANGES.limit(size), given)]

    def deleted_at(self, kind: Kind, ids: Collection[str]) -> Mapping[str, datetime]:
        """As the port says."""
        found = self._connection.execute(_DELETED[kind], singles(ids))
        return {row.id: row.deleted_at for row in found}


def _values(job: Job) -> dict[str, Any]:
    """A job as a row."""
    values = {name: getattr(job, name) for name in _FIELDS}
    selection = None if job.selection is None else msgspec.to_builtins(job.selection)
    return {**values, "deed": list(job.deed), "selection": selection}


def _job(row: Row[Any]) -> Job:
    """The job that a row holds."""
    values = {name: getattr(row, name) for name in _FIELDS}
    told = row.selection
    selection = None if told is None else msgspec.convert(told, Selection)
    return Job(
        **{
            **values,
            "noun": Noun(row.noun),
            "state": State(row.state),
            "deed": msgspec.convert(row.deed, Deed),
            "selection": selection,
        }
    )
