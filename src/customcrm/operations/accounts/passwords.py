"""Passwords: which are taken, and what is kept of them."""

import re
import unicodedata
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from customcrm.errors import WeakPassword
from customcrm.operations.accounts.people import MAX_PASSWORD, MIN_PASSWORD

_HASHER: Final = PasswordHasher(time_cost=3, memory_cost=19_456, parallelism=1)
"""Argon2id with 19 MiB: some 30 ms, and no four at once take a small machine's memory."""

NOBODYS_HASH: Final = (
    "$argon2id$v=19$m=19456,t=3,p=1$Aa8JK6VJpHWpA572702SHw"
    "$6YmLjTUIrkbSpHAy4hJXgiuzePA5LRO4Ijasb5EzAhk"
)
"""What the password of somebody unknown is checked against, so that it takes as long."""

_MIN_PART: Final = 4
"""Characters of a name or an email from which on a password must not contain it."""

_ROWS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "azertyuiop",
    "1qaz2wsx3edc4rfv",
)
"""Rows of the alphabet and of keyboards, which people walk along."""

_RUN: Final = 4
"""Characters in a row that count as a walk."""

_COMMON: Final = (
    "administrator", "admin", "changeme", "contrasena", "customcrm", "dragon", "enginy",
    "football", "iloveyou", "letmein", "login", "monkey", "motdepasse", "passphrase", "passwort",
    "password", "passw0rd", "p@ssw0rd", "p@ssword", "princess", "secret", "sunshine", "superman",
    "trustno", "welcome", "whatever",
)  # fmt: skip
"""What the commonest passwords are made of."""

_MIN_OWN: Final = 5
"""Characters that must be left when all that is common has been taken away."""


def _normalised(password: str) -> bytes:
    """The same bytes however a keyboard composes the characters."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def hash_of(password: str) -> str:
    """What is kept of a password."""
    return _HASHER.hash(_normalised(password))


def matches(password: str, password_hash: str | None) -> bool:
    """Whether this is the password. Takes as long if there is none."""
    try:
        _HASHER.verify(password_hash or NOBODYS_HASH, _normalised(password[:MAX_PASSWORD]))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None and len(password) <= MAX_PASSWORD


def is_outdated(password_hash: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(password_hash)


def check_password(password: str, name: str, email: str | None) -> None:
    """Refuse a password that others would try first.

    Raises:
        WeakPassword: says what is wrong with it, and what would be better.
    """
    if len(password) < MIN_PASSWORD:
        raise WeakPassword(
            f"A password has at least {MIN_PASSWORD} characters; three words do well"
        )
    if len(password) > MAX_PASSWORD:
        raise WeakPassword(f"A password has at most {MAX_PASSWORD:,} characters")
    # One character may stand for eighteen, and what is common is looked for in their square.
    plain = unicodedata.normalize("NFKC", password)[:MAX_PASSWORD].casefold()
    if any(part in plain for part in _parts_of(name, email)):
        raise WeakPassword("The password must not contain your name or email; three words do well")
    if len(_own(plain)) < _MIN_OWN or len(set(plain)) < _MIN_OWN:
        raise WeakPassword("Others would try this password first; three words of your own do well")


def _parts_of(name: str, email: str | None) -> list[str]:
    """What of a person a password must not contain."""
    local = (email or "").partition("@")[0]
    parts = [name, name.replace(" ", ""), *name.split(), email or "", local]
    folded = (unicodedata.normalize("NFKC", part).casefold() for part in parts)
    return [part for part in folded if len(part) >= _MIN_PART]


def _own(plain: str) -> str:
    """What is left of a password without common words, walks, and repeats."""
    for word in _COMMON:
        plain = plain.replace(word, "")
    for row in _ROWS:
        for line in (row, row[::-1]):
            for size in range(len(line), _RUN - 1, -1):
                for start in range(len(line) - size + 1):
                    plain = plain.replace(line[start : start + size], "")
    return re.sub(r"(.)\1{2,}", "", re.sub(r"(.+?)\1+", r"\1", plain))
