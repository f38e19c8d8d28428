"""How far a conversation has come: contacted, connected, replied, at which step of a sequence."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

MAX_STEP: Final = 99
"""The highest step of a sequence that is told apart."""

MAX_TYPES: Final = 20
"""Types of activity that one contact is filtered and counted by; more only come by mistake."""

KNOWN_TYPES: Final = frozenset({"EMAIL", "LINKEDIN", "LINKEDIN_INMAIL", "LINKEDIN_CONNECTION"})
"""The contract's types of activity."""

OTHER_TYPE: Final = "OTHER"
"""What lists of records call every type of activity that the contract does not know."""

_CONNECTION: Final = "LINKEDIN_CONNECTION"
_NUMBERED: Final = re.compile(r"\s*\[(\d{1,3})/\d{1,3}\]", re.ASCII)
_DIGITS: Final = re.compile(r"\d{1,3}", re.ASCII)
_DAY: Final = 86_400_000_000
_QUARTER: Final = 900_000_000
_PERIODS: Final = ((96, 10), (4, 13), (1, 16))
"""How many quarters of an hour days, hours and quarters have, and how long each is written."""

_EPOCH: Final = date(1970, 1, 1)
_FIRST: Final = (date.min - _EPOCH).days * _DAY
_LAST: Final = ((date.max - _EPOCH).days + 1) * _DAY - 1
"""The first and the last microsecond that there are."""

Mark = tuple[str, str]
"""Something that is true of a contact and can be filtered by: what it is, and its value."""


class Part(NamedTuple):
    """All activities of one type, direction and step.

    Attributes:
        type, direction: as the contract has them; the direction may be None.
        step: of a sequence, 0 for none.
        first: when the first of them happened, in microseconds since 1970.
        automatic: whether a machine has sent them, which is no reply.
    """

    type: str
    direction: str | None
    step: int
    first: int
    automatic: bool = False


class Journey(NamedTuple):
    """How far a conversation has come. A company has the first three only.

    Attributes:
        contacted: whether anything was sent.
        connected: whether a connection request was accepted.
        replied: whether a message came; an accepted request is none.
        contacted_by: the types of what was sent; `replied_by`: of the messages that came.
        steps: the steps of a sequence that were sent, in their order.
        replied_after: the step that was sent last before the first reply, 0 for none; None where
            nobody has replied.
        contacted_in: the quarter of an hour in which the first was sent, as ISO 8601 has it, in
            UTC; empty for none. `replied_in`: that in which the first message came. The days of
            every time zone begin with one.
    """

    contacted: bool = False
    connected: bool = False
    replied: bool = False
    contacted_by: Sequence[str] = ()
    replied_by: Sequence[str] = ()
    steps: Sequence[int] = ()
    replied_after: int | None = None
    contacted_in: str = ""
    replied_in: str = ""


NOWHERE: Final = Journey()
"""The journey of whom nothing was said with."""


def step_of(metadata: Mapping[str, Any] | None, subject: str | None) -> int | None:
    """The step of a sequence that an activity is: its `sequenceIndex`, or 1 of a `[1/3] …`."""
    told = (metadata or {}).get("sequenceIndex")
    number = _whole(told)
    if number is None and subject:
        found = _NUMBERED.match(subject)
        number = int(found[1]) if found else None
    return number if number is not None and 1 <= number <= MAX_STEP else None


def _whole(value: object) -> int | None:
    """A whole number, be it told as a number or as text."""
    match value:
        case bool():
            return None
        case int():
            return value
        case float() if value.is_integer():
            return int(value)
        case str() if _DIGITS.fullmatch(value.strip()):
            return int(value)
    return None


