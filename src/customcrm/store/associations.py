"""Links between contacts and companies."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, delete, insert, select, update

from customcrm.crm.records import Kind
from customcrm.crm.revision import Action, same_value
from customcrm.operations.ports import Link, Pair, Stamp
from customcrm.store.batch import insert_batch, rows, text_batch
from customcrm.store.columns import microseconds, to_json
from customcrm.store.history import HistoryRow, keep_history
from customcrm.store.outbox import announce
from customcrm.store.tables import ASSOCIATIONS, RECORDS

_asked = text_batch("contact_id", "company_id")
_EXISTING: Final = select(
    ASSOCIATIONS.c.contact_id, ASSOCIATIONS.c.company_id, ASSOCIATIONS.c.properties
).join_from(
    _asked,
    ASSOCIATIONS,
    (ASSOCIATIONS.c.contact_id == _asked.c.contact_id)
    & (ASSOCIATIONS.c.company_id == _asked.c.company_id),
)
_INSERT: Final = insert_batch(ASSOCIATIONS, "contact_id", "company_id", "properties", "created_at")
_changed = text_batch("contact_id", "company_id", "properties")
_UPDATE: Final = (
    update(ASSOCIATIONS)
    .where(
        ASSOCIATIONS.c.contact_id == _changed.c.contact_id,
        ASSOCIATIONS.c.company_id == _changed.c.company_id,
    )
    .values(properties=_changed.c.properties)
)
_OWN: Final = {
    kind: (RECORDS[kind].records.c.id == bindparam(name))
    | (RECORDS[kind].records.c.merged_into == bindparam(name))
    for kind, name in ((Kind.CONTACT, "contact_id"), (Kind.COMPANY, "company_id"))
}
"""Conditions for the ids that a record's links may be kept under: its own, and merged ones'."""

_LINKED: Final = and_(
    ASSOCIATIONS.c.contact_id.in_(
        select(RECORDS[Kind.CONTACT].records.c.id).where(_OWN[Kind.CONTACT])
    ),
    ASSOCIATIONS.c.company_id.in_(
        select(RECORDS[Kind.COMPANY].records.c.id).where(_OWN[Kind.COMPANY])
    ),
)
_IS_LINKED: Final = select(ASSOCIATIONS.c.contact_id).where(_LINKED).limit(1)
_UNLINK: Final = delete(ASSOCIATIONS).where(_LINKED)


def associate(connection: Connection, pairs: Sequence[Pair], stamp: Stamp) -> None:
    """As `Writer.associate`."""
    at = microseconds(stamp.at)
    existing: dict[tuple[str, str], dict[str, Any]] = {
        (row.contact_id, row.company_id): row.properties
        for row in connection.execute(_EXISTING, rows(pair[:2] for pair in pairs))
    }
    new = [(*pair[:2], to_json(pair.properties), at) for pair in pairs if pair[:2] not in existing]
    merged = [
        (*pair[:2], to_json({**existing[pair[:2]], **pair.properties}))
        for pair in pairs
        if pair[:2] in existing and _says_more(pair.properties, existing[pair[:2]])
    ]
    if new:
        connection.execute(_INSERT, rows(new))
        announce(connection, (record_id for pair in new for record_id in pair[:2]))
    if merged:
        connection.execute(_UPDATE, rows(merged))


def _says_more(properties: dict[str, Any], stored: dict[str, Any]) -> bool:
    """Whether something of the properties is not stored so yet."""
    return any(
        name not in stored or not same_value(stored[name], value)
        for name, value in properties.items()
    )


def link_by_hand(connection: Connection, link: Link, stamp: Stamp) -> bool:
    """As `Writer.link_by_hand`."""
    if connection.execute(_IS_LINKED, _ends(link)).first():
        return False
    made = {**_ends(link), "properties": {}, "created_at": stamp.at}
    connection.execute(insert(ASSOCIATIONS), made)
    _tell(connection, link, Action.ASSOCIATED, stamp)
    return True


def unlink_by_hand(connection: Connection, link: Link, stamp: Stamp) -> bool:
    """As `Writer.unlink_by_hand`."""
    if not connection.execute(_UNLINK, _ends(link)).rowcount:
        return False
    _tell(connection, link, Action.DISSOCIATED, stamp)
    return True


def _ends(link: Link) -> dict[str, Any]:
    return {"contact_id": link.contact_id, "company_id": link.company_id}


def _tell(connection: Connection, link: Link, action: Action, stamp: Stamp) -> None:
    """Tell the history of both of them, and that their cards are due."""
    sides = (
        (link.contact_id, {"companyCRMId": link.company_id, "company": link.company}),
        (link.company_id, {"contactCRMId": link.contact_id, "contact": link.contact}),
    )
    made = action is Action.ASSOCIATED
    history = [HistoryRow(i, action, {} if made else v, v if made else {}) for i, v in sides]
    keep_history(connection, history, stamp)
    announce(connection, (link.contact_id, link.company_id))
