"""The page of one record: read from the record itself, however old its card is."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection, and_, func, select

from customcrm.crm.records import Kind, Record
from customcrm.operations.browsing.cards import Card
from customcrm.operations.browsing.events import TaskLine
from customcrm.operations.browsing.records import MAX_LINKED, ExternalId, RecordPage
from customcrm.store.catalogue.cards import card_of, cards_by_id
from customcrm.store.catalogue.facts import read_sources
from customcrm.store.catalogue.naming import names
from customcrm.store.catalogue.tasks import aliases, task_lines
from customcrm.store.records import records_by_id
from customcrm.store.tables import ASSOCIATIONS, RECORDS, TASKS

_FAR_SIDE: Final = {
    Kind.CONTACT: (ASSOCIATIONS.c.contact_id, ASSOCIATIONS.c.company_id, Kind.COMPANY),
    Kind.COMPANY: (ASSOCIATIONS.c.company_id, ASSOCIATIONS.c.contact_id, Kind.CONTACT),
}
_DUE: Final = func.coalesce(TASKS.c.due_at, TASKS.c.due_day)
"""Days in the order of their first moment in UTC; pages order them as their visitor's days."""

_ABOUT: Final = {Kind.CONTACT: TASKS.c.contact_id, Kind.COMPANY: TASKS.c.company_id}


def record_page(connection: Connection, kind: Kind, record_id: str) -> RecordPage | None:
    """As `Catalogue.record_page`."""
    record = records_by_id(connection, kind, [record_id]).get(record_id)
    if record is None:
        return None
    own = aliases(connection, kind, record.id)
    linked, more = _linked(connection, kind, own)
    tasks, done = _tasks(connection, kind, own)
    return RecordPage(
        card=_card(connection, kind, record),
        record=record,
        external_ids=_external_ids(connection, kind, own),
        merged=tuple(own[1:]),
        linked=linked,
        linked_more=more,
        tasks=tasks,
        done=done,
    )


def _card(connection: Connection, kind: Kind, record: Record) -> Card:
    """The card as the record is now; what its activities say is taken from the card that is kept.

    To count them anew would take a while where there are a hundred thousand.
    """
    kept = cards_by_id(connection, kind, [record.id]).get(record.id)
    if kept is None:
        read = read_sources(connection, kind, [record.id], deleted=True)
        return card_of(read.sources[record.id])
    named = names(connection, [record.id])[record.id]
    return replace(kept, name=named.name)


def _external_ids(connection: Connection, kind: Kind, own: Sequence[str]) -> tuple[ExternalId, ...]:
    table = RECORDS[kind].external_ids.c
    query = (
        select(table.external_id, table.added_at)
        .where(table.record_id.in_(own))
        .order_by(table.added_at, table.external_id)
    )
    return tuple(ExternalId(*row) for row in connection.execute(query))


def _linked(
    connection: Connection, kind: Kind, own: Sequence[str]
) -> tuple[tuple[Card, ...], bool]:
    near, far, other = _FAR_SIDE[kind]
    query = select(far).where(near.in_(own)).distinct().order_by(far).limit(MAX_LINKED + 1)
    ids = connection.execute(query).scalars().all()
    cards = cards_by_id(connection, other, ids[:MAX_LINKED])
    return tuple({card.id: card for card in cards.values()}.values()), len(ids) > MAX_LINKED


def _tasks(
    connection: Connection, kind: Kind, own: Sequence[str]
) -> tuple[tuple[TaskLine, ...], int]:
    about = and_(_ABOUT[kind].in_(own), TASKS.c.deleted_at.is_(None))
    still = (
        select(TASKS.c.id)
        .where(about, TASKS.c.completed_at.is_(None))
        .order_by(_DUE.is_(None), _DUE, TASKS.c.id)
        .limit(MAX_LINKED)
    )
    done = select(func.count()).select_from(TASKS).where(about, TASKS.c.completed_at.is_not(None))
    ids = connection.execute(still).scalars().all()
    return tuple(task_lines(connection, ids)), connection.execute(done).scalar_one()
