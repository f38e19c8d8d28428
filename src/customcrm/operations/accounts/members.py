"""Who is here, and what they may do."""

from collections.abc import Sequence
from typing import Any, Final

from customcrm.errors import LastAdmin, UserNotFound
from customcrm.operations.accounts.fields import email_of, name_of, zone_of
from customcrm.operations.accounts.people import Person, Role
from customcrm.operations.accounts.ports import AccountBook, AccountReader, AccountWriter
from customcrm.operations.ports import Origin, Stamp

NO_ZONE: Final = "UTC"
"""The zone of somebody who has named none."""


def list_people(book: AccountBook) -> Sequence[Person]:
    """All users, those who cannot sign in included, by name."""
    return book.read_accounts(lambda reader: reader.people())


def person_of(reader: AccountReader, user_id: str) -> Person:
    """One user; within a transaction.

    Raises:
        UserNotFound: there is no such user.
    """
    account = reader.account(user_id)
    if account is None:
        raise UserNotFound(f"No user has the id {user_id}")
    return account.person


def find_person(book: AccountBook, email: str) -> Person:
    """The user with this email.

    Raises:
        InvalidRequest: this is no email.
        UserNotFound: there is no such user.
    """
    known_as = email_of(email)
    account = book.read_accounts(lambda reader: reader.account_by_email(known_as))
    if account is None:
        raise UserNotFound(f"No user has the email {known_as}")
    return account.person


def add_person(
    writer: AccountWriter,
    name: str,
    email: str | None,
    role: Role | None,
    origin: Origin,
    zone: str = NO_ZONE,
) -> Person:
    """Keep a new user; within a transaction that has found the email free."""
    now = origin.clock()
    person = Person(origin.new_id("user"), name, email, role, zone, invited=True, created_at=now)
    writer.add_person(person)
    told = {"name": name, "email": email, "role": role}
    new = {field: value for field, value in told.items() if value is not None}
    writer.note(person.id, "create", {}, new, Stamp(now, origin.actor))
    return person


def change_person(writer: AccountWriter, old: Person, new: Person, stamp: Stamp) -> None:
    """Keep what has changed about a user, with its history; within a transaction."""
    before, after = _told(old), _told(new)
    changed = [field for field in after if before[field] != after[field]]
    if changed:
        writer.update_person(new)
        writer.note(
            new.id,
            "update",
            {field: before[field] for field in changed if before[field] is not None},
            {field: after[field] for field in changed},
            stamp,
        )


def _told(person: Person) -> dict[str, Any]:
    """What of a user can change, and is told in the history."""
    return {"name": person.name, "role": person.role, "zone": person.zone}


def set_role(book: AccountBook, user_id: str, role: Role | None, origin: Origin) -> Person:
    """Let somebody do more or less; without a role they cannot sign in any more.

    Whose role ends, ends their sessions, their links and their password with it. Somebody who has
    no password yet needs a link beside the role.

    Raises:
        UserNotFound: there is no such user.
        LastAdmin: nobody else who can sign in is an admin.
    """

    def change(writer: AccountWriter) -> Person:
        old = person_of(writer, user_id)
        if role is not Role.ADMIN:
            let_an_admin_stay(writer, user_id)
        new = old._replace(role=role, invited=old.invited or role is None)
        change_person(writer, old, new, Stamp(origin.clock(), origin.actor))
        if role is None:
            shut_out(writer, user_id)
        return new

    return book.write_accounts(change)


def let_an_admin_stay(writer: AccountWriter, leaving: str) -> None:
    """Refuse to lose the last admin who can sign in; within a transaction.

    Raises:
        LastAdmin: it is the one who leaves.
    """
    if set(writer.admins()) == {leaving}:
        raise LastAdmin


def shut_out(writer: AccountWriter, user_id: str) -> None:
    """End all ways in that a user has; within a transaction."""
    writer.set_password(user_id, None)
    writer.end_sessions(user_id)
    writer.drop_links(user_id)


def change_profile(book: AccountBook, user_id: str, name: str, zone: str, origin: Origin) -> Person:
    """Change what somebody is called, and the time zone that their pages are in.

    Raises:
        InvalidRequest: a new name is empty or too long, or a new zone is none of the IANA's.
        UserNotFound: there is no such user.
    """

    def change(writer: AccountWriter) -> Person:
        old = person_of(writer, user_id)
        new = old._replace(
            name=name if name == old.name else name_of(name),
            zone=zone if zone == old.zone else zone_of(zone),
        )
        change_person(writer, old, new, Stamp(origin.clock(), origin.actor))
        return new

    return book.write_accounts(change)


def remove_person(book: AccountBook, user_id: str, origin: Origin) -> None:
    """Let somebody sign in no more. They stay the owner of what they own.

    Raises:
        UserNotFound: there is no such user.
        LastAdmin: nobody else who can sign in is an admin.
    """
    set_role(book, user_id, None, origin)
