"""Records that a run sends: made up, and unlike one another."""

from hashlib import sha256
from typing import Any, Final

from customcrm.checker.nouns import CONTACTS, Noun

_LETTERS: Final = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")


def whole_record(noun: Noun, name: str) -> dict[str, Any]:
    """Return a record with every match key of the contract but the phone.

    There are only a thousand phone numbers for fiction, and earlier runs had some. Names begin with
    a word of their own, so that a server which compares them loosely, as Enginy advises, does not
    take two of a run for one.

    Args:
        noun: of which kind.
        name: its external id, which no other record has.
    """
    called = f"{_word_of(name)} {name}"
    if noun is CONTACTS:
        return {
            "externalId": name,
            "email": f"{name}@checks.example.com",
            "firstName": "Zoë",
            "lastName": called,
            "company": f"{called} Ltd",
            "title": "Head of Checks",
            "linkedinUrl": f"https://www.linkedin.com/in/{name}",
        }
    return {
        "externalId": name,
        "name": f"{called} Ltd",
        "domain": f"{name}.example",
        "industry": "Quality assurance",
        "numberOfEmployees": 42,
        "linkedinUrl": f"https://www.linkedin.com/company/{name}",
    }


def _word_of(name: str) -> str:
    """Return sixteen letters that look like those of no other name."""
    digits = sha256(name.encode()).hexdigest()[:16]
    return digits.translate(_LETTERS).capitalize()
