import re
from collections.abc import Sequence
from datetime import datetime

import pytest

from customcrm.errors import KeyNotFound
from customcrm.operations import keys
from customcrm.operations.keys import (
    ApiKey,
    create_key,
    digest_of,
    live,
    owner_of,
    revoke_key,
)
from tests.unit.fakes import START, FakeClock, fake_origin


class MemoryKeyring:
    """Implements `keys.Keyring`."""

    def __init__(self) -> None:
        self.kept: dict[str, ApiKey] = {}

    def api_keys(self) -> Sequence[ApiKey]:
        return list(self.kept.values())

    def add_api_key(self, key: ApiKey) -> None:
        self.kept[key.id] = key

    def revoke_api_key(self, key_id: str, at: datetime) -> bool:
        key = self.kept.get(key_id)
        if key is None or key.revoked_at is not None:
            return False
        self.kept[key_id] = key._replace(revoked_at=at)
        return True


@pytest.fixture
def keyring() -> MemoryKeyring:
    return MemoryKeyring()


def test_only_the_digest_of_a_key_is_kept(keyring: MemoryKeyring) -> None:
    made = create_key(keyring, "Enginy", fake_origin())
    assert keyring.api_keys() == [ApiKey(made.id, "Enginy", digest_of(made.secret), START)]
    assert made.secret not in repr(keyring.kept)
    assert re.fullmatch(r"[0-9a-f]{64}", digest_of(made.secret))


def test_a_key_says_what_it_is_and_has_256_random_bits(keyring: MemoryKeyring) -> None:
    origin = fake_origin()
    secrets = {create_key(keyring, "", origin).secret for _ in range(100)}
    assert len(secrets) == 100
    assert all(re.fullmatch(r"ck_[\w-]{43}", secret) for secret in secrets)


def test_a_key_has_one_owner(keyring: MemoryKeyring) -> None:
    origin = fake_origin()
    made = [create_key(keyring, f"{n}", origin) for n in range(3)]
    assert [owner_of(one.secret, keyring.api_keys()) for one in made] == [one.id for one in made]


@pytest.mark.parametrize("secret", ["", "ck_", "ck_wrong", "\udcff", "é", "x" * 100_000])
def test_what_is_no_key_has_no_owner(keyring: MemoryKeyring, secret: str) -> None:
    create_key(keyring, "Enginy", fake_origin())
    assert owner_of(secret, keyring.api_keys()) is None
    assert owner_of(secret, []) is None


def test_a_digest_does_not_open_the_door(keyring: MemoryKeyring) -> None:
    made = create_key(keyring, "Enginy", fake_origin())
    assert owner_of(digest_of(made.secret), keyring.api_keys()) is None


@pytest.mark.parametrize("place", [0, 1, 2, None])
def test_every_key_is_compared_in_constant_time_wherever_the_right_one_stands(
    monkeypatch: pytest.MonkeyPatch, keyring: MemoryKeyring, place: int | None
) -> None:
    origin = fake_origin()
    made = [create_key(keyring, f"{n}", origin) for n in range(3)]
    compared: list[str] = []

    def compare(one: str, other: str) -> bool:
        compared.append(one)
        return one == other

    monkeypatch.setattr(keys, "compare_digest", compare)
    secret = "wrong" if place is None else made[place].secret
    assert owner_of(secret, keyring.api_keys()) == (None if place is None else made[place].id)
    assert compared == [key.digest for key in keyring.api_keys()]


def test_a_revoked_key_is_not_live(keyring: MemoryKeyring) -> None:
    clock = FakeClock()
    origin = fake_origin(clock)
    first, second = create_key(keyring, "1", origin), create_key(keyring, "2", origin)
    clock.advance(5)
    revoke_key(keyring, first.id, origin)
    assert [key.id for key in live(keyring.api_keys())] == [second.id]
    assert keyring.kept[first.id].revoked_at == clock.now


def test_only_a_live_key_can_be_revoked(keyring: MemoryKeyring) -> None:
    origin = fake_origin()
    made = create_key(keyring, "1", origin)
    revoke_key(keyring, made.id, origin)
    for key_id in (made.id, "key_nobody"):
        with pytest.raises(KeyNotFound, match=key_id):
            revoke_key(keyring, key_id, origin)
