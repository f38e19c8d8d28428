"""Engagement of a contact in a campaign, recognized by its values.

The names of these properties are chosen by whoever exports (contract: Update, engagement fields),
so only their values tell what they are.
"""

import re
from typing import Final, NamedTuple

MAX_STATUS: Final = 200
"""Characters of a status; longer texts are none."""

_STATUS: Final = re.compile(
    r"(?P<event>[^()\n]{1,100}?)[ ]*"
    r"(?:\([ ]*(?P<step>[0-9]{1,3})[ ]*/[ ]*(?P<steps>[0-9]{1,3})[ ]*\))?"
    r"[ ]+[-\u2013\u2014][ ]+(?P<channel>[A-Za-z][A-Za-z0-9_ ]{1,39})"
)
_CHANNELS: Final = frozenset(
    {
        *("EMAIL", "LINKEDIN", "LINKEDIN_INMAIL", "LINKEDIN_CONNECTION", "INMAIL"),
        *("WHATSAPP", "SMS", "CALL", "PHONE", "VOICE", "VISIT"),
    }
)
"""Channels by which a status without a step is recognized."""

_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_COUNTED: Final = {"opens": "open", "clicks": "click"}
_MAX_DIGITS: Final = 9

SEQUENCE_STATUSES: Final = ("Not Started", "Ongoing", "Finished", "Replied")
"""How far a contact is in the sequence of a campaign, as the contract spells it."""

_SEQUENCE: Final = {status.casefold(): status for status in SEQUENCE_STATUSES}


class EngagementStatus(NamedTuple):
    """The last event of a campaign, such as `Message Replied (2/3) - LINKEDIN`.

    Attributes:
        event: what happened: `Message Replied`.
        channel: by which type of activity; in the contract's spelling, where it is one of those.
        step: of the sequence, from 1; `steps`: how many it has. Both None where none is given.
    """

    event: str
    channel: str
    step: int | None = None
    steps: int | None = None


class Counter(NamedTuple):
    """How often something was done: `what` is `open` or `click`."""

    number: int
    what: str


def engagement_status(value: object) -> EngagementStatus | None:
    """Return the engagement status that a value is; None for any other value."""
    if not isinstance(value, str) or len(value) > MAX_STATUS:
        return None
    found = _STATUS.fullmatch(value.strip())
    if found is None or not found["event"].strip():
        return None
    channel = found["channel"].strip()
    if found["step"] is None:
        known = channel in _CHANNELS
        return EngagementStatus(found["event"].strip(), channel) if known else None
    step, steps = int(found["step"]), int(found["steps"])
    if not 1 <= step <= steps or channel != channel.upper():
        return None
    return EngagementStatus(found["event"].strip(), channel, step, steps)


def sequence_status(value: object) -> str | None:
    """Return the sequence status that a value is; None for any other value."""
    if not isinstance(value, str) or len(value) > MAX_STATUS:
        return None
    return _SEQUENCE.get(" ".join(value.split()).casefold())


def engagement_counter(name: str, value: object) -> Counter | None:
    """Return the counter that a property is: a whole number whose name ends in opens or clicks."""
    words = _WORD.findall(name[-MAX_STATUS:])
    what = _COUNTED.get(words[-1].lower()) if words else None
    if what is None or isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip() if isinstance(value, int | str) else ""
    if not (text.isascii() and text.isdecimal() and len(text) <= _MAX_DIGITS):
        return None
    return Counter(int(text), what)
