"""Users that can own records."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, select

from customcrm.contract.users import User
from customcrm.store.tables import USERS

_LIVING: Final = (
    select(USERS.c.id, USERS.c.name, USERS.c.email)
    .where(USERS.c.removed_at.is_(None))
    .order_by(USERS.c.name, USERS.c.id)
)


def users(connection: Connection) -> Sequence[User]:
    """As `Reader.users`."""
    return [User(row.id, row.name, row.email) for row in connection.execute(_LIVING)]
