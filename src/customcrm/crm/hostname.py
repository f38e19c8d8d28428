"""Host names in the one form that the DNS knows (contract, Sync: IDNA domain)."""

import re

import idna

MAX_HOSTNAME = 253

_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_TOP_LABEL = "(?:[a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])"

HOSTNAME = rf"(?:{_LABEL}\.)+{_TOP_LABEL}"
"""A pattern for an ASCII host name of two labels or more, in small letters. No IP matches."""

_HOSTNAME = re.compile(HOSTNAME)

_ENDINGS = """
app biz co com dev eu info io net online org site
"""
_GENERIC_ENDINGS = frozenset(_ENDINGS.split())
_SECONDS = """
ac co com edu gob gov ne net or org
"""
_SECOND_ENDINGS = frozenset(_SECONDS.split())
_LETTERS_OF_A_COUNTRY = 2


def ascii_hostname(text: str) -> str | None:
    """The host name in small ASCII letters (`MÜNCHEN.de.` is `xn--mnchen-3ya.de`).

    None for single labels, IPs, and whatever else the public DNS could not hold.
    """
    text = text.strip(" .").lower()
    if len(text) > MAX_HOSTNAME:
        return None
    if not text.isascii():
        try:
            text = idna.encode(text, uts46=True).decode("ascii").strip(".")
        except UnicodeError:
            return None
    return text if len(text) <= MAX_HOSTNAME and _HOSTNAME.fullmatch(text) else None


def is_common_ending(ending: str) -> bool:
    """Return whether anybody may have a domain right before this: `com`, `de`, `co.uk`."""
    first, _, last = ending.rpartition(".")
    if first:
        return len(last) == _LETTERS_OF_A_COUNTRY and first in _SECOND_ENDINGS
    return last in _GENERIC_ENDINGS or len(last) == _LETTERS_OF_A_COUNTRY
