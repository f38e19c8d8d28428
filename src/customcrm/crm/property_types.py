"""What type a property's value has, and how a value of each type is typed by hand."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from customcrm.iso8601 import parse

MAX_TEXT: Final = 20_000
"""Characters of a value that is typed by hand."""

MAX_CHOICES: Final = 100
"""Values that a choice is made from."""

_LARGEST: Final = 2**53 - 1
_FEW: Final = 12
_ENOUGH: Final = 10
_SHORT: Final = 40
_WHOLE: Final = re.compile(r"[+-]?\d{1,16}")
_DECIMAL: Final = re.compile(r"[+-]?\d{1,16}[.,]\d{1,16}")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?", re.ASCII)
_LINK: Final = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_YES: Final = frozenset({"yes", "true", "on", "1"})
_NO: Final = frozenset({"no", "false", "off", "0"})


class PropertyType(StrEnum):
    """The types that a property can have. What is none of them is text."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"
    URL = "url"


def type_of(value: Any) -> PropertyType | None:
    """The type of a stored value; None for one that nobody types by hand: a list, an object."""
    match value:
        case bool():
            return PropertyType.YES_NO
        case int() | float():
            return PropertyType.NUMBER
        case str():
            return _type_of_text(value.strip())
    return None


def _type_of_text(text: str) -> PropertyType:
    if text.lower() in {"yes", "no"}:
        return PropertyType.YES_NO
    if _LINK.fullmatch(text):
        return PropertyType.URL
    if _MOMENT.fullmatch(text) and _is_moment(text):
        return PropertyType.DATE
    return PropertyType.TEXT


def _is_moment(text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


def observed_type(values: Sequence[Any]) -> PropertyType | None:
    """The type that all of some stored values have; None if nobody types such values by hand.

    Short texts that come again and again are a choice.
    """
    kinds = {type_of(value) for value in values}
    if not kinds or None in kinds:
        return None
    if len(kinds) > 1:
        return PropertyType.TEXT
    kind = next(iter(kinds))
    return PropertyType.CHOICE if kind is PropertyType.TEXT and _recur(values) else kind


def _recur(texts: Sequence[str]) -> bool:
    different = set(texts)
    return (
        len(texts) >= _ENOUGH
        and len(different) <= min(_FEW, len(texts) // 3)
        and all(0 < len(text) <= _SHORT for text in different)
    )


def typed(kind: PropertyType, text: str, before: Any = None) -> Any:
    """The value that somebody means who types this; None if it is blank.

    Args:
        kind: of the property.
        text: as it was typed.
        before: the value that it replaces: yes and no stay words where they were words.

    Raises:
        ValueError: it is no value of this type; the message says what one is.
    """
    told = text.strip()
    if not told:
        return None
    if len(told) > MAX_TEXT:
        raise ValueError(f"must have at most {MAX_TEXT:,} characters")
    if kind is PropertyType.YES_NO:
        return _yes_or_no(told, in_words=isinstance(before, str))
    reader = _READERS.get(kind)
    return reader(told) if reader else told


def _number(text: str) -> int | float:
    if _WHOLE.fullmatch(text):
        whole = int(text)
        if abs(whole) <= _LARGEST:
            return whole
    elif _DECIMAL.fullmatch(text):
        return float(text.replace(",", "."))
    raise ValueError("must be a number, such as 12 or 3.5")


def _date(text: str) -> str:
    if _MOMENT.fullmatch(text) and _is_moment(text):
        return text
    raise ValueError("must be a date, such as 2026-01-31")


def _yes_or_no(text: str, *, in_words: bool) -> bool | str:
    word = text.lower()
    if word not in _YES | _NO:
        raise ValueError("must be yes or no")
    yes = word in _YES
    if in_words:
        return "Yes" if yes else "No"
    return yes


def _url(text: str) -> str:
    if _LINK.fullmatch(text):
        return text
    told = f"https://{text}"
    if "." in text and _LINK.fullmatch(told) and "://" not in text:
        return told
    raise ValueError("must be an address that begins with https:// or http://")


_READERS: Final[Mapping[PropertyType, Callable[[str], Any]]] = {
    PropertyType.NUMBER: _number,
    PropertyType.DATE: _date,
    PropertyType.URL: _url,
}
