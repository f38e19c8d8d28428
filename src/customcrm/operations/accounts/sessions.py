"""Signing in and out, and knowing who somebody is meanwhile."""

import hmac
import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from customcrm.errors import InvalidRequest, SignInFailed, StoreUnavailable
from customcrm.operations.accounts.fields import email_of
from customcrm.operations.accounts.passwords import (
    check_password,
    hash_of,
    is_outdated,
    matches,
)
from customcrm.operations.accounts.people import SESSION_DAYS, NewSession, Person, Session
from customcrm.operations.accounts.ports import (
    Account,
    AccountBook,
    AccountReader,
    AccountWriter,
    KeptSession,
)
from customcrm.operations.keys import digest_of
from customcrm.operations.ports import Origin, Stamp

MAX_AGENT: Final = 200

_LIFE: Final = timedelta(days=SESSION_DAYS)
_MINUTE: Final = timedelta(minutes=1)
_SECRET_BYTES: Final = 32


def sign_in(book: AccountBook, email: str, password: str, agent: str, origin: Origin) -> NewSession:
    """Begin a session.

    Takes as long, and says as much, whether the email is unknown, has no password, or another one.

    Raises:
        SignInFailed: the email or the password is wrong.
    """
    account = _account_of(book, email)
    kept = account.password_hash if account and account.person.role else None
    if not matches(password, kept) or account is None or kept is None:
        raise SignInFailed
    fresh = hash_of(password) if is_outdated(kept) else kept

    def begin(writer: AccountWriter) -> NewSession:
        now = writer.account(account.person.id)
        if now is None or now.person.role is None or now.password_hash != kept:
            raise SignInFailed
        if fresh != kept:
            writer.set_password(now.person.id, fresh)
        return begin_session(writer, now.person, agent, origin)

    return book.write_accounts(begin)


def _account_of(book: AccountBook, email: str) -> Account | None:
    try:
        known_as = email_of(email)
    except InvalidRequest:
        known_as = ""  # nobody's; asked for all the same, so that it takes as long
    return book.read_accounts(lambda reader: reader.account_by_email(known_as))


def begin_session(writer: AccountWriter, person: Person, agent: str, origin: Origin) -> NewSession:
    """Let somebody in who has shown who they are; within a transaction."""
    now = origin.clock()
    writer.forget_sessions(now - _LIFE)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    kept = KeptSession(
        origin.new_id("session"), digest_of(secret), person.id, now, now, _cut(agent)
    )
    writer.add_session(kept)
    return NewSession(secret, _session(kept, person, csrf_of(secret)))


def _cut(agent: str) -> str:
    """What a browser calls itself, fit to be kept and shown."""
    return "".join(char for char in agent if char.isprintable())[:MAX_AGENT]


def csrf_of(secret: str) -> str:
    """What the forms of a session must bear: not to be had from what is kept of its secret."""
    return hmac.new(secret.encode(), b"customcrm csrf", sha256).hexdigest()


def _session(kept: KeptSession, person: Person, csrf: str) -> Session:
    return Session(kept.id, person, csrf, kept.created_at, kept.seen_at, kept.agent)


def session_of(book: AccountBook, secret: str, now: datetime) -> Session | None:
    """Whose session this is the secret of; None if nobody's, or if it has gone unused too long.

    Notes that it was used, at most once a minute. Where that cannot be noted, it does not matter.
    """
    found = book.read_accounts(lambda reader: reader.session(digest_of(secret)))
    if found is None:
        return None
    kept, account = found
    if account.person.role is None or kept.seen_at + _LIFE <= now:
        return None
    if kept.seen_at + _MINUTE <= now:
        with suppress(StoreUnavailable):
            book.mark_seen(kept.id, now)
        kept = kept._replace(seen_at=now)
    return _session(kept, account.person, csrf_of(secret))


def is_current(book: AccountBook, session: Session, now: datetime) -> bool:
    """Whether somebody is still signed in with a session. It is not noted that it was used."""
    return any(one.id == session.id for one in sessions_of(book, session.person.id, now))


def sign_out(book: AccountBook, session: Session, origin: Origin) -> None:
    """End a session. One that has ended already is no error."""
    end_session(book, session.person, session.id, origin)


def sessions_of(book: AccountBook, user_id: str, now: datetime) -> Sequence[Session]:
    """Where somebody is signed in, the session used last first; without what their forms bear."""

    def look(reader: AccountReader) -> Sequence[Session]:
        account = reader.account(user_id)
        if account is None or account.person.role is None:
            return []
        kept = reader.sessions(user_id)
        return [_session(one, account.person, "") for one in kept if one.seen_at + _LIFE > now]

    return book.read_accounts(look)


def end_session(book: AccountBook, person: Person, session_id: str, origin: Origin) -> None:
    """End a session of somebody's own. One that has ended, or is another's, is no error."""
    del origin
    book.write_accounts(lambda writer: writer.end_session(person.id, session_id))


def change_password(
    book: AccountBook, session: Session, old: str, new: str, origin: Origin
) -> None:
    """Change somebody's own password, and end their other sessions.

    Raises:
        SignInFailed: the old password is wrong.
        WeakPassword: the new one is too easily guessed.
    """
    person = session.person
    account = book.read_accounts(lambda reader: reader.account(person.id))
    kept = account.password_hash if account else None
    if not matches(old, kept):
        raise SignInFailed
    check_password(new, person.name, person.email)
    fresh = hash_of(new)

    def change(writer: AccountWriter) -> None:
        now = writer.account(person.id)
        if now is None or now.password_hash != kept:
            raise SignInFailed
        set_password(writer, person.id, fresh, Stamp(origin.clock(), origin.actor), but=session.id)

    book.write_accounts(change)


def set_password(
    writer: AccountWriter, user_id: str, fresh: str, stamp: Stamp, *, but: str | None = None
) -> None:
    """Keep a new password, end all sessions and links made under the old one; in a transaction."""
    writer.set_password(user_id, fresh)
    writer.end_sessions(user_id, but=but)
    writer.drop_links(user_id)
    writer.note(user_id, "password_changed", {}, {}, stamp)
