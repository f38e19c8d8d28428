"""Users and API keys."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from customcrm.clock import system_clock
from customcrm.contract.users import User
from customcrm.errors import KeyNotFound, UserNotFound
from customcrm.operations.keys import ApiKey, create_key, digest_of, live, owner_of, revoke_key
from customcrm.operations.users import add_user, list_users, remove_user
from customcrm.store.backend import Store
from tests.integration.store.sql import everything, rows
from tests.integration.store.world import NOW, origin

LATER = origin(NOW + timedelta(hours=1))


def test_users_come_by_name_and_leave_without_a_gap(store: Store, database_url: str) -> None:
    zoe = add_user(store, "Zoë 🚀", "zoe@acme.example", origin())
    ana = add_user(store, "Ana", None, origin())
    assert list_users(store) == [ana, zoe]

    remove_user(store, ana.id, LATER)

    assert list_users(store) == [User(zoe.id, "Zoë 🚀", "zoe@acme.example")]
    # What a removed user owns is still theirs, so their row stays.
    assert {row[0] for row in rows(database_url, "SELECT id FROM users")} == {ana.id, zoe.id}
    with pytest.raises(UserNotFound):
        remove_user(store, ana.id, LATER)
    with pytest.raises(UserNotFound):
        remove_user(store, "user_unknown", LATER)


def test_of_a_key_only_the_digest_is_kept(store: Store, database_url: str) -> None:
    new = create_key(store, "enginy", origin())

    (kept,) = store.api_keys()
    assert kept == ApiKey(new.id, "enginy", digest_of(new.secret), NOW, None)
    assert owner_of(new.secret, [kept]) == new.id
    tables = everything(database_url)
    assert digest_of(new.secret) in str(tables["api_keys"])
    assert new.secret not in str(tables)
    assert new.secret.removeprefix("ck_") not in str(tables)


def test_the_text_of_a_key_is_in_no_file(sqlite_url: str, tmp_path: Path) -> None:
    """Neither in the database nor in its log: what was written once can be read there."""
    with closing(Store(sqlite_url, system_clock)) as store:
        secret = create_key(store, "enginy", origin()).secret
        files = b"".join(file.read_bytes() for file in tmp_path.glob("customcrm.db*"))

    assert digest_of(secret).encode() in files
    assert secret.encode() not in files


def test_a_revoked_key_is_worth_nothing_from_then_on(store: Store) -> None:
    old, new = create_key(store, "old", origin()), create_key(store, "new", origin())

    revoke_key(store, old.id, LATER)

    assert [key.id for key in store.api_keys()] == [old.id, new.id]
    assert [key.id for key in live(store.api_keys())] == [new.id]
    assert store.api_keys()[0].revoked_at == LATER.clock()
    for key_id in (old.id, "key_unknown"):
        with pytest.raises(KeyNotFound):
            revoke_key(store, key_id, LATER)
    assert store.api_keys()[0].revoked_at == LATER.clock()


def test_no_two_keys_have_one_digest(store: Store) -> None:
    new = create_key(store, "enginy", origin())
    (kept,) = store.api_keys()

    with pytest.raises(IntegrityError):
        store.add_api_key(kept._replace(id=f"{new.id}2"))

    assert store.api_keys() == [kept]