def journey_of(parts: Iterable[Part]) -> Journey:
    """What all activities of a contact together tell."""
    told = list(parts)
    sent = [part for part in told if part.direction == "OUTBOUND"]
    came = [part for part in told if part.direction == "INBOUND"]
    replies = [part for part in came if part.type != _CONNECTION and not part.automatic]
    contacted_at = min((part.first for part in sent), default=None)
    replied_at = min((part.first for part in replies), default=None)
    return Journey(
        contacted=bool(sent),
        connected=any(part.type == _CONNECTION for part in came),
        replied=bool(replies),
        contacted_by=tuple(sorted({part.type for part in sent})[:MAX_TYPES]),
        replied_by=tuple(sorted({part.type for part in replies})[:MAX_TYPES]),
        steps=tuple(sorted({part.step for part in sent if part.step})),
        replied_after=None if replied_at is None else _step_before(sent, replied_at),
        contacted_in="" if contacted_at is None else quarter_of(contacted_at),
        replied_in="" if replied_at is None else quarter_of(replied_at),
    )


def _step_before(sent: Iterable[Part], moment: int) -> int:
    """The step that was first sent last before a moment; of one moment, the highest."""
    first: dict[int, int] = {}
    for part in sent:
        if part.step:
            first[part.step] = min(part.first, first.get(part.step, part.first))
    before = [(at, step) for step, at in first.items() if at <= moment]
    return max(before)[1] if before else 0


def marks_of(journey: Journey) -> Iterator[Mark]:
    """Everything about it that lists can be filtered by and campaigns are counted by."""
    yield "contacted", _yes(journey.contacted)
    yield "connected", _yes(journey.connected)
    yield "replied", _yes(journey.replied)
    yield from (("contacted by", channel) for channel in _channels(journey.contacted_by))
    yield from (("replied by", channel) for channel in _channels(journey.replied_by))
    yield from (("step", str(step)) for step in journey.steps)
    if journey.replied_after is not None:
        yield "replied after", str(journey.replied_after)
    if journey.contacted_in:
        yield "contacted in", journey.contacted_in
    if journey.replied_in:
        yield "replied in", journey.replied_in


def _channels(types: Iterable[str]) -> Iterator[str]:
    """Each type, and once more all unknown ones as the channel that lists know."""
    yield from dict.fromkeys(
        channel
        for one in types
        for channel in ((one,) if one in KNOWN_TYPES else (one, OTHER_TYPE))
    )


def _yes(flag: bool) -> str:  # noqa: FBT001 - the flag is what is told
    return "yes" if flag else "no"


def day_of(micro: int) -> str:
    """The day of a moment, in UTC, as ISO 8601 has it."""
    return (_EPOCH + timedelta(days=micro // _DAY)).isoformat()


def quarter_of(micro: int) -> str:
    """Return the quarter of an hour of a moment in UTC: `2026-03-02T10:15`."""
    micro = min(max(micro, _FIRST), _LAST)
    minutes = micro % _DAY // _QUARTER * 15
    return f"{day_of(micro)}T{minutes // 60:02}:{minutes % 60:02}"


def days_and_hours_of(journey: Journey) -> Iterator[Mark]:
    """Return the days and hours in UTC of the quarters in which it began: for lists alone."""
    begun = {"contacted in": journey.contacted_in, "replied in": journey.replied_in}
    for name, quarter in begun.items():
        if quarter:
            yield from ((name, quarter[:length]) for _, length in _PERIODS[:-1])


def covering(first: int, last: int) -> Iterator[str]:
    """Return the fewest days, hours and quarters in UTC that cover a span of time.

    Args:
        first: its start, in microseconds since 1970.
        last: its end, which is no part of it.
    """
    start, end = max(first, _FIRST) // _QUARTER, -(-min(last, _LAST + 1) // _QUARTER)
    yield from _covering(start, end, _PERIODS)


def _covering(start: int, end: int, periods: Sequence[tuple[int, int]]) -> Iterator[str]:
    """As `covering`, of quarters: as many long periods as fit, and shorter ones for the rest."""
    if start >= end:
        return
    (size, length), shorter = periods[0], periods[1:]
    low, high = -(-start // size), end // size
    if low >= high:
        yield from _covering(start, end, shorter)
        return
    yield from (quarter_of(one * size * _QUARTER)[:length] for one in range(low, high))
    yield from _covering(start, low * size, shorter)
    yield from _covering(high * size, end, shorter)


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())
