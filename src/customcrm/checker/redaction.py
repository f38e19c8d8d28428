"""What must not reach a report: the key, characters that a terminal obeys, and a whole novel."""

import json
import re
from base64 import b64encode, urlsafe_b64encode
from functools import cache
from html import escape
from typing import Final
from urllib.parse import quote, quote_plus

from customcrm.client.curl import KEY_VARIABLE

MAX_SHOWN: Final = 400
"""Characters of what came that a finding shows."""

MAX_READ: Final = 100_000
"""Characters of what came that are looked at to find those that are shown."""

_LONG: Final = 8
"""Characters from which on a secret is told apart from ordinary words, even when it is encoded."""

_CONTROL: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff]"
)


def spellings_of(secret: str) -> set[str]:
    """A secret as it stands in plain text, and in JSON."""
    in_json = json.dumps(secret)[1:-1]
    return {secret, in_json, in_json.replace("/", "\\/")}


def redacted(text: str, secret: str) -> str:
    """A text with the secret as `$KEY`, and control characters as what they are written as.

    The secret is found in capitals too, and as URLs, HTML, base64 and hexadecimal digits write it;
    one that is short enough to be part of any word only where it is a word of its own.
    Characters that turn the direction of writing, and those that XML does not allow, count as
    control characters.
    """
    text = _any_spelling_of(secret).sub(lambda _: KEY_VARIABLE, text)
    return _CONTROL.sub(lambda found: ascii(found[0])[1:-1], text)


def excerpt(text: str, secret: str) -> str:
    """The beginning of a text that may be huge, redacted, as a report shows it."""
    told = redacted(text[:MAX_READ], secret)
    if len(text) <= MAX_READ:
        return told if len(told) <= MAX_SHOWN else f"{told[:MAX_SHOWN]}… ({len(told)} characters)"
    # The secret may have been cut in two at the end.
    whole = told[: max(len(told) - max(map(len, _spellings(secret))), 0)]
    return f"{whole[:MAX_SHOWN]}… ({len(text)} characters)"


@cache
def _any_spelling_of(secret: str) -> re.Pattern[str]:
    longest_first = sorted(_spellings(secret), key=len, reverse=True)
    any_of_them = "|".join(map(re.escape, longest_first))
    if len(secret) >= _LONG:
        return re.compile(any_of_them, re.IGNORECASE)
    # With a key such as `k`, `curl -k` shall stay what it is.
    return re.compile(rf"(?<![0-9A-Za-z-])(?:{any_of_them})(?![0-9A-Za-z-])")


def _spellings(secret: str) -> set[str]:
    """All ways to write a secret that are looked for."""
    plain = spellings_of(secret)
    if len(secret) < _LONG:
        return plain
    raw = secret.encode()
    encoded = (encode(raw).decode().rstrip("=") for encode in (b64encode, urlsafe_b64encode))
    return {
        *plain,
        *(again for once in plain for again in spellings_of(once)),
        *(write(secret) for write in (quote, quote_plus, escape)),
        quote(secret, safe=""),
        escape(secret, quote=False),
        repr(secret)[1:-1],
        *encoded,
        raw.hex(),
    }
