"""The text in a JSON value, without what nobody sees."""

import re
import unicodedata

_SURROGATE = re.compile("[\ud800-\udfff]")


def clean_text(value: object, limit: int) -> str | None:
    """The string without surrounding space and invisible characters.

    None if the value is no string, has more than `limit` characters, or holds a lone surrogate.
    """
    if not isinstance(value, str) or len(value) > limit:
        return None
    if value.isascii():
        return value.strip()
    return None if _SURROGATE.search(value) else visible(value)


def visible(text: str) -> str:
    """The text without surrounding space and format characters: zero-width, direction marks."""
    if not text.isascii():
        text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return text.strip()
