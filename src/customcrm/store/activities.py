"""Activities."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select

from customcrm.contract.activities import Activity
from customcrm.crm.journey import step_of
from customcrm.crm.records import Kind
from customcrm.operations.ports import Stamp
from customcrm.store.activity_kinds import add_activity_kind
from customcrm.store.batch import singles, text_batch
from customcrm.store.outbox import announce_activity
from customcrm.store.tables import ACTIVITIES, RECORDS

_BY_ID: Final = select(ACTIVITIES).where(ACTIVITIES.c.id == bindparam("wanted"))
_BY_REPEAT_KEY: Final = select(ACTIVITIES).where(ACTIVITIES.c.repeat_key == bindparam("wanted"))
_INSERT: Final = insert(ACTIVITIES)
_asked = text_batch("id")
_CONTACTS: Final = RECORDS[Kind.CONTACT].records
_INSTANT: Final = ACTIVITIES.c.occurred_at.type
_own = (
    select(func.max(ACTIVITIES.c.occurred_at, type_=_INSTANT))
    .where(ACTIVITIES.c.contact_id == _asked.c.id)
    .correlate(_asked)
    .scalar_subquery()
)
_merged = (
    select(func.max(ACTIVITIES.c.occurred_at, type_=_INSTANT))
    .join_from(_CONTACTS, ACTIVITIES, ACTIVITIES.c.contact_id == _CONTACTS.c.id)
    .where(_CONTACTS.c.merged_into == _asked.c.id)
    .correlate(_asked)
    .scalar_subquery()
)
_LAST_DATES: Final = select(_asked.c.id, _own.label("own"), _merged.label("merged"))
"""Activities are kept under the contact that their sender knew, so also under merged ones."""


def activity_by_id(connection: Connection, activity_id: str) -> Activity | None:
    """As `Reader.activity`."""
    return _one(connection, _BY_ID, activity_id)


def activity_by_repeat_key(connection: Connection, repeat_key: str) -> Activity | None:
    """As `Writer.activity_by_repeat_key`."""
    return _one(connection, _BY_REPEAT_KEY, repeat_key)


def _one(connection: Connection, statement: Select[Any], wanted: str) -> Activity | None:
    row = connection.execute(statement, {"wanted": wanted}).one_or_none()
    return None if row is None else activity_of(row)


def activity_of(row: Row[Any]) -> Activity:
    """The activity that a row of the table holds."""
    return Activity(
        id=row.id,
        type=row.type,
        direction=row.direction,
        subject=row.subject,
        body=row.body,
        owner_id=row.owner_id,
        occurred_at=row.occurred_at,
        contact_id=row.contact_id,
        company_id=row.company_id,
        metadata=row.metadata,
        properties=row.properties,
    )


def last_activity_dates(
    connection: Connection, contact_ids: Collection[str]
) -> dict[str, datetime]:
    """As `Reader.last_activity_dates`."""
    found = connection.execute(_LAST_DATES, singles(contact_ids))
    dates = {row.id: [date for date in (row.own, row.merged) if date] for row in found}
    return {contact_id: max(both) for contact_id, both in dates.items() if both}


def insert_activity(
    connection: Connection, activity: Activity, repeat_key: str | None, stamp: Stamp
) -> None:
    """As `Writer.insert_activity`."""
    happened_at = activity.occurred_at or stamp.at
    sent = activity.direction == "OUTBOUND"
    connection.execute(
        _INSERT,
        {
            "id": activity.id,
            "type": activity.type,
            "direction": activity.direction,
            "subject": activity.subject,
            "body": activity.body,
            "owner_id": activity.owner_id,
            "occurred_at": activity.occurred_at,
            "contact_id": activity.contact_id,
            "company_id": activity.company_id,
            "metadata": activity.metadata,
            "properties": activity.properties,
            "repeat_key": repeat_key,
            "created_at": stamp.at,
            "happened_at": happened_at,
            "step": step_of(activity.metadata, activity.subject) if sent else None,
        },
    )
    add_activity_kind(connection, activity)
    announce_activity(connection, activity, happened_at)
