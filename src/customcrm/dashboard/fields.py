"""How each value is edited: by which kind of input, and what may be typed into it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

import msgspec

from customcrm.contract.values import MAX_IDENTIFIER
from customcrm.crm.property_types import MAX_TEXT, PropertyType, type_of, typed
from customcrm.crm.records import Kind
from customcrm.dashboard.arrangement import IN_ORDER
from customcrm.dashboard.desk import Visit
from customcrm.dashboard.words import label_of
from customcrm.operations.nouns import Noun
from customcrm.operations.properties import NO_SHAPE, Shape


class Widget(StrEnum):
    """The kinds of input."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    YES_NO = "yes_no"
    CHOICE = "choice"
    URL = "url"
    OWNER = "owner"
    CONTACT = "contact"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class Field:
    """A value that has a name, and how it is edited.

    Attributes:
        name: as Enginy spells it.
        type: what is typed.
        widget: into what; None where nobody edits it by hand.
        why_not: why nobody does.
        required: whether it must have a value.
        called: what an admin calls it; empty if nobody has said.
        choices: what can be chosen, if it is a choice.
    """

    name: str
    type: PropertyType = PropertyType.TEXT
    widget: Widget | None = Widget.TEXT
    why_not: str = ""
    required: bool = False
    called: str = ""
    choices: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Its name for people."""
        return self.called or label_of(self.name)

    @property
    def anchor(self) -> str:
        """The id of its place on a page; names are strangers', and hold any character."""
        return anchor_of(self.name)


DOCUMENTED: Final = {Noun(kind): names for kind, names in IN_ORDER.items()}
"""What the contract documents of records, in its order."""

TASK: Final[Mapping[str, Field]] = {
    "subject": Field("subject", required=True),
    "description": Field("description", widget=Widget.LONG),
    "type": Field("type"),
    "dueDate": Field("dueDate", PropertyType.DATE, Widget.MOMENT),
    "ownerId": Field("ownerId", widget=Widget.OWNER),
    "contactId": Field("contactId", widget=Widget.CONTACT),
    "companyId": Field("companyId", widget=Widget.COMPANY),
}
"""What the contract documents of tasks, and can be edited."""

_NUMBERS: Final = frozenset({"numberOfEmployees", "employeeCount", "foundedYear"})
_URLS: Final = frozenset({"linkedinUrl"})
_LONG: Final = 200
"""Characters from which on a text has an input of several lines."""

_WIDGETS: Final = {
    PropertyType.NUMBER: Widget.NUMBER,
    PropertyType.YES_NO: Widget.YES_NO,
    PropertyType.CHOICE: Widget.CHOICE,
    PropertyType.URL: Widget.URL,
    PropertyType.DATE: Widget.DATE,
}
_IDS: Final = frozenset({Widget.OWNER, Widget.CONTACT, Widget.COMPANY})
_OF_ONE_LINE: Final = frozenset({Widget.TEXT, Widget.NUMBER, Widget.URL})
_ENDS_LINE: Final = re.compile(r"[\r\n]")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def anchor_of(name: str) -> str:
    """The id of the place of a value on a page."""
    return f"value-{sha256(name.encode()).hexdigest()[:12]}"


def field_for(visit: Visit, noun: Noun, name: str, value: Any) -> Field:
    """How a value is edited by somebody; as `field_of`, with what admins have said of it."""
    definition = None if noun is Noun.TASK else visit.definition_of(Kind(noun), name)
    return field_of(noun, name, value, definition.shape if definition else NO_SHAPE)


def field_of(noun: Noun, name: str, value: Any, shape: Shape = NO_SHAPE) -> Field:
    """How a value is edited.

    Args:
        noun: of what.
        name: of the property.
        value: that stands there; None for none.
        shape: what admins have said of the property.
    """
    if noun is Noun.TASK and name in TASK:
        return _fit(TASK[name], value)
    found = _found(noun, name, value, shape)
    return _fit(replace(found, called=shape.label, choices=shape.choices), value)


def _found(noun: Noun, name: str, value: Any, shape: Shape) -> Field:
    kind = _type_of(noun, name, value)
    if kind is None:
        return Field(name, widget=None, why_not="A list or an object: only Enginy changes it")
    if name == "ownerId":
        return Field(name, widget=Widget.OWNER)
    kind = shape.type or kind
    return Field(name, kind, _WIDGETS.get(kind, Widget.TEXT))


def _fit(field: Field, value: Any) -> Field:
    """Give a field an input that can show its value: another one than its type has, or none."""
    if field.widget is None:
        return field
    text = text_of(value)
    if len(text) > MAX_TEXT:
        return replace(field, widget=None, why_not="Too long to be edited here")
    if field.widget is Widget.DATE and not _is_day(text):
        field = replace(field, widget=Widget.TEXT)
    long = field.name == "description" or len(text) > _LONG
    if field.widget in _OF_ONE_LINE and (_ENDS_LINE.search(text) or (long and _is_prose(field))):
        return replace(field, widget=Widget.LONG)
    return field


def _is_prose(field: Field) -> bool:
    return field.type is PropertyType.TEXT and field.widget is Widget.TEXT


def _is_day(text: str) -> bool:
    """Check whether an input for dates shows a text, in which blanks around it do not matter."""
    day = text.strip()
    if not day:
        return not text
    try:
        return bool(_DAY.fullmatch(day)) and bool(date.fromisoformat(day))
    except ValueError:
        return False


def _type_of(noun: Noun, name: str, value: Any) -> PropertyType | None:
    """What a value is: as it stands there; where there is none, as the contract has it."""
    if value is None:
        if name in _NUMBERS:
            return PropertyType.NUMBER
        return PropertyType.URL if name in _URLS else PropertyType.TEXT
    # A company may be called "Yes", and its profile may be written without https.
    texts = isinstance(value, str) and name in DOCUMENTED.get(noun, ())
    return PropertyType.TEXT if texts else type_of(value)


def shown_in_input(field: Field, value: Any) -> str:
    """Return the text with which the input of a field is rendered."""
    text = text_of(value)
    if field.widget is Widget.YES_NO and type_of(value) is PropertyType.YES_NO:
        return text.strip().lower()
    return text.strip() if field.widget is Widget.DATE else text


def text_of(value: Any) -> str:
    """Return a value as text: texts unchanged, numbers as JSON."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return value
    return msgspec.json.encode(value).decode()


def read(field: Field, text: str, before: Any) -> Any:
    """The value that somebody means who typed a text; None for none.

    Args:
        field: into which.
        text: as it was sent.
        before: the value that stood there.

    Raises:
        ValueError: it is no such value; the message says what one is.
    """
    told = with_line_feeds(text)
    if isinstance(before, str) and told.strip() == with_line_feeds(before).strip():
        return before
    if field.widget in _IDS and len(told) > MAX_IDENTIFIER:
        raise ValueError("must be somebody's id")
    value = typed(field.type, told, before)
    if value is None and field.required:
        raise ValueError("must say something")
    return value


def with_line_feeds(text: str) -> str:
    """Return a text with one line feed at the end of each line; browsers send two characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
