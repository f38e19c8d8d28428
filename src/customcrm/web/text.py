"""Text from outside, made fit for every database and page."""

import re
from typing import Final

REPLACEMENT: Final = "\ufffd"

_UNSTORABLE: Final = re.compile("[\0\ud800-\udfff]")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def clean_query_text(text: str) -> str:
    """Return a part of a URL with U+FFFD for what no database can store.

    That is NUL, which PostgreSQL refuses, and halves of surrogate pairs, which are no text. They
    are not dropped: a search for them must find nothing, and not what the rest of it finds.
    """
    return _UNSTORABLE.sub(REPLACEMENT, text) if _UNSTORABLE.search(text) else text


def clean_form_text(text: str) -> str:
    """Return a part of a form as a request body is read: NUL is dropped, halves become U+FFFD."""
    if not _UNSTORABLE.search(text):
        return text
    return _SURROGATES.sub(REPLACEMENT, text.replace("\0", ""))


def is_clean(text: str) -> bool:
    """Return whether a text can be stored as it is."""
    return _UNSTORABLE.search(text) is None
