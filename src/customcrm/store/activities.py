"""Activities."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, func, insert, select

from customcrm.contract.activities import Activity
from customcrm.operations.ports import Stamp
from customcrm.store.batch import singles, text_batch
from customcrm.store.tables import ACTIVITIES

_BY_ID: Final = select(ACTIVITIES).where(ACTIVITIES.c.id == bindparam("wanted"))
_BY_REPEAT_KEY: Final = select(ACTIVITIES).where(ACTIVITIES.c.repeat_key == bindparam("wanted"))
_INSERT: Final = insert(ACTIVITIES)
_asked = text_batch("id")
_LAST_DATES: Final = select(
    _asked.c.id,
    select(func.max(ACTIVITIES.c.occurred_at, type_=ACTIVITIES.c.occurred_at.type))
    .where(ACTIVITIES.c.contact_id == _asked.c.id)
    .correlate(_asked)
    .scalar_subquery()
    .label("last"),
)


def activity_by_id(connection: Connection, activity_id: str) -> Activity | None:
    """As `Reader.activity`."""
    return _one(connection, _BY_ID, activity_id)


def activity_by_repeat_key(connection: Connection, repeat_key: str) -> Activity | None:
    """As `Writer.activity_by_repeat_key`."""
    return _one(connection, _BY_REPEAT_KEY, repeat_key)


def _one(connection: Connection, statement: Select[Any], wanted: str) -> Activity | None:
    row = connection.execute(statement, {"wanted": wanted}).one_or_none()
    if row is None:
        return None
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
    return {row.id: row.last for row in found if row.last is not None}


def insert_activity(
    connection: Connection, activity: Activity, repeat_key: str | None, stamp: Stamp
) -> None:
    """As `Writer.insert_activity`."""
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
        },
    )
