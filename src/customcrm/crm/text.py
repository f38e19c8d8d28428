"""The text in a JSON value, without what nobody sees."""

import re
import unicodedata
from typing import Final

NO_NAME: Final = "Unnamed"
"""What people are shown in place of a name without a visible character."""

_UNSEEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Me"})
# Letters and signs that fonts draw as nothing: Hangul fillers, the braille blank, selectors.
_UNSEEN: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U0001d159\U000e0000-\U000e0fff]"
)

_SURROGATE = re.compile("[\ud800-\udfff]")

# Characters beside which a joiner changes what is seen: letters of scripts that join, and emoji.
_JOINING = (
    "\u0600-\u06ff\u0700-\u077f\u07c0-\u07ff\u0840-\u08ff\u0900-\u0dff\u1000-\u109f"
    "\u1780-\u18af\u1b00-\u1bff\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00010fff"
    "\U00011000-\U000114ff\U0001e900-\U0001e95f"
    "\u2190-\u2bff\u3030\u303d\u20e3\ufe0f\U0001f000-\U0001faff"
)
_VIRAMA = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca"
_HIDDEN = (
    "\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001-\U000e007f"
)
_DROPPED = re.compile(
    # The flags of England, Scotland and Wales are spelled with tags: these stay.
    "(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f)"
    f"|[{_HIDDEN}]|(?<![{_JOINING}])[\u200c\u200d]|\u200c(?![{_JOINING}])"
    f"|(?<![{_VIRAMA}])\u200d(?![{_JOINING}])|(?<![\u1820-\u18aa])\u180e"
)


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


def legible(text: str) -> str:
    """Return text for people, without surrounding space and what hides or reorders it.

    Direction marks, zero-width spaces, soft hyphens and tags go. Joiners stay where they change how
    letters are written (Persian, Sinhala, Malayalam) or make one emoji of several, and so do format
    characters that are seen, such as the Arabic number sign.
    """
    if text.isascii():
        return text.strip()
    return _DROPPED.sub(r"\1", text).strip()


def has_visible(text: str) -> bool:
    """Return whether a text has a character that is seen and takes place.

    Blanks, control and format characters, fillers, and marks without a letter are not. Reads up to
    the first visible character.
    """
    return any(map(_is_seen, text))


def _is_seen(char: str) -> bool:
    if char.isascii():
        return "!" <= char <= "~"
    return unicodedata.category(char) not in _UNSEEN_CATEGORIES and not _UNSEEN.match(char)


def name_or_unnamed(text: str) -> str:
    """Return a name for people: `Unnamed` in place of one that nobody can see."""
    return text if has_visible(text) else NO_NAME
