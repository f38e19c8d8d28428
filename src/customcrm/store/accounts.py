"""One transaction on the accounts, as the operations see it: the port over the tables."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, delete, insert, select, update

from customcrm.operations.accounts.people import Person, Role
from customcrm.operations.accounts.ports import Account, KeptLink, KeptSession, Purpose
from customcrm.operations.ports import Stamp
from customcrm.store.columns import Instant
from customcrm.store.history import HistoryRow, keep_history
from customcrm.store.tables import LINKS, SESSIONS, USERS

HELD: Final = "accounts"
"""What transactions that write accounts hold, so that no two run at once."""

_EVERYONE: Final = select(USERS).order_by(USERS.c.name, USERS.c.id)
_LIVING: Final = select(USERS).where(USERS.c.removed_at.is_(None))
_PEOPLE: Final = _LIVING.order_by(USERS.c.name, USERS.c.id)
_BY_ID: Final = _LIVING.where(USERS.c.id == bindparam("user"))
_BY_EMAIL: Final = _LIVING.where(USERS.c.sign_in_email == bindparam("email"))
_ADMINS: Final = _LIVING.with_only_columns(USERS.c.id).where(
    USERS.c.role == Role.ADMIN, USERS.c.password_hash.is_not(None)
)
_SESSION: Final = select(SESSIONS).where(SESSIONS.c.digest == bindparam("digest"))
_SESSIONS: Final = (
    select(SESSIONS)
    .where(SESSIONS.c.user_id == bindparam("user"))
    .order_by(SESSIONS.c.seen_at.desc(), SESSIONS.c.id.desc())
)
_LINK: Final = select(LINKS).where(LINKS.c.digest == bindparam("digest"))
_SEEN: Final = (
    update(SESSIONS)
    .where(
        SESSIONS.c.id == bindparam("session"),
        SESSIONS.c.seen_at < bindparam("at", type_=Instant()),
    )
    .values(seen_at=bindparam("at", type_=Instant()))
)


class AccountTransaction:
    """Implements `accounts.ports.AccountWriter`, and so `AccountReader`.

    Args:
        connection: with a transaction begun.
    """

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def people(self) -> Sequence[Person]:
        """As the port says."""
        return [_person(row) for row in self._connection.execute(_PEOPLE)]

    def everyone(self) -> Sequence[Person]:
        """As the port says."""
        return [_person(row) for row in self._connection.execute(_EVERYONE)]

    def account(self, user_id: str) -> Account | None:
        """As the port says."""
        return self._account(_BY_ID, user=user_id)

    def account_by_email(self, email: str) -> Account | None:
        """As the port says."""
        return self._account(_BY_EMAIL, email=email)

    def _account(self, query: Select[Any], **values: str) -> Account | None:
        row = self._connection.execute(query, values).first()
        return Account(_person(row), row.password_hash) if row else None

    def admins(self) -> Collection[str]:
        """As the port says."""
        return self._connection.execute(_ADMINS).scalars().all()

    def session(self, digest: str) -> tuple[KeptSession, Account] | None:
        """As the port says."""
        row = self._connection.execute(_SESSION, {"digest": digest}).first()
        account = self.account(row.user_id) if row else None
        return (_session(row), account) if row and account else None

    def sessions(self, user_id: str) -> Sequence[KeptSession]:
        """As the port says."""
        return [_session(row) for row in self._connection.execute(_SESSIONS, {"user": user_id})]

    def link(self, digest: str) -> KeptLink | None:
        """As the port says."""
        row = self._connection.execute(_LINK, {"digest": digest}).first()
        return _link(row) if row else None

    def add_person(self, person: Person) -> None:
        """As the port says."""
        values = person._asdict()
        del values["invited"], values["left"]
        self._connection.execute(insert(USERS), {**values, "sign_in_email": person.email})

    def update_person(self, person: Person) -> None:
        """As the port says."""
        self._change(person.id, name=person.name, role=person.role, zone=person.zone)

    def set_password(self, user_id: str, password_hash: str | None) -> None:
        """As the port says."""
        self._change(user_id, password_hash=password_hash)

    def remove_user(self, user_id: str, at: datetime) -> None:
        """As the port says."""
        self._change(user_id, removed_at=at, role=None)

    def _change(self, user_id: str, **values: object) -> None:
        self._connection.execute(update(USERS).where(USERS.c.id == user_id).values(values))

    def note(
        self,
        user_id: str,
        action: str,
        old: Mapping[str, Any],
        new: Mapping[str, Any],
        stamp: Stamp,
    ) -> None:
        """As the port says."""
        row = HistoryRow(user_id, action, dict(old), dict(new))
        keep_history(self._connection, [row], stamp)

    def add_session(self, session: KeptSession) -> None:
        """As the port says."""
        self._connection.execute(insert(SESSIONS), session._asdict())

    def end_session(self, user_id: str, session_id: str) -> None:
        """As the port says."""
        owned = SESSIONS.c.user_id == user_id
        self._connection.execute(delete(SESSIONS).where(owned, SESSIONS.c.id == session_id))

    def end_sessions(self, user_id: str, *, but: str | None = None) -> None:
        """As the port says."""
        ended = delete(SESSIONS).where(SESSIONS.c.user_id == user_id)
        if but is not None:
            ended = ended.where(SESSIONS.c.id != but)
        self._connection.execute(ended)

    def forget_sessions(self, unused_since: datetime) -> None:
        """As the port says."""
        self._connection.execute(delete(SESSIONS).where(SESSIONS.c.seen_at <= unused_since))

    def add_link(self, link: KeptLink) -> None:
        """As the port says."""
        self._connection.execute(insert(LINKS), link._asdict())

    def use_link(self, digest: str, at: datetime) -> None:
        """As the port says."""
        used = update(LINKS).where(LINKS.c.digest == digest).values(used_at=at)
        self._connection.execute(used)

    def drop_links(self, user_id: str | None) -> None:
        """As the port says."""
        theirs = LINKS.c.user_id.is_(None) if user_id is None else LINKS.c.user_id == user_id
        self._connection.execute(delete(LINKS).where(theirs, LINKS.c.used_at.is_(None)))


def mark_seen(connection: Connection, session_id: str, at: datetime) -> None:
    """As `AccountBook.mark_seen`."""
    connection.execute(_SEEN, {"session": session_id, "at": at})


def _person(row: Row[Any]) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        email=row.sign_in_email,
        role=Role(row.role) if row.role else None,
        zone=row.zone,
        invited=row.password_hash is None,
        created_at=row.created_at,
        left=row.removed_at is not None,
    )


def _session(row: Row[Any]) -> KeptSession:
    return KeptSession(row.id, row.digest, row.user_id, row.created_at, row.seen_at, row.agent)


def _link(row: Row[Any]) -> KeptLink:
    return KeptLink(
        digest=row.digest,
        purpose=Purpose(row.purpose),
        user_id=row.user_id,
        created_by=row.created_by,
        created_at=row.created_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
    )
