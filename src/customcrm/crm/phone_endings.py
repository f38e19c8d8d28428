"""Find phone numbers by any of their endings, in any spelling.

A number is indexed as its digits in reverse: then an ending is a beginning, which an index of
prefixes finds. A number whose country is not known ends, in reverse, with a nought more: it is
found by its national digits, and by an international number that ends so.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

from customcrm.crm.country import region_of
from customcrm.crm.phone import phone_key

MIN_DIGITS: Final = 6
"""Digits of a number, and of an ending that finds it."""

MAX_DIGITS: Final = 20
MAX_NUMBERS: Final = 8
"""Numbers of a record that are found."""

MARK: Final = "\uff0b"
"""What the token of a number begins with."""

_MAX_TEXT: Final = 100
_FIELDS: Final = re.compile(r"phone|mobile|whatsapp|telefon|\A(?:tel|fax|cell)\Z", re.IGNORECASE)
_NUMBERS: Final = re.compile(r"[;,/|\n]| or ")
_EXTENSION: Final = re.compile(r"\s*;?\s*(?:ext(?:ension)?[.:=]?|x|#)\s*\d{1,6}\Z", re.IGNORECASE)
_OTHERS: Final = re.compile(r"[^0-9]+")
_TRUNK: Final = re.compile(r"\(0\)")
_ASKED: Final = re.compile(
    r"(?<![\w+])[+(]{0,3}\d[\d ()./\u2010-\u2015\u00a0\u202f-]{4,40}\d(?!\w)"
    r"(?:\s*;?\s*(?:ext(?:ension)?[.:=]?|x|#)\s*\d{1,6}(?!\w))?",
    re.IGNORECASE,
)


def phone_texts(properties: Mapping[str, Any]) -> Iterator[str]:
    """Yield the phone numbers of a record as they are written, wherever they are."""
    for name, value in properties.items():
        if value and _is_phone_field(name):
            yield from _texts(value)


def phone_tokens(properties: Mapping[str, Any]) -> Iterator[str]:
    """Yield the tokens of a record's phone numbers."""
    numbers = (number for text in phone_texts(properties) for number in _numbers(text))
    for number in islice(numbers, MAX_NUMBERS):
        # Only a number that does not say its country is read as one of the record's.
        international = number.lstrip().startswith(("+", "00"))
        yield _token(number, None if international else region_of(properties))


def phone_spans(search: str) -> list[tuple[int, int]]:
    """Return where in a search there is a phone number, or an ending of one."""
    if not any(char.isdecimal() for char in search):
        return []
    digits = _with_ascii_digits(search)
    spans = (match.span() for match in _ASKED.finditer(digits))
    return [
        (start, end)
        for start, end in spans
        if MIN_DIGITS <= len(_digits(_EXTENSION.sub("", digits[start:end]))) <= MAX_DIGITS
    ]


def endings_asked(text: str) -> tuple[str, ...]:
    """Return the tokens of which one begins that of a number that a person has typed."""
    text = _TRUNK.sub("", _EXTENSION.sub("", _with_ascii_digits(text)))
    digits = _digits(text)
    if "+" in text or digits.startswith("00"):
        number = digits.lstrip("0")
        return tuple(dict.fromkeys([_ending(number), *_without_country(number)]))
    found = [_ending(digits)]
    if digits.startswith("0"):
        found += [_ending(digits.lstrip("0"))]
    if len(digits) == 11 and digits.startswith("8"):  # noqa: PLR2004 - 8 is what Russia dials for 7
        found.append(_ending(f"7{digits[1:]}"))
    if len(digits) > 9:  # noqa: PLR2004 - long enough to begin with a country's code
        found += _without_country(digits)
    return tuple(dict.fromkeys(one for one in found if len(one) > MIN_DIGITS))


@lru_cache(maxsize=4096)
def _is_phone_field(name: str) -> bool:
    return _FIELDS.search(name) is not None


def _texts(value: Any) -> Iterator[str]:
    """The numbers in a value: a text, a number, or a list of these or of objects that hold them."""
    for one in value[:MAX_NUMBERS] if isinstance(value, list) else (value,):
        for inner in list(one.values())[:MAX_NUMBERS] if isinstance(one, dict) else (one,):
            if isinstance(inner, str):
                yield inner[:_MAX_TEXT]
            elif _is_number(inner):
                yield str(inner)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**MAX_DIGITS


def _numbers(text: str) -> Iterator[str]:
    """The numbers of a text, of which there may be several."""
    text = _with_ascii_digits(text)
    parts = _NUMBERS.split(text)
    if not all(len(_digits(part)) >= MIN_DIGITS for part in parts):
        parts = [text]
    yield from (part for part in parts if len(_digits(part)) >= MIN_DIGITS)


def _token(text: str, region: str | None) -> str:
    key = phone_key(text, region)
    if key is not None:
        return _ending(key[1:].partition(";")[0])
    text = _TRUNK.sub("", _EXTENSION.sub("", text))
    digits = _digits(text)
    if "+" in text or digits.startswith("00"):
        return _ending(digits.lstrip("0"))
    return f"{_ending(digits.lstrip('0'))}0"


def _without_country(number: str) -> list[str]:
    """The token of a number of no known country that has these digits after its country's code."""
    for size in (1, 2, 3):
        if int(number[:size] or 0) in COUNTRY_CODE_TO_REGION_CODE:
            national = number[size:].lstrip("0")
            return [f"{_ending(national)}0"] if len(national) >= MIN_DIGITS else []
    return []


def _ending(digits: str) -> str:
    return f"{MARK}{digits[-MAX_DIGITS:][::-1]}"


def _digits(text: str) -> str:
    return _OTHERS.sub("", text)


def _with_ascii_digits(text: str) -> str:
    return text if text.isascii() else "".join(map(_ascii_digit, text))


def _ascii_digit(char: str) -> str:
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)
