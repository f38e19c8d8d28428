"""People who sign in, in the few words in which the tests of accounts are written."""

from datetime import datetime, timedelta

from customcrm.operations.accounts.links import accept, first_link, invite
from customcrm.operations.accounts.people import NewSession, Role
from customcrm.operations.accounts.ports import AccountBook
from customcrm.operations.accounts.sessions import sign_in
from customcrm.operations.ports import Origin
from tests.integration.store.world import NOW, origin

PASSWORD = "three blue words"
OTHER = "four green rivers flow"
AGENT = "Firefox on a fridge"
ANA, BO = "ana@example.com", "bo@example.com"


def later(*, days: float = 0, hours: float = 0, seconds: float = 0) -> Origin:
    """Somebody who asks some time after all the others."""
    return origin(NOW + timedelta(days=days, hours=hours, seconds=seconds), "cli")


def use(
    book: AccountBook,
    secret: str,
    email: str = "",
    password: str = PASSWORD,
    at: datetime = NOW,
    name: str = "",
) -> NewSession:
    """Follow a link to its end."""
    return accept(book, secret, name, email, password, "", AGENT, origin(at, "visitor"))


def found_admin(book: AccountBook, email: str = ANA, at: datetime = NOW) -> NewSession:
    """The first admin, signed in."""
    secret = first_link(book, origin(at, "cli"))
    assert secret is not None
    return use(book, secret, email, at=at, name="Ana Ruiz")


def join(book: AccountBook, email: str = BO, role: Role = Role.MEMBER) -> NewSession:
    """Somebody invited who has come, signed in."""
    _, secret = invite(book, "Bo Lee", email, role, origin())
    return use(book, secret)


def enter(
    book: AccountBook, email: str = ANA, password: str = PASSWORD, at: datetime = NOW
) -> NewSession:
    """Sign in."""
    return sign_in(book, email, password, AGENT, origin(at, "visitor"))
