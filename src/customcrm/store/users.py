"""Users that can own records."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, insert, select, update

from customcrm.contract.users import User
from customcrm.store.columns import Instant
from customcrm.store.tables import USERS

_LIVING: Final = (
    select(USERS.c.id, USERS.c.name, USERS.c.email)
    .where(USERS.c.removed_at.is_(None))
    .order_by(USERS.c.name, USERS.c.id)
)
_REMOVE: Final = (
    update(USERS)
    .where(USERS.c.id == bindparam("gone"), USERS.c.removed_at.is_(None))
    .values(removed_at=bindparam("at", type_=Instant()))
)


def users(connection: Connection) -> Sequence[User]:
    """As `Reader.users`."""
    return [User(row.id, row.name, row.email) for row in connection.execute(_LIVING)]


def add_user(connection: Connection, user: User, at: datetime) -> None:
    """Keep a new user."""
    connection.execute(
        insert(USERS), {"id": user.id, "name": user.name, "email": user.email, "created_at": at}
    )


def remove_user(connection: Connection, user_id: str, at: datetime) -> bool:
    """Let a user own nothing new; returns whether there was one."""
    return connection.execute(_REMOVE, {"gone": user_id, "at": at}).rowcount == 1
