"""What must not reach a report: the key, characters that a terminal obeys, and a whole novel."""

import json
import re
from typing import Final

from customcrm.client.curl import KEY_VARIABLE

MAX_SHOWN: Final = 400
"""Characters of what came that a finding shows."""

_CONTROL: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def spellings_of(secret: str) -> set[str]:
    """A secret as it stands in plain text, and in JSON."""
    in_json = json.dumps(secret)[1:-1]
    return {secret, in_json, in_json.replace("/", "\\/")}


def redacted(text: str, secret: str) -> str:
    """A text with the secret as `$KEY`, and control characters as what they are written as.

    Characters that turn the direction of writing count as control characters: they make a line
    look like another.
    """
    for spelling in sorted(spellings_of(secret), key=len, reverse=True):
        text = text.replace(spelling, KEY_VARIABLE)
    return _CONTROL.sub(lambda found: ascii(found[0])[1:-1], text)


def shortened(text: str) -> str:
    """A text that fits a report. To be asked for when it is redacted: half a key is a key."""
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}… ({len(text)} characters)"
