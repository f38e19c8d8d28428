"""Users: the people who can own records."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from customcrm.contract.users import User
from customcrm.errors import UserNotFound
from customcrm.operations.ports import Backend, Origin


class Directory(Protocol):
    """Where users are kept."""

    def add_user(self, user: User, at: datetime) -> None:
        """Keep a new user."""

    def remove_user(self, user_id: str, at: datetime) -> bool:
        """Offer a user no longer as an owner; returns whether there was one."""


def list_users(backend: Backend) -> Sequence[User]:
    """The users that can own records, by name."""
    return backend.read(lambda reader: reader.users())


def add_user(directory: Directory, name: str, email: str | None, origin: Origin) -> User:
    """Add a person who can own records."""
    user = User(origin.new_id("user"), name, email)
    directory.add_user(user, origin.clock())
    return user


def remove_user(directory: Directory, user_id: str, origin: Origin) -> None:
    """Offer a person no longer as an owner. What they own stays theirs.

    Raises:
        UserNotFound: there is no such user.
    """
    if not directory.remove_user(user_id, origin.clock()):
        raise UserNotFound(f"No user has the id {user_id}")
