"""What is deleted, newest first, by an index that holds nothing else."""

from typing import Final

from sqlalchemy import BigInteger, ColumnElement, Connection, Table, cast, select

from customcrm.crm.records import Kind
from customcrm.crm.revision import Action
from customcrm.crm.text import name_or_unnamed
from customcrm.operations.browsing.bin import Gone
from customcrm.operations.browsing.cards import Cursor, Page
from customcrm.operations.nouns import Noun
from customcrm.store.batch import singles, text_batch
from customcrm.store.catalogue.naming import names
from customcrm.store.catalogue.paging import Direction, Line, clamped, mapped, page_of
from customcrm.store.columns import moment_of
from customcrm.store.tables import HISTORY, RECORDS, TASKS

_TABLES: Final = {
    Noun.CONTACT: RECORDS[Kind.CONTACT].records,
    Noun.COMPANY: RECORDS[Kind.COMPANY].records,
    Noun.TASK: TASKS,
}
_batch = text_batch("id")
_WHO: Final = select(
    _batch.c.id,
    select(HISTORY.c.actor)
    .where(HISTORY.c.record_id == _batch.c.id, HISTORY.c.action == Action.DELETED)
    .order_by(HISTORY.c.at.desc(), HISTORY.c.number.desc())
    .limit(1)
    .correlate(_batch)
    .scalar_subquery()
    .label("actor"),
)
_SUBJECTS: Final = select(TASKS.c.id, TASKS.c.subject).join_from(
    _batch, TASKS, TASKS.c.id == _batch.c.id
)


def gone(connection: Connection, noun: Noun, at: Cursor | None, size: int) -> Page[Gone]:
    """As `Catalogue.bin`."""
    size, table = clamped(size), _TABLES[noun]
    backwards = at is not None and at.backwards
    start = None if at is None else (moment_of(at.number), str(at.value))
    direction = Direction((table.c.deleted_at, table.c.id), not backwards, start)
    query = (
        select(table.c.id, cast(table.c.deleted_at, BigInteger))
        .where(*_deleted(table), *direction.beyond())
        .order_by(*direction.order())
        .limit(size + 1)
    )
    lines = [Line(one, when, (one, when)) for one, when in connection.execute(query)]
    return mapped(page_of(lines, at, size), lambda shown: _told(connection, noun, list(shown)))


def _deleted(table: Table) -> list[ColumnElement[bool]]:
    deleted = table.c.deleted_at.is_not(None)
    return [deleted] if table is TASKS else [deleted, table.c.merged_into.is_(None)]


def _told(connection: Connection, noun: Noun, shown: list[tuple[str, int]]) -> list[Gone]:
    ids = [one for one, _ in shown]
    who = {row.id: row.actor for row in connection.execute(_WHO, singles(ids))}
    if noun is Noun.TASK:
        named = {
            row.id: name_or_unnamed(row.subject)
            for row in connection.execute(_SUBJECTS, singles(ids))
        }
    else:
        named = {asked: one.name for asked, one in names(connection, ids).items()}
    return [Gone(one, named[one], moment_of(at), who[one] or "") for one, at in shown]
