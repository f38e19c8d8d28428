"""Where the buttons on a person's or a company's page lead: only where they say."""

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from customcrm.crm.email import email_key
from customcrm.dashboard.sanitise import safe_link

_PROFILE: Final = re.compile(
    r"https?://(?:[a-z0-9-]+\.){0,4}linkedin\.com(?:[/?#].*)?", re.IGNORECASE
)
_BETWEEN_DIGITS: Final = re.compile(r"[\s().\-/]")
_NUMBER: Final = re.compile(r"\+?[0-9]{3,20}")
"""No star and no hash: those are codes that a telephone obeys."""


class Way(NamedTuple):
    """A button: what is on it, its icon, and the address that it leads to."""

    name: str
    icon: str
    address: str


def ways_to_reach(properties: Mapping[str, Any]) -> list[Way]:
    """The ways to reach somebody that their properties give.

    Args:
        properties: of a contact or a company, by name, as they were written; a value that is no
            such way gives none.
    """
    found = (
        Way("LinkedIn", "external-link", profile_of(_text(properties, "linkedinUrl"))),
        Way("Email", "mail", mail_to(_text(properties, "email"))),
        Way("Call", "phone", call_to(_text(properties, "phone"))),
    )
    return [way for way in found if way.address]


def _text(properties: Mapping[str, Any], name: str) -> str:
    value = properties.get(name)
    return value.strip() if isinstance(value, str) else ""


def profile_of(told: str) -> str:
    """The address of a profile on LinkedIn, told with its scheme or without; else empty."""
    scheme = "" if told.lower().startswith(("http://", "https://")) else "https://"
    address = safe_link(f"{scheme}{told}")
    return address if address and _PROFILE.fullmatch(address) else ""


def mail_to(told: str) -> str:
    """The address that begins a message to an email, and says nothing else of the message."""
    return f"mailto:{quote(told, safe='@+')}" if email_key(told) else ""


def call_to(told: str) -> str:
    """The address that calls a number; empty for what is more than a number."""
    number = _BETWEEN_DIGITS.sub("", told)
    return f"tel:{number}" if _NUMBER.fullmatch(number) else ""
