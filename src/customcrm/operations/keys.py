"""API keys: make one, list them, revoke one, tell whose a key is."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Final, NamedTuple, Protocol

from customcrm.crm.text import name_or_unnamed
from customcrm.errors import KeyNotFound
from customcrm.operations.ports import Origin

PREFIX: Final = "ck_"
"""What every key that we make begins with, so that a leaked one can be recognised."""


class ApiKey(NamedTuple):
    """A key as it is kept: never the key itself.

    Attributes:
        id: our name for it, which is no secret.
        name: a person's name for it.
        digest: SHA-256 of the key. A key is 256 random bits, so that no slower hash is needed.
        created_at: when it was made.
        revoked_at: from when on it is worth nothing, or None.
    """

    id: str
    name: str
    digest: str
    created_at: datetime
    revoked_at: datetime | None = None


class Keyring(Protocol):
    """Where keys are kept."""

    def api_keys(self) -> Sequence[ApiKey]:
        """All keys, revoked ones included, the oldest first."""

    def add_api_key(self, key: ApiKey) -> None:
        """Keep a new key."""

    def revoke_api_key(self, key_id: str, at: datetime) -> bool:
        """Make a live key worthless; returns whether there was one."""


class NewKey(NamedTuple):
    """A key just made. This is the only time that it can be read."""

    id: str
    secret: str


def digest_of(secret: str) -> str:
    """What is kept of a key."""
    return sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def create_key(keyring: Keyring, name: str, origin: Origin) -> NewKey:
    """Make a key."""
    secret = PREFIX + secrets.token_urlsafe(32)
    key_id = origin.new_id("key")
    keyring.add_api_key(ApiKey(key_id, name_or_unnamed(name), digest_of(secret), origin.clock()))
    return NewKey(key_id, secret)


def revoke_key(keyring: Keyring, key_id: str, origin: Origin) -> None:
    """Make a key worthless.

    Raises:
        KeyNotFound: no live key has this id.
    """
    if not keyring.revoke_api_key(key_id, origin.clock()):
        raise KeyNotFound(f"No live key has the id {key_id}")


def live(keys: Iterable[ApiKey]) -> list[ApiKey]:
    """The keys that are worth something."""
    return [key for key in keys if key.revoked_at is None]


def owner_of(secret: str, keys: Iterable[ApiKey]) -> str | None:
    """The id of the key that this is, or None.

    Takes the same time whichever key it is, and if it is none of them.
    """
    digest = digest_of(secret)
    owner = None
    for key in keys:
        if compare_digest(key.digest, digest):
            owner = key.id
    return owner
