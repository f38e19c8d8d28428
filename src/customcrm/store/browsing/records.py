"""The page of one record."""

from typing import Any

from sqlalchemy import Connection, func, select

from customcrm.crm.card import Facts
from customcrm.crm.records import Kind, Record
from customcrm.operations.browsing.events import TaskLine
from customcrm.operations.browsing.records import MAX_LINKED, ExternalId, RecordPage
from customcrm.store.browsing.cards import card_of, cards_by_id
from customcrm.store.browsing.tasks import lines_of
from customcrm.store.browsing.timelines import ids_of
from customcrm.store.columns import from_json
from customcrm.store.projection import card_row, facts_of
from customcrm.store.tables import RECORDS, TASKS


def record_page(connection: Connection, kind: Kind, record_id: str) -> RecordPage | None:
    """As `Catalogue.record_page`. The card is made anew: this page is never behind."""
    records = RECORDS[kind].records
    stored = records.alias("stored")
    survivor = func.coalesce(stored.c.merged_into, stored.c.id)
    query = select(records).join(stored, survivor == records.c.id).where(stored.c.id == record_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    ids = ids_of(connection, kind, row.id)
    names = _external_ids(connection, kind, ids)
    facts = facts_of(connection, kind, [row.id])[row.id]
    linked = _linked(connection, kind, facts)
    open_tasks, done = _tasks(connection, kind, ids)
    kept = card_row(connection, kind, row, facts, names[0].external_id if names else row.id)
    return RecordPage(
        card=card_of(row.id, from_json(kept.shown), row.properties),
        record=Record(row.id, row.properties, row.deleted_at is not None),
        external_ids=names,
        merged=tuple(ids[1:]),
        linked=linked[:MAX_LINKED],
        linked_more=len(linked) > MAX_LINKED,
        tasks=open_tasks,
        done=done,
    )


def _external_ids(connection: Connection, kind: Kind, ids: list[str]) -> tuple[ExternalId, ...]:
    names = RECORDS[kind].external_ids
    query = (
        select(names.c.external_id, names.c.added_at)
        .where(names.c.record_id.in_(ids))
        .order_by(names.c.added_at, names.c.external_id)
        .limit(MAX_LINKED)
    )
    return tuple(ExternalId(row.external_id, row.added_at) for row in connection.execute(query))


def _linked(connection: Connection, kind: Kind, facts: Facts) -> tuple[Any, ...]:
    """The cards of linked records, the latest active first; one more than are shown, if there is."""
    other = Kind.COMPANY if kind is Kind.CONTACT else Kind.CONTACT
    found = cards_by_id(connection, other, facts.linked[: MAX_LINKED + 1])
    return tuple({card.id: card for card in found.values()}.values())


def _tasks(connection: Connection, kind: Kind, ids: list[str]) -> tuple[tuple[TaskLine, ...], int]:
    """The open tasks by when they are due, and how many are done."""
    about = TASKS.c.contact_id if kind is Kind.CONTACT else TASKS.c.company_id
    mine = about.in_(ids)
    query = (
        select(TASKS)
        .where(mine, TASKS.c.completed_at.is_(None))
        .order_by(TASKS.c.due_at.is_(None), TASKS.c.due_at, TASKS.c.id)
        .limit(MAX_LINKED)
    )
    done = select(func.count()).select_from(TASKS).where(mine, TASKS.c.completed_at.is_not(None))
    rows = connection.execute(query).all()
    return tuple(lines_of(connection, rows)), int(connection.execute(done).scalar_one())
