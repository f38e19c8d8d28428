"""Host names in the one form that the DNS knows (contract, Sync: IDNA domain)."""

import re

import idna

MAX_HOSTNAME = 253

_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_TOP_LABEL = "(?:[a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])"

HOSTNAME = rf"(?:{_LABEL}\.)+{_TOP_LABEL}"
"""A pattern for an ASCII host name of two labels or more, in small letters. No IP matches."""

_HOSTNAME = re.compile(HOSTNAME)


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
