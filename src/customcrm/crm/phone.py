"""The match key of a phone number (contract, Sync)."""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

import phonenumbers
from phonenumbers import (
    COUNTRY_CODE_TO_REGION_CODE,
    NumberParseException,
    PhoneMetadata,
    PhoneNumberFormat,
    ValidationResult,
)

from customcrm.crm.text import clean_text

_MAX_INPUT = 100
_MAX_INTEGER = 10**17

# No parentheses: `+44 (0)20` needs the parser.
_INTERNATIONAL = re.compile(r"(?:\+|00[ ./-]?)([1-9](?:[ ./-]?[0-9]){6,14})")
_SEPARATORS = str.maketrans("", "", " ./-")
_INTERNATIONAL_PREFIX = re.compile(r"\A[^\w+]*\+?[^\w+]*00(?=[^\w+]*[1-9])")
_WRITTEN_OUT = re.compile(
    r"(?:tel:)?[^\w+]*\+([^a-z+;#]+?)(?:[^\w+#]*(?:ext(?:ension)?|x|#)[^\w+#]*([0-9]{1,7}))?[^\w+#]*",
    re.IGNORECASE,
)
_NOT_A_DIGIT = re.compile("[^0-9]")
_MIN_DIGITS, _MAX_DIGITS = 7, 15


def phone_key(value: object, region: str | None) -> str | None:
    """The number in E.164 (`+34600111222`), with its extension if it has one (`...;ext=5`).

    `00` counts as `+`. After a `+`, 7 to 15 digits are a number, whether any country has such a one
    or not. A number without country code is read as the region's (ISO 3166 alpha-2), has no key if
    that is None, and has to be of a length that its country uses. A whole JSON number is read as
    its digits. One digit over and over is a placeholder. Source: contract, Sync (phone).
    """
    text = _text(value)
    if text is None:
        return None
    international = _INTERNATIONAL.fullmatch(text)
    if international:
        key = "+" + international[1].translate(_SEPARATORS)
        plan = _plan_of(key)
        if plan is not None and plan.reads_as_written(key):
            return None if _is_placeholder(key[plan.start :]) else key
    text = _INTERNATIONAL_PREFIX.sub("+", text, count=1)
    return _parsed_key(text, region) or _unknown_key(text)


def is_national(value: object) -> bool:
    """Whether a value is a number that does not say its country."""
    text = _text(value)
    if text is None:
        return False
    try:
        phonenumbers.parse(_INTERNATIONAL_PREFIX.sub("+", text, count=1), None)
    except NumberParseException as error:
        return error.error_type == NumberParseException.INVALID_COUNTRY_CODE and "+" not in text
    return False


def _text(value: object) -> str | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if 0 < value < _MAX_INTEGER else None
    text = clean_text(value, _MAX_INPUT)
    if text is None or text.isascii():
        return text
    return "".join(map(_ascii_digit, unicodedata.normalize("NFKC", text)))


def _ascii_digit(char: str) -> str:
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)


class _Plan(NamedTuple):
    """What the parser would look at in the numbers of one country calling code."""

    start: int
    """Where the national number starts in E.164."""
    lengths: frozenset[int]
    """How many digits a national number has."""
    prefix: re.Pattern[str] | None
    """What the parser would strip from a national number or rewrite, such as a trunk zero."""

    def reads_as_written(self, key: str) -> bool:
        """Whether the parser would return this E.164 number as it is."""
        if len(key) - self.start not in self.lengths:
            return False
        return self.prefix is None or self.prefix.match(key, self.start) is None


def _plan_of(key: str) -> _Plan | None:
    # No calling code is the beginning of another.
    return _plan(key[1:2]) or _plan(key[1:3]) or _plan(key[1:4])


@cache
def _plan(calling_code: str) -> _Plan | None:
    regions = COUNTRY_CODE_TO_REGION_CODE.get(int(calling_code))
    if regions is None:
        return None
    metadata = PhoneMetadata.metadata_for_region_or_calling_code(int(calling_code), regions[0])
    if metadata is None or metadata.general_desc is None:
        return None
    prefix = metadata.national_prefix_for_parsing
    return _Plan(
        start=1 + len(calling_code),
        lengths=frozenset(metadata.general_desc.possible_length),
        prefix=re.compile(prefix) if prefix else None,
    )


def _parsed_key(text: str, region: str | None) -> str | None:
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        return None
    # A number that can be dialled within one town only is not possible enough.
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return None
    if _is_placeholder(phonenumbers.national_significant_number(number)):
        return None
    key = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return f"{key};ext={number.extension}" if number.extension else key


def _unknown_key(text: str) -> str | None:
    """Return the key of a number with country code that no country's plan has room for."""
    written = _WRITTEN_OUT.fullmatch(text)
    if written is None:
        return None
    digits = _NOT_A_DIGIT.sub("", written[1])
    if not _MIN_DIGITS <= len(digits) <= _MAX_DIGITS:
        return None
    key = f"+{digits}"
    plan = _plan_of(key)
    if _is_placeholder(digits) or (plan is not None and _is_placeholder(key[plan.start :])):
        return None
    return f"{key};ext={written[2]}" if written[2] else key


def _is_placeholder(national_number: str) -> bool:
    return national_number == national_number[:1] * len(national_number)
