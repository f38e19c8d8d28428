"""What the accounts need of the store: people, their passwords, sessions and links.

The rules live in the operations beside this file; a book of accounts only finds and keeps.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, Protocol, TypeVar

from customcrm.operations.accounts.people import Person
from customcrm.operations.ports import Stamp

T = TypeVar("T")


class Purpose(StrEnum):
    """What a link is for."""

    FIRST = "first"
    INVITATION = "invitation"
    RESET = "reset"


class Account(NamedTuple):
    """A person, and what their password is checked against; None if they have none."""

    person: Person
    password_hash: str | None


class KeptSession(NamedTuple):
    """A session as it is kept: never its secret.

    Attributes:
        id: our name for it, which is no secret.
        digest: SHA-256 of the secret.
        user_id: whose.
        created_at: when it began; `seen_at`: when last used, to the minute.
        agent: what the browser calls itself.
    """

    id: str
    digest: str
    user_id: str
    created_at: datetime
    seen_at: datetime
    agent: str


class KeptLink(NamedTuple):
    """A one-time link as it is kept: never its secret.

    Attributes:
        digest: SHA-256 of the secret.
        purpose: what it is for.
        user_id: whose; None for the first link, whose person does not exist yet.
        created_by: the actor that made it.
        created_at: when.
        expires_at: from when on it is worth nothing.
        used_at: when it was used up, or None.
    """

    digest: str
    purpose: Purpose
    user_id: str | None
    created_by: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class AccountReader(Protocol):
    """What can be asked of the accounts. Only `everyone` finds users who were removed."""

    def people(self) -> Sequence[Person]:
        """All users, by name."""

    def everyone(self) -> Sequence[Person]:
        """All users there ever were, by name."""

    def account(self, user_id: str) -> Account | None:
        """One user."""

    def account_by_email(self, email: str) -> Account | None:
        """The user with this email, in small letters."""

    def admins(self) -> Collection[str]:
        """The ids of the admins that have a password."""

    def session(self, digest: str) -> tuple[KeptSession, Account] | None:
        """A session, expired or not, and whose it is."""

    def sessions(self, user_id: str) -> Sequence[KeptSession]:
        """The sessions of a user, expired or not; the one used last comes first."""

    def link(self, digest: str) -> KeptLink | None:
        """A link, used or expired or neither."""


class AccountWriter(AccountReader, Protocol):
    """What can be asked within a transaction that writes."""

    def add_person(self, person: Person) -> None:
        """Keep a new user, without a password."""

    def update_person(self, person: Person) -> None:
        """Keep the name, role and zone that a user has now."""

    def set_password(self, user_id: str, password_hash: str | None) -> None:
        """Keep what a user's password is checked against; None takes it away."""

    def remove_user(self, user_id: str, at: datetime) -> None:
        """Find a user no longer. Their row stays, their email is free."""

    def note(
        self,
        user_id: str,
        action: str,
        old: Mapping[str, Any],
        new: Mapping[str, Any],
        stamp: Stamp,
    ) -> None:
        """Keep in the history what changed about a user; never a secret."""

    def add_session(self, session: KeptSession) -> None:
        """Keep a new session."""

    def end_session(self, user_id: str, session_id: str) -> None:
        """Forget a session of a user, if there is one."""

    def end_sessions(self, user_id: str, *, but: str | None = None) -> None:
        """Forget all sessions of a user, except one."""

    def forget_sessions(self, unused_since: datetime) -> None:
        """Forget all sessions that were last used at this moment or before."""

    def add_link(self, link: KeptLink) -> None:
        """Keep a new link."""

    def use_link(self, digest: str, at: datetime) -> None:
        """Mark a link as used up."""

    def drop_links(self, user_id: str | None) -> None:
        """Forget the links of a user that are not used; None for the first link."""


class AccountBook(Protocol):
    """A place that keeps accounts.

    `read_accounts` and `write_accounts` run a function within one transaction and return what it
    returns. If the function raises, nothing of it is kept. No two that write run at once, so that
    what one has looked up stays true until it ends. They are called from many threads at once.

    Raises:
        StoreUnavailable: the data cannot be reached now.
    """

    def read_accounts(self, work: Callable[[AccountReader], T]) -> T:
        """Run a function that only reads."""

    def write_accounts(self, work: Callable[[AccountWriter], T]) -> T:
        """Run a function that writes."""

    def mark_seen(self, session_id: str, at: datetime) -> None:
        """Keep when a session was last used, if that is later than what is kept."""
