"""What can be asked of the value of a property."""

import unicodedata
from typing import Any


def is_blank(value: object) -> bool:
    """Whether a property has no value: null, or text of nothing but white space."""
    return value is None or (isinstance(value, str) and not value.strip())


def says_nothing(value: object) -> bool:
    """Return whether a value in a create says nothing: null, blank text, an empty list.

    Text is blank if it holds nothing visible: white space and format characters only. Reads up to
    the first visible character. Source: contract, Create.
    """
    if isinstance(value, str):
        return not value or (not value[0].isalnum() and not any(map(_is_visible, value)))
    return value is None or value == []


def _is_visible(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char) not in {"Cf", "Cc"}


def same_value(one: Any, other: Any) -> bool:
    """Whether two JSON values are the same: in Python `1 == True == 1.0`, in JSON they differ."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same_value(one[n], other[n]) for n in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same_value, one, other))
    return bool(one == other)
