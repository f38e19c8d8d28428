"""One-time links: how somebody who has no password gets one.

The first admin comes in by the first link, which `serve` prints; everybody else by an invitation;
whoever has forgotten their password, by a reset. Of a link only the digest is kept.
"""

import secrets
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from customcrm.errors import EmailTaken, LinkExpired, UserNotFound
from customcrm.operations.accounts.fields import email_of, name_of, zone_of
from customcrm.operations.accounts.members import (
    NO_ZONE,
    add_person,
    change_person,
    person_of,
)
from customcrm.operations.accounts.passwords import check_password, hash_of
from customcrm.operations.accounts.people import (
    FIRST_LINK_HOURS,
    LINK_DAYS,
    NewSession,
    Person,
    Role,
)
from customcrm.operations.accounts.ports import (
    AccountBook,
    AccountReader,
    AccountWriter,
    KeptLink,
    Purpose,
)
from customcrm.operations.accounts.sessions import begin_session, set_password
from customcrm.operations.keys import digest_of
from customcrm.operations.ports import Origin, Stamp

_LIVES: Final = {
    Purpose.FIRST: timedelta(hours=FIRST_LINK_HOURS),
    Purpose.INVITATION: timedelta(days=LINK_DAYS),
    Purpose.RESET: timedelta(hours=FIRST_LINK_HOURS),
}
"""How long each kind of link is worth something."""

_SECRET_BYTES: Final = 32


class Link(NamedTuple):
    """What is behind a link.

    Attributes:
        purpose: what it is for.
        person: whose it is; None for the first link, whose person does not exist yet.
    """

    purpose: Purpose
    person: Person | None


def first_link(book: AccountBook, origin: Origin) -> str | None:
    """A new link for the first admin, in the place of an older one.

    Returns:
        Its secret; None if there is an admin already who can sign in.
    """

    def make(writer: AccountWriter) -> str | None:
        return None if writer.admins() else _make(writer, Purpose.FIRST, None, origin)

    return book.write_accounts(make)


def _make(writer: AccountWriter, purpose: Purpose, user_id: str | None, origin: Origin) -> str:
    """Keep a new link in the place of an older one; returns its secret."""
    now = origin.clock()
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    writer.drop_links(user_id)
    writer.add_link(
        KeptLink(digest_of(secret), purpose, user_id, origin.actor, now, now + _LIVES[purpose])
    )
    if user_id is not None:
        writer.note(user_id, "link_created", {}, {"purpose": purpose}, Stamp(now, origin.actor))
    return secret


def invite(
    book: AccountBook, name: str, email: str, role: Role, origin: Origin
) -> tuple[Person, str]:
    """Let somebody in, new or an owner of records so far, by a link that they set a password with.

    Who was invited before and has no password yet gets a new link; the old one is worth nothing.

    Returns:
        Who, and the secret of the link.

    Raises:
        InvalidRequest: the name or the email is none.
        EmailTaken: who has this email can sign in already.
    """
    name, email = name_of(name), email_of(email)

    def make(writer: AccountWriter) -> tuple[Person, str]:
        found = writer.account_by_email(email)
        if found and found.password_hash:
            raise EmailTaken(email)
        if found:
            person = found.person._replace(name=name, role=role)
            stamp = Stamp(origin.clock(), origin.actor)
            change_person(writer, found.person, person, stamp)
        else:
            person = add_person(writer, name, email, role, origin)
        return person, _make(writer, Purpose.INVITATION, person.id, origin)

    return book.write_accounts(make)


def reset_link(book: AccountBook, user_id: str, origin: Origin) -> str:
    """A link that sets somebody's password anew, in the place of an older one.

    The password that they have works until then. Who has none yet gets an invitation.

    Returns:
        Its secret.

    Raises:
        UserNotFound: there is no such user, or they have no role or no email to sign in with.
    """

    def make(writer: AccountWriter) -> str:
        person = person_of(writer, user_id)
        if person.role is None:
            raise UserNotFound(f"{person.name} has no role, and so cannot sign in")
        if person.email is None:
            raise UserNotFound(f"{person.name} has no email to sign in with")
        purpose = Purpose.INVITATION if person.invited else Purpose.RESET
        return _make(writer, purpose, user_id, origin)

    return book.write_accounts(make)


