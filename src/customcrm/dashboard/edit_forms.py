"""Forms of stored values: how each is rendered, and what a browser sends back.

A browser does not always send the value that a page was rendered with: it normalises the ends of
lines, and inputs of some types drop what they cannot show. So each form carries a fingerprint of
what its inputs send back when nobody changes them. Where that comes, the stored value is neither
parsed nor validated nor written (decision 25).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any, Final, NamedTuple
from urllib.parse import quote_plus

import msgspec

from customcrm.crm.moments import in_zone
from customcrm.crm.values import is_blank, same_value
from customcrm.dashboard import fields
from customcrm.dashboard.desk import Visit
from customcrm.dashboard.edited import Subject, packed, unpacked
from customcrm.dashboard.failures import Forged
from customcrm.dashboard.fields import Field, Widget, field_for, with_line_feeds
from customcrm.iso8601 import parse

_FINGERPRINT: Final = 32
"""Hexadecimal digits of a fingerprint."""


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What somebody else has written into a value since it was seen."""

    who: str
    at: datetime | None
    theirs: Any
    mine: Any


@dataclass(frozen=True, slots=True)
class Form:
    """A value while it is edited.

    Attributes:
        field: which.
        seen: the stored value, as JSON.
        text: what stands in the input; `time`: in the one next to it, for a moment.
        untouched: the fingerprint of what the inputs send back if nobody changes them.
        problem: what is wrong with it, if anything is.
        meanwhile: what somebody else has written since, if anybody has.
        mine: the value wanted, as JSON, where somebody else has written another one.
        fresh: whether it was just opened.
    """

    field: Field
    seen: str
    text: str = ""
    time: str = ""
    untouched: str = ""
    problem: str = ""
    meanwhile: Meanwhile | None = None
    mine: str = ""
    fresh: bool = False

    @property
    def size(self) -> int:
        """How many bytes a browser sends for it."""
        return sum(len(quote_plus(one)) for one in (self.field.name, self.seen, self.text))


class Sent(NamedTuple):
    """A value as a browser sends it.

    Attributes:
        form: to render again, if the value is refused.
        seen: the stored value when the form was rendered.
        exact: the value wanted as JSON, where a button of ours sends it; None for a typed one.
        touched: whether somebody has changed an input.
    """

    form: Form
    seen: Any
    exact: str | None
    touched: bool


def form_of(visit: Visit, subject: Subject, name: str) -> Form:
    """Build the form of a stored value."""
    value = subject.values.get(name)
    return _form(visit, field_for(visit, subject.noun, name, value), value)


def _form(visit: Visit, field: Field, value: Any) -> Form:
    text, clock = fields.shown_in_input(field, value), ""
    if field.widget is Widget.MOMENT and text:
        due = parse(text)
        if isinstance(due, datetime):
            due = in_zone(due, visit.zone)
            clock = f"{due:%H:%M}"
        text = (due.date() if isinstance(due, datetime) else due).isoformat()
    return Form(field, packed(value), text, clock, fingerprint(text, clock))


def sent_form(visit: Visit, subject: Subject, suffix: str = "") -> Sent:
    """Read the form of a value as a browser sends it.

    Args:
        visit: with the form.
        subject: what is edited.
        suffix: of the names of its inputs, where the form has several values.

    Raises:
        Forged: no form of ours bears that.
    """
    sent = visit.form
    name = name_sent(sent[f"field{suffix}"], subject.values)
    seen = unpacked(sent.get(f"seen{suffix}", "null"))
    rendered = _form(visit, field_for(visit, subject.noun, name, seen), seen)
    untouched = sent.get(f"untouched{suffix}") or rendered.untouched
    exact, text = sent.get(f"exact{suffix}"), sent.get(f"value{suffix}")
    clock = sent.get(f"time{suffix}", "")
    form = Form(rendered.field, packed(seen), text or "", clock, untouched)
    # An input that a browser does not send is not there, or switched off: nobody has changed it.
    touched = exact is not None or (text is not None and fingerprint(text, clock) != form.untouched)
    return Sent(form, seen, exact, touched)


def name_sent(name: str, values: Mapping[str, Any]) -> str:
    """Return the stored name that a form means: browsers send each line feed as two characters.

    Where no value has it, it is the name of a new one: without the blanks around it.
    """
    if name in values:
        return name
    lines = with_line_feeds(name)
    return next((one for one in values if with_line_feeds(one) == lines), name.strip())


def wanted_value(visit: Visit, sent: Sent) -> Any:
    """Return the value that a form asks for; None for no value.

    Raises:
        ValueError: it has not the type of its field; the message says what is expected.
        Forged: no form of ours bears that.
    """
    if not sent.touched:
        return sent.seen
    field = sent.form.field
    if sent.exact is not None:
        wanted = unpacked(sent.exact)
        if field.required and is_blank(wanted):
            raise Forged
        return wanted
    if field.widget is Widget.MOMENT:
        return _moment(visit, sent.form, sent.seen)
    return fields.read(field, sent.form.text, sent.seen)


def is_same(one: Any, other: Any) -> bool:
    """Check whether two values are the same; text of blanks alone is as good as no value."""
    return same_value(one, other) or (is_blank(one) and is_blank(other))


def fingerprint(*values: str) -> str:
    """Return the fingerprint of the values of inputs, as rendered or as sent."""
    # Browsers show NUL as U+FFFD, in which no text is cut short.
    normalised = [with_line_feeds(value).replace("\0", "\ufffd") for value in values]
    return sha256(msgspec.json.encode(normalised)).hexdigest()[:_FINGERPRINT]


def _moment(visit: Visit, form: Form, seen: Any) -> str | None:
    """Return a day, or a moment of one in the visitor's zone, in ISO 8601.

    Raises:
        ValueError: there is no such day or hour.
    """
    day, clock = form.text.strip(), form.time.strip()
    if not day:
        return None
    try:
        if not clock:
            return date.fromisoformat(day).isoformat()
        local = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), visit.zone)
        # The hour that comes twice in autumn stays the one of the two that it was.
        before = parse(seen) if isinstance(seen, str) else None
        if isinstance(before, datetime):
            before = in_zone(before, visit.zone)
            local = local.replace(fold=before.fold if before.date() == local.date() else 0)
        moment = local.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("must be a date, such as 2026-01-31") from None
    written: str = msgspec.to_builtins(moment)
    return written
