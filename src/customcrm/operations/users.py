"""Users: the people who can own records."""

from collections.abc import Sequence

from customcrm.contract.users import User
from customcrm.errors import EmailTaken
from customcrm.operations.accounts.fields import email_of, name_of
from customcrm.operations.accounts.members import (
    add_person,
    let_an_admin_stay,
    person_of,
    shut_out,
)
from customcrm.operations.accounts.ports import AccountBook, AccountWriter
from customcrm.operations.ports import Backend, Origin, Stamp


def list_users(backend: Backend) -> Sequence[User]:
    """The users that can own records, by name."""
    return backend.read(lambda reader: reader.users())


def add_user(book: AccountBook, name: str, email: str | None, origin: Origin) -> User:
    """Add a person who can own records. They cannot sign in as long as they have no role.

    Raises:
        InvalidRequest: the name or the email is none.
        EmailTaken: another user has this email.
    """
    name = name_of(name)
    known_as = email_of(email) if email else None

    def add(writer: AccountWriter) -> User:
        if known_as and writer.account_by_email(known_as):
            raise EmailTaken(known_as)
        person = add_person(writer, name, known_as, None, origin)
        return User(person.id, person.name, person.email)

    return book.write_accounts(add)


def remove_user(book: AccountBook, user_id: str, origin: Origin) -> None:
    """Offer a person no longer as an owner; nor can they sign in. What they own stays theirs.

    Raises:
        UserNotFound: there is no such user.
        LastAdmin: nobody else who can sign in is an admin.
    """

    def remove(writer: AccountWriter) -> None:
        person_of(writer, user_id)
        let_an_admin_stay(writer, user_id)
        stamp = Stamp(origin.clock(), origin.actor)
        shut_out(writer, user_id)
        writer.remove_user(user_id, stamp.at)
        writer.note(user_id, "delete", {}, {}, stamp)

    book.write_accounts(remove)
