"""Links between contacts and companies."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, and_, bindparam, delete, select, update

from customcrm.crm.records import Kind
from customcrm.crm.revision import Action
from customcrm.crm.values import same_value
from customcrm.operations.ports import Link, Pair, Stamp
from customcrm.store.batch import insert_batch, rows, text_batch
from customcrm.store.columns import microseconds, to_json
from customcrm.store.history import HistoryRow, keep_history
from customcrm.store.outbox import announce
from customcrm.store.tables import ASSOCIATIONS, HISTORY, RECORDS

MAX_TAKEN: Final = 100
"""Unlinkings of a contact among which the last one of a company is looked for."""

_TAKEN_ROWS: Final = "links"
"""Under this name the history tells what an unlinking took."""

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

_IDS: Final = {kind: select(RECORDS[kind].records.c.id).where(own) for kind, own in _OWN.items()}
_LINKED: Final = and_(
    ASSOCIATIONS.c.contact_id.in_(_IDS[Kind.CONTACT]),
    ASSOCIATIONS.c.company_id.in_(_IDS[Kind.COMPANY]),
)
_IS_LINKED: Final = select(ASSOCIATIONS.c.contact_id).where(_LINKED).limit(1)
_LINKS: Final = select(ASSOCIATIONS).where(_LINKED)
_UNLINK: Final = delete(ASSOCIATIONS).where(_LINKED)
_TAKEN: Final = (
    select(HISTORY.c.old_values)
    .where(
        HISTORY.c.record_id.in_(_IDS[Kind.CONTACT]),
        HISTORY.c.action == str(Action.DISSOCIATED),
    )
    .order_by(HISTORY.c.number.desc())
    .limit(MAX_TAKEN)
)


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


def link_by_hand(connection: Connection, link: Link, stamp: Stamp, *, again: bool) -> bool:
    """As `Writer.link_by_hand`."""
    if connection.execute(_IS_LINKED, _ends(link)).first():
        return False
    made = _taken(connection, link) if again else []
    if not made:
        made = [_Row(link.contact_id, link.company_id, {}, microseconds(stamp.at))]
    told = [one._replace(properties=to_json(one.properties)) for one in made]
    connection.execute(_INSERT, rows(told))
    _tell(connection, link, Action.ASSOCIATED, {}, stamp)
    return True


def unlink_by_hand(connection: Connection, link: Link, stamp: Stamp) -> bool:
    """As `Writer.unlink_by_hand`."""
    taken = [
        _Row(row.contact_id, row.company_id, row.properties, microseconds(row.created_at))
        for row in connection.execute(_LINKS, _ends(link))
    ]
    if not taken:
        return False
    connection.execute(_UNLINK, _ends(link))
    _tell(connection, link, Action.DISSOCIATED, {_TAKEN_ROWS: taken}, stamp)
    return True


class _Row(NamedTuple):
    """A link as it is kept, under the ids that it came under."""

    contact_id: str
    company_id: str
    properties: Any
    created_at: int


def _taken(connection: Connection, link: Link) -> list[_Row]:
    """What the last unlinking of these two took, but for what is no longer theirs."""
    ends = _ends(link)
    contacts, companies = (
        set(connection.execute(_IDS[kind], ends).scalars()) for kind in (Kind.CONTACT, Kind.COMPANY)
    )
    for old in connection.execute(_TAKEN, ends).scalars():
        if old.get("companyCRMId") in companies:
            kept = [_Row(*row) for row in old.get(_TAKEN_ROWS, ())]
            return [r for r in kept if r.contact_id in contacts and r.company_id in companies]
    return []


def _ends(link: Link) -> dict[str, Any]:
    return {"contact_id": link.contact_id, "company_id": link.company_id}


def _tell(
    connection: Connection, link: Link, action: Action, more: dict[str, Any], stamp: Stamp
) -> None:
    """Tell the history of both of them, and that their cards are due."""
    sides = (
        (link.contact_id, {"companyCRMId": link.company_id, "company": link.company, **more}),
        (link.company_id, {"contactCRMId": link.contact_id, "contact": link.contact, **more}),
    )
    made = action is Action.ASSOCIATED
    history = [HistoryRow(i, action, {} if made else v, v if made else {}) for i, v in sides]
    keep_history(connection, history, stamp)
    announce(connection, (link.contact_id, link.company_id))
