"""API keys, as digests."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, insert, select, update

from customcrm.operations.keys import ApiKey
from customcrm.store.columns import Instant
from customcrm.store.tables import API_KEYS

_ALL: Final = select(API_KEYS).order_by(API_KEYS.c.id)
_REVOKE: Final = (
    update(API_KEYS)
    .where(API_KEYS.c.id == bindparam("gone"), API_KEYS.c.revoked_at.is_(None))
    .values(revoked_at=bindparam("at", type_=Instant()))
)


def api_keys(connection: Connection) -> Sequence[ApiKey]:
    """As `Keyring.api_keys`."""
    return [
        ApiKey(row.id, row.name, row.digest, row.created_at, row.revoked_at)
        for row in connection.execute(_ALL)
    ]


def add_api_key(connection: Connection, key: ApiKey) -> None:
    """As `Keyring.add_api_key`."""
    connection.execute(insert(API_KEYS), key._asdict())


def revoke_api_key(connection: Connection, key_id: str, at: datetime) -> bool:
    """As `Keyring.revoke_api_key`."""
    return connection.execute(_REVOKE, {"gone": key_id, "at": at}).rowcount == 1
