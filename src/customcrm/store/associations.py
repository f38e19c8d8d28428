"""Links between contacts and companies."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, select, update

from customcrm.crm.revision import same_value
from customcrm.operations.ports import Pair, Stamp
from customcrm.store.batch import insert_batch, rows, text_batch
from customcrm.store.columns import microseconds, to_json
from customcrm.store.outbox import announce
from customcrm.store.tables import ASSOCIATIONS

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
