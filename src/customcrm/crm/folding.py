"""Fold text: spellings that people take for one another become equal.

One folding serves search, sort keys and the match keys of names, so that a name is found as it is
sorted and matched. Databases are given folded text only: neither folds by itself.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

MAX_TEXT: Final = 1000
"""Characters of a text that are read, and that a folded text has at most."""

_ASCII: Final = {code: chr(code) if chr(code).isalnum() else " " for code in range(128)}

# Latin letters that Unicode does not decompose into a base and an accent, and whose names do not
# say which base they have; and the letters that keyboards of one script have two of.
_LETTERS: Final = {
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ð": "d",
    "ŋ": "n",
    "ĸ": "k",
    "ə": "e",
    "ɛ": "e",
    "ɔ": "o",
    "ƿ": "w",
    "ȝ": "y",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    "\N{LATIN SMALL LETTER DOTLESS J}": "j",
    "\N{LATIN SMALL LETTER ALPHA}": "a",
    "\N{LATIN SMALL LETTER IOTA}": "i",
    "\N{LATIN LETTER SMALL CAPITAL I}": "i",
    # The palochka of the Caucasus is typed as one of these.
    "\N{CYRILLIC SMALL LETTER PALOCHKA}": "i",
    # Persian and Urdu keyboards, and Egyptian spelling.
    "\N{ARABIC LETTER FARSI YEH}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER YEH BARREE}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER KEHEH}": "\N{ARABIC LETTER KAF}",
    "\N{ARABIC LETTER SWASH KAF}": "\N{ARABIC LETTER KAF}",
    "\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}",
    "\N{ARABIC LETTER HEH GOAL}": "\N{ARABIC LETTER HEH}",
    "\N{ARABIC LETTER HEH DOACHASHMEE}": "\N{ARABIC LETTER HEH}",
    "\N{ARABIC LETTER AE}": "\N{ARABIC LETTER HEH}",
    "\N{ARABIC LETTER ALEF WASLA}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC TATWEEL}": "",
    # Modifier letters that stand for an apostrophe or for nothing.
    "\N{MODIFIER LETTER TURNED COMMA}": " ",
    "\N{MODIFIER LETTER APOSTROPHE}": " ",
    "\N{MODIFIER LETTER PRIME}": " ",
    "\N{MODIFIER LETTER REVERSED COMMA}": " ",
    "\N{MODIFIER LETTER GLOTTAL STOP}": " ",
    "\N{MODIFIER LETTER LEFT HALF RING}": " ",
    "\N{MODIFIER LETTER RIGHT HALF RING}": " ",
}

_BASE: Final = re.compile(r"LATIN SMALL LETTER (?:[A-Z]+ )?([A-Z]) WITH ")
"""The name of a Latin letter that has a stroke, a hook or a tail, which do not decompose."""

# Points and vowel signs that Hebrew and Arabic may leave out.
_OPTIONAL: Final = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u08d3-\u08ff]"
)

# An accent is a mark on a Latin or Greek letter. Marks of other scripts tell letters apart (the
# Cyrillic short i, Devanagari and Thai vowels, the voiced kana), so they stay. Only of the Cyrillic
# io (U+0435 U+0308) are the dots optional.
_MARKS: Final = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_ACCENTS: Final = re.compile(
    f"([a-z\u00df-\u024f\u1e00-\u1eff\u0370-\u03ff\u1f00-\u1fff])[{_MARKS}]+|(?<!\\S)[{_MARKS}]+"
    "|(?<=\u0435)\u0308"
)
_VARIATION_SELECTORS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


class _Table(dict[int, str]):
    """What each character becomes; found once for each character that is met."""

    def __missing__(self, code: int) -> str:
        """Fold one character that has not been met yet."""
        folded = self[code] = _character(chr(code))
        return folded


def fold(text: str) -> str:
    """Return text in small letters without accents, each run of anything but letters one space.

    Letters, digits and marks of every script stay; digits become ASCII digits. What is not seen
    (zero-width characters, direction marks, soft hyphens) goes. Reads the first 1,000 characters
    and returns at most as many. Source: contract, Sync (name key).
    """
    text = text[:MAX_TEXT]
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII).split())
    text = unicodedata.normalize("NFKD", text).casefold()
    text = unicodedata.normalize("NFKD", text).translate(_TABLE)
    text = " ".join(_ACCENTS.sub(r"\1", text).split())
    return unicodedata.normalize("NFC", text)[:MAX_TEXT].strip()


def _character(char: str) -> str:
    """Fold one small letter, digit, mark or sign."""
    letter = _LETTERS.get(char)
    if letter is not None:
        return letter
    category = unicodedata.category(char)
    if category in {"Cf", "Me"} or _VARIATION_SELECTORS.match(char) or _OPTIONAL.match(char):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category[0] not in "LMN":
        return " "
    base = _BASE.match(unicodedata.name(char, "")) if category == "Ll" else None
    return base[1].lower() if base else char


_TABLE: Final = _Table()

_DIGRAPHS: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "ə": "a"}
    | {"Ä": "ae", "Ö": "oe", "Ü": "ue", "Ø": "oe", "Å": "aa", "Ə": "a"}
)
_WITH_DIGRAPHS: Final = re.compile("[äöüøåəÄÖÜØÅƏ]")


@lru_cache(maxsize=1024)
def spelled_out(text: str) -> str | None:
    """Return text with the digraphs that stand for letters: `Müller` is also `Mueller`.

    None if there is none of these letters.
    """
    composed = unicodedata.normalize("NFC", text[:MAX_TEXT])
    return composed.translate(_DIGRAPHS) if _WITH_DIGRAPHS.search(composed) else None
