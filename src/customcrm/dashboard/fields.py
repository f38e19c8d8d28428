"""How each value is edited: by which kind of input, and what may be typed into it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

import msgspec

from customcrm.contract.records import CompanyFields, ContactFields
from customcrm.contract.values import MAX_IDENTIFIER
from customcrm.crm.property_types import MAX_TEXT, PropertyType, type_of, typed
from customcrm.dashboard.words import label_of
from customcrm.operations.browsing.bin import Noun


class Widget(StrEnum):
    """The kinds of input."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    YES_NO = "yes_no"
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
    """

    name: str
    type: PropertyType = PropertyType.TEXT
    widget: Widget | None = Widget.TEXT
    why_not: str = ""
    required: bool = False

    @property
    def label(self) -> str:
        """Its name for people."""
        return label_of(self.name)

    @property
    def anchor(self) -> str:
        """The id of its place on a page; names are strangers', and hold any character."""
        return anchor_of(self.name)


DOCUMENTED: Final = {
    Noun.CONTACT: tuple(field.encode_name for field in msgspec.structs.fields(ContactFields)),
    Noun.COMPANY: tuple(field.encode_name for field in msgspec.structs.fields(CompanyFields)),
}
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
    PropertyType.URL: Widget.URL,
}
_IDS: Final = frozenset({Widget.OWNER, Widget.CONTACT, Widget.COMPANY})
_DAY: Final = len("2026-01-31")


def anchor_of(name: str) -> str:
    """The id of the place of a value on a page."""
    return f"value-{sha256(name.encode()).hexdigest()[:12]}"


def field_of(noun: Noun, name: str, value: Any) -> Field:
    """How a value is edited.

    Args:
        noun: of what.
        name: of the property.
        value: that stands there; None for none.
    """
    if noun is Noun.TASK and name in TASK:
        return TASK[name]
    kind = _type_of(noun, name, value)
    if kind is None:
        return Field(name, widget=None, why_not="A list or an object: only Enginy changes it")
    if isinstance(value, str) and len(value) > MAX_TEXT:
        return Field(name, widget=None, why_not="Too long to be edited here")
    if name == "ownerId":
        return Field(name, widget=Widget.OWNER)
    return Field(name, kind, _widget_of(name, kind, value))


def _type_of(noun: Noun, name: str, value: Any) -> PropertyType | None:
    """What a value is: as it stands there; where there is none, as the contract has it."""
    if value is None:
        if name in _NUMBERS:
            return PropertyType.NUMBER
        return PropertyType.URL if name in _URLS else PropertyType.TEXT
    # A company may be called "Yes", and its profile may be written without https.
    texts = isinstance(value, str) and name in DOCUMENTED.get(noun, ())
    return PropertyType.TEXT if texts else type_of(value)


def _widget_of(name: str, kind: PropertyType, value: Any) -> Widget:
    told = value if isinstance(value, str) else ""
    if kind is PropertyType.DATE:
        return Widget.DATE if len(told.strip()) == _DAY else Widget.TEXT
    if kind is PropertyType.TEXT and (name == "description" or len(told) > _LONG or "\n" in told):
        return Widget.LONG
    return _WIDGETS.get(kind, Widget.TEXT)


def text_of(value: Any) -> str:
    """A value as it stands in its input."""
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
    told = _lines(text)
    if isinstance(before, str) and told.strip() == _lines(before).strip():
        return before
    if field.widget in _IDS and len(told) > MAX_IDENTIFIER:
        raise ValueError("must be somebody's id")
    value = typed(field.type, told, before)
    if value is None and field.required:
        raise ValueError("must say something")
    return value


def _lines(text: str) -> str:
    """A text with the ends of lines that browsers do not send."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