def link_of(book: AccountBook, secret: str, now: datetime) -> Link:
    """What is behind a link, without using it up.

    Raises:
        LinkExpired: it is unknown, used, replaced or too old.
    """
    return book.read_accounts(lambda reader: _live(reader, digest_of(secret), now))


def _live(reader: AccountReader, digest: str, now: datetime) -> Link:
    kept = reader.link(digest)
    if kept is None or kept.used_at is not None or kept.expires_at <= now:
        raise LinkExpired
    if kept.user_id is None:
        if reader.admins():
            raise LinkExpired
        return Link(kept.purpose, None)
    account = reader.account(kept.user_id)
    if account is None or account.person.role is None:
        raise LinkExpired
    return Link(kept.purpose, account.person)


def accept(  # noqa: PLR0913, PLR0917 - what a form holds
    book: AccountBook,
    secret: str,
    name: str,
    email: str,
    password: str,
    zone: str,
    agent: str,
    origin: Origin,
) -> NewSession:
    """Use a link up: set the password, and begin a session. All other sessions of theirs end.

    The first link makes an admin: of the user with the email if there is one, else a new one. A
    reset changes the password alone.

    Args:
        book: the accounts.
        secret: of the link.
        name: what they are called; kept as it is where it is empty.
        email: what they sign in with; only the first admin chooses it.
        password: what they will sign in with.
        zone: the IANA name of their time zone; kept as it is where it is empty.
        agent: what their browser calls itself.
        origin: who asks, and when.

    Raises:
        LinkExpired: it is unknown, used, replaced or too old; of two at once, one meets this.
        InvalidRequest: the name, the email or the zone is none.
        WeakPassword: the password is too easily guessed.
    """
    link = link_of(book, secret, origin.clock())
    wanted = _wanted(link, name, email, zone)
    check_password(password, wanted.name, wanted.email)
    fresh = hash_of(password)

    def use(writer: AccountWriter) -> NewSession:
        now = origin.clock()
        digest = digest_of(secret)
        found = _live(writer, digest, now)
        writer.use_link(digest, now)
        person = _let_in(writer, found.person, wanted, origin)
        set_password(writer, person.id, fresh, Stamp(now, f"user:{person.id}"))
        return begin_session(writer, person._replace(invited=False), agent, origin)

    return book.write_accounts(use)


class _Wanted(NamedTuple):
    """Who somebody is when the link has been used."""

    name: str
    email: str
    zone: str


def _wanted(link: Link, name: str, email: str, zone: str) -> _Wanted:
    """Who somebody will be, as far as their link lets them choose."""
    person = link.person
    if person is None:
        return _Wanted(name_of(name), email_of(email), zone_of(zone) if zone else NO_ZONE)
    chosen = _Wanted(person.name, person.email or "", person.zone)
    if link.purpose is Purpose.INVITATION:
        if name.strip():
            chosen = chosen._replace(name=name_of(name))
        if zone:
            chosen = chosen._replace(zone=zone_of(zone))
    return chosen


def _let_in(writer: AccountWriter, known: Person | None, wanted: _Wanted, origin: Origin) -> Person:
    """Keep who somebody is now; the first admin may have been a user before, or is new."""
    role = known.role if known else Role.ADMIN
    if known is None:
        account = writer.account_by_email(wanted.email)
        known = account.person if account else None
    if known is None:
        return add_person(writer, wanted.name, wanted.email, role, origin, wanted.zone)
    person = known._replace(name=wanted.name, zone=wanted.zone, role=role)
    change_person(writer, known, person, Stamp(origin.clock(), f"user:{known.id}"))
    return person
