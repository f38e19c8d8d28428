"""What was done, told on the next page: carried there by a cookie that nobody else can make."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from datetime import datetime
from hashlib import sha256
from typing import Final, NamedTuple

import msgspec

from customcrm.dashboard.desk import Toast

COOKIE: Final = "customcrm_toast"
SECONDS: Final = 60
"""How long a toast waits for its page."""

MAX_TEXT: Final = 300
"""Characters of what it says."""

MAX_SEALED: Final = 3_500
"""Characters of the cookie: browsers keep some 4,000."""


class _Told(NamedTuple):
    """What is in the cookie, and when it was made: seconds since 1970."""

    at: int
    toast: Toast


def sealed(toast: Toast, csrf: str, now: datetime) -> str:
    """A toast as a cookie's value, signed for one session.

    An undo that makes it too long is left out: what was done is said all the same.

    Args:
        toast: what to say.
        csrf: what the forms of the session bear.
        now: when.
    """
    short = toast._replace(text=toast.text[:MAX_TEXT])
    told = _packed(_Told(int(now.timestamp()), short))
    if len(told) > MAX_SEALED - sha256().digest_size * 2 - 1:
        told = _packed(_Told(int(now.timestamp()), short._replace(undo=None)))
    return f"{told}.{_signature(told, csrf)}"


def opened(value: str, csrf: str, now: datetime) -> Toast | None:
    """The toast in a cookie; None if it is old, or was not made for this session."""
    told, _, signature = value[:MAX_SEALED].rpartition(".")
    if not hmac.compare_digest(signature.encode(), _signature(told, csrf).encode()):
        return None
    try:
        at, toast = msgspec.json.decode(urlsafe_b64decode(told), type=_Told)
    except (ValueError, BadBase64):
        return None
    return toast if at <= now.timestamp() <= at + SECONDS else None


def _packed(told: _Told) -> str:
    return urlsafe_b64encode(msgspec.json.encode(told)).decode()


def _signature(told: str, csrf: str) -> str:
    return hmac.new(csrf.encode(), f"customcrm toast {told}".encode(), sha256).hexdigest()
