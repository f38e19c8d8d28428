"""Activities."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    ScalarSelect,
    Select,
    Text,
    bindparam,
    func,
    insert,
    literal,
    select,
    union_all,
)

from customcrm.contract.activities import Activity
from customcrm.crm.activity_text import ActivityText, activity_text
from customcrm.crm.activity_time import happened_at
from customcrm.crm.automatic_subjects import Automatic
from customcrm.crm.journey import step_of
from customcrm.crm.message_text import MessageText
from customcrm.crm.records import Kind
from customcrm.operations.ports import Stamp
from customcrm.store.activity_kinds import add_activity_kind
from customcrm.store.batch import singles, text_batch
from customcrm.store.outbox import announce_activity
from customcrm.store.tables import ACTIVITIES, RECORDS

_BY_ID: Final = select(ACTIVITIES).where(ACTIVITIES.c.id == bindparam("wanted"))
_repeat_keys = text_batch("repeat_key")
_BY_REPEAT_KEYS: Final = (
    select(ACTIVITIES)
    .join_from(_repeat_keys, ACTIVITIES, ACTIVITIES.c.repeat_key == _repeat_keys.c.repeat_key)
    .order_by(ACTIVITIES.c.id)
    .limit(1)
)
_INSERT: Final = insert(ACTIVITIES)
_asked = text_batch("id")
_CONTACTS: Final = RECORDS[Kind.CONTACT].records
_contact = bindparam("contact", type_=Text())
_own = _CONTACTS.alias("own")
_sibling = _CONTACTS.alias("sibling")
_REPEAT: Final = union_all(
    select(ACTIVITIES.c.id, literal(1).label("logged")).where(
        ACTIVITIES.c.repeat_key == bindparam("repeat_key")
    ),
    select(_CONTACTS.c.id, literal(0)).where(_CONTACTS.c.merged_into == _contact),
    select(_CONTACTS.c.merged_into, literal(0)).where(
        _CONTACTS.c.id == _contact, _CONTACTS.c.merged_into.is_not(None)
    ),
    select(_sibling.c.id, literal(0))
    .join_from(_own, _sibling, _sibling.c.merged_into == _own.c.merged_into)
    .where(_own.c.id == _contact, _sibling.c.id != _contact),
)
"""The activity with a repeat key, and the other ids of a contact: its survivor, and what was merged
into either."""

_INSTANT: Final = ACTIVITIES.c.happened_at.type
_CONTACT_IDS: Final = _CONTACTS.alias("merged")


def _latest(contact_id: ColumnElement[str]) -> ScalarSelect[datetime]:
    """When the latest dated activity of a contact happened: the first row along an index."""
    return (
        select(ACTIVITIES.c.happened_at)
        .where(ACTIVITIES.c.contact_id == contact_id, ACTIVITIES.c.occurred_at.is_not(None))
        .order_by(ACTIVITIES.c.happened_at.desc())
        .limit(1)
        .correlate(_asked, _CONTACT_IDS)
        .scalar_subquery()
    )


_merged = (
    select(func.max(_latest(_CONTACT_IDS.c.id), type_=_INSTANT))
    .where(_CONTACT_IDS.c.merged_into == _asked.c.id)
    .correlate(_asked)
    .scalar_subquery()
)
_LAST_DATES: Final = select(_asked.c.id, _latest(_asked.c.id).label("own"), _merged.label("merged"))
"""Activities are kept under the contact that their sender knew, so also under merged ones."""


def activity_by_id(connection: Connection, activity_id: str) -> Activity | None:
    """As `Reader.activity`."""
    return _one(connection, _BY_ID, activity_id)


def find_repeat(
    connection: Connection, repeat_key: str, contact_id: str | None
) -> tuple[Activity | None, list[str]]:
    """As `Writer.find_repeat`."""
    asked = {"repeat_key": repeat_key, "contact": contact_id or ""}
    found = connection.execute(_REPEAT, asked).all()
    logged = next((row.id for row in found if row.logged), None)
    activity = None if logged is None else activity_by_id(connection, logged)
    return activity, [row.id for row in found if not row.logged]


def first_activity(connection: Connection, repeat_keys: Sequence[str]) -> Activity | None:
    """As `Writer.first_activity`."""
    row = connection.execute(_BY_REPEAT_KEYS, singles(repeat_keys)).one_or_none()
    return None if row is None else activity_of(row)


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


def text_of(row: Row[Any]) -> ActivityText:
    """Return what is derived from an activity: as stored, or derived now where nothing is.

    The row needs no `message` where only the excerpt is wanted.
    """
    if row.excerpt is None:
        headers = {**row.properties, **(row.metadata or {})}
        return activity_text(row.body, row.subject, row.direction, headers)
    stored = getattr(row, "message", None)
    message = None if stored is None else msgspec.convert(stored, MessageText)
    return ActivityText(row.excerpt, message, Automatic(row.automatic) if row.automatic else None)


def last_activity_dates(
    connection: Connection, contact_ids: Collection[str]
) -> dict[str, datetime]:
    """As `Reader.last_activity_dates`."""
    found = connection.execute(_LAST_DATES, singles(contact_ids))
    dates = {row.id: [date for date in (row.own, row.merged) if date] for row in found}
    return {contact_id: max(both) for contact_id, both in dates.items() if both}


def insert_activity(
    connection: Connection,
    activity: Activity,
    text: ActivityText,
    repeat_key: str | None,
    stamp: Stamp,
) -> None:
    """As `Writer.insert_activity`."""
    at = happened_at(activity.occurred_at, stamp.at)
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
            "happened_at": at,
            "step": step_of(activity.metadata, activity.subject) if sent else None,
            "excerpt": text.excerpt,
            "message": text.message,
            "automatic": text.automatic,
        },
    )
    add_activity_kind(connection, activity)
    announce_activity(connection, activity, at)
