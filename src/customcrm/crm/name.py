"""Names of people and companies, folded so that spellings of one name are equal (contract, Sync).

A key only ever drops what two spellings of one name differ in: case, accents, punctuation and
legal forms. Similar names stay different: a wrong merge is worse than a miss.
"""

import re
import unicodedata
from functools import lru_cache

from customcrm.crm.legal_forms import LEADING_FORMS, LEGAL_FORMS, LONGEST_FORM, UNSPACED_FORMS

MAX_TEXT = 1000
MAX_KEY = 200

_ASCII = {code: chr(code) if chr(code).isalnum() else " " for code in range(128)}

# Latin letters that Unicode does not decompose into a base and an accent, and letters that people
# type in place of an apostrophe. The Arabic tatweel only stretches a word.
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ĸ": "k",
        "\N{MODIFIER LETTER TURNED COMMA}": " ",
        "\N{MODIFIER LETTER APOSTROPHE}": " ",
        "\N{MODIFIER LETTER PRIME}": " ",
        "\N{ARABIC TATWEEL}": None,
    }
)

# An accent is a mark on a Latin or Greek letter. Marks of other scripts tell letters apart (the
# Cyrillic short i, Devanagari and Thai vowels, the voiced kana), so they stay. Only of the Cyrillic
# io (U+0435 U+0308) are the dots optional.
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_ACCENTS = re.compile(
    f"([a-z\u00df-\u024f\u1e00-\u1eff\u0370-\u03ff\u1f00-\u1fff])[{_MARKS}]+|(?<!\\S)[{_MARKS}]+"
    "|(?<=\u0435)\u0308"
)
# `S.L.` is SL and `J.P.Morgan` is JP Morgan: letters with dots between them are one word.
_DOTTED = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?")

_VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def fold(text: str) -> str:
    """The text in small letters without accents, each run of anything but letters one space.

    Letters, digits and marks of every script stay. Reads the first 1,000 characters and returns at
    most as many. Source: contract, Sync (name key).
    """
    text = text[:MAX_TEXT]
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII).split())
    text = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    text = unicodedata.normalize("NFKD", text).translate(_LETTERS)
    text = "".join(map(_letter_or_space, text))
    text = " ".join(_ACCENTS.sub(r"\1", text).split())
    return unicodedata.normalize("NFC", text)[:MAX_TEXT].strip()


@lru_cache(maxsize=4096)
def _letter_or_space(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cf" or _VARIATION_SELECTORS.match(char):
        return ""
    return char if category[0] in "LMN" else " "


def person_name_key(first: object, last: object, company: object) -> str | None:
    """First name, last name and company key, folded and joined by `|`: `jane|doe|acme`.

    None unless all three say something. An initial says too little: two people of one company can
    easily share `J. Smith`. Source: contract, Sync (first + last + company name).
    """
    if not (isinstance(first, str) and isinstance(last, str)):
        return None
    if len(first) > MAX_KEY or len(last) > MAX_KEY:
        return None
    company_key = company_name_key(company)
    first, last = _fold_name(first), _fold_name(last)
    if company_key is None or says_too_little(first) or says_too_little(last):
        return None
    key = f"{first}|{last}|{company_key}"
    return key if len(key) <= MAX_KEY else None


_fold_name = lru_cache(maxsize=8192)(fold)


def says_too_little(name: str) -> bool:
    """Whether a folded first or last name is empty, or an initial only."""
    # A single ideograph is a whole family name, a single letter of an alphabet is an initial.
    return not name or (len(name) == 1 and name < "\u0600")


def company_name_key(name: object) -> str | None:
    """A company's name folded, `&` read as `and`, without its legal forms: `Acme, Inc.` is `acme`.

    The name itself is never taken for a legal form: `AG Inc` is `ag`, and `SA` stays `sa`. None if
    the name has no letters, or more than 200. Source: contract, Sync (name key).
    """
    if not isinstance(name, str) or len(name) > MAX_KEY:
        return None
    return _company_name_key(name)


@lru_cache(maxsize=16384)
def _company_name_key(name: str) -> str | None:
    name = _DOTTED.sub(_without_dots, name)
    words = fold(name.replace("&", " and ").replace("\uff06", " and ")).split()
    while words:
        shorter = _without_form(words)
        if shorter is None:
            break
        words = shorter
    key = " ".join(words)
    return key if 0 < len(key) <= MAX_KEY else None


def _without_dots(match: re.Match[str]) -> str:
    return match[0].replace(".", "") + " "


def _without_form(words: list[str]) -> list[str] | None:
    """The words less one legal form at the end or the beginning, or None if there is none."""
    for size in range(min(LONGEST_FORM, len(words) - 1), 0, -1):
        if " ".join(words[-size:]) in LEGAL_FORMS:
            rest = words[:-size]
            if rest == ["the"]:
                return None
            # `Smith & Co` is Smith.
            return rest[:-1] if rest[-1] == "and" and len(rest) > 1 else rest
    if len(words) > 1 and words[0] in LEADING_FORMS:
        return words[1:]
    return _without_unspaced_form(words)


def _without_unspaced_form(words: list[str]) -> list[str] | None:
    """As `_without_form`, for scripts that write the form and the name as one word."""
    first, last = words[0], words[-1]
    for form in UNSPACED_FORMS:
        if last.endswith(form) and last != form:
            return [*words[:-1], last.removesuffix(form)]
        if first.startswith(form) and first != form:
            return [first.removeprefix(form), *words[1:]]
    return None
