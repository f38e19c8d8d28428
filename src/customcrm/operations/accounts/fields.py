"""What people write about themselves, read strictly."""

from functools import cache
from typing import Final
from zoneinfo import available_timezones

from customcrm.crm.email import email_key
from customcrm.crm.text import clean_text, has_visible
from customcrm.errors import InvalidRequest, Problem
from customcrm.operations.accounts.people import MAX_EMAIL, MAX_NAME

_MAX_TYPED: Final = 1_000
"""Characters of what is looked at at all."""


def name_of(text: str) -> str:
    """A name without surrounding space.

    Raises:
        InvalidRequest: it is empty, too long, or holds characters that cannot be shown.
    """
    name = clean_text(text, _MAX_TYPED)
    if not name or len(name) > MAX_NAME or not name.isprintable() or not has_visible(name):
        raise InvalidRequest([Problem("name", f"must have 1 to {MAX_NAME} characters on one line")])
    return name


def email_of(text: str) -> str:
    """An email in the one spelling that it is kept and found in.

    Raises:
        InvalidRequest: it is no address, or too long.
    """
    email = email_key(text)
    if email is None:
        problem = f"must be an email address of at most {MAX_EMAIL} characters"
        raise InvalidRequest([Problem("email", problem)])
    return email


def zone_of(text: str) -> str:
    """The name of a time zone.

    Raises:
        InvalidRequest: the IANA has no zone of this name.
    """
    if text not in _zones():
        raise InvalidRequest([Problem("zone", "must be a time zone such as Europe/Madrid")])
    return text


@cache
def _zones() -> frozenset[str]:
    """The names of all zones; looking through them takes longer than a page."""
    return frozenset(available_timezones())
