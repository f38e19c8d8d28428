"""Signing in and out, and what is known of who is signed in."""

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from customcrm.clock import system_clock
from customcrm.errors import SignInFailed, StoreUnavailable, WeakPassword
from customcrm.operations.accounts.links import invite, link_of, reset_link
from customcrm.operations.accounts.members import set_role
from customcrm.operations.accounts.passwords import NOBODYS_HASH, is_outdated
from customcrm.operations.accounts.people import NewSession, Role
from customcrm.operations.accounts.sessions import (
    change_password,
    csrf_of,
    end_session,
    session_of,
    sessions_of,
    sign_in,
    sign_out,
)
from customcrm.operations.keys import digest_of
from customcrm.operations.users import add_user, remove_user
from customcrm.store.backend import Store
from tests.integration.store.accounts import (
    AGENT,
    ANA,
    BO,
    OTHER,
    PASSWORD,
    enter,
    found_admin,
    join,
    later,
)
from tests.integration.store.driver import Driver
from tests.integration.store.sql import count, everything, rows, run
from tests.integration.store.world import NOW, at_once, origin, within

LIFE = timedelta(days=30)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def ana(store: Store) -> NewSession:
    return found_admin(store)


@pytest.mark.parametrize("email", [ANA, " ANA@Example.COM ", "Ana <ana@example.com>"])
def test_the_right_password_begins_a_session_of_its_own(
    store: Store, ana: NewSession, email: str
) -> None:
    new = enter(store, email)

    assert new.session.person == ana.session.person
    assert new.session.agent == AGENT
    assert (new.session.created_at, new.session.seen_at) == (NOW, NOW)
    assert {new.secret, new.session.id, new.session.csrf}.isdisjoint(
        {ana.secret, ana.session.id, ana.session.csrf}
    )
    for one in (new, ana):
        assert session_of(store, one.secret, NOW) == one.session


@pytest.mark.usefixtures("ana")
def test_whoever_cannot_sign_in_is_told_the_same_after_the_same_work(
    store: Store, monkeypatch: pytest.MonkeyPatch, driver: Driver
) -> None:
    add_user(store, "Owner", "owner@example.com", origin())
    invite(store, "Bo", BO, Role.MEMBER, origin())
    former = join(store, "former@example.com")
    set_role(store, former.session.person.id, None, origin())
    gone = join(store, "gone@example.com")
    remove_user(store, gone.session.person.id, origin())
    checked: list[str] = []
    verify = PasswordHasher.verify

    def watched(self: PasswordHasher, kept: str, password: bytes) -> bool:
        checked.append(kept)
        return verify(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", watched)
    told, statements = set(), set()
    wrong = [
        *(ANA, "owner@example.com", BO, "former@example.com", "gone@example.com"),
        *("nobody@example.com", "no email", "", "x" * 5_000),
    ]
    for email in wrong:
        driver.clear()
        with pytest.raises(SignInFailed) as failure:
            enter(store, email, OTHER)
        told.add(str(failure.value))
        statements.add(len(driver.data))

    assert len(told) == 1
    assert len(checked) == len(wrong)
    assert checked[0] != NOBODYS_HASH
    assert set(checked[1:]) == {NOBODYS_HASH}
    assert statements == {1}


@pytest.mark.parametrize("password", ["", " ", PASSWORD.upper(), "x" * 1_001, "x" * 100_000, "\0"])
@pytest.mark.usefixtures("ana")
def test_another_password_lets_nobody_in(store: Store, database_url: str, password: str) -> None:
    with pytest.raises(SignInFailed):
        enter(store, password=password)
    assert count(database_url, "sessions") == 1


def test_a_secret_that_was_never_given_opens_nothing(store: Store, ana: NewSession) -> None:
    kept = digest_of(ana.secret)
    for wrong in ("", ana.secret[:-1], ana.secret.lower(), ana.session.id, kept, "é", "x" * 10_000):
        assert session_of(store, wrong, NOW) is None


def test_the_csrf_token_stands_for_the_secret_and_not_for_its_digest(ana: NewSession) -> None:
    assert ana.session.csrf == csrf_of(ana.secret)
    assert ana.session.csrf != csrf_of(digest_of(ana.secret))
    assert digest_of(ana.secret) not in ana.session.csrf
    assert len(ana.session.csrf) == 64


def test_a_session_ends_when_it_has_gone_unused_for_its_time(store: Store, ana: NewSession) -> None:
    who = ana.session.person.id
    used = NOW + LIFE - SECOND
    assert session_of(store, ana.secret, used) is not None
    assert session_of(store, ana.secret, used + LIFE - SECOND) is not None
    end = used + LIFE - SECOND + LIFE
    assert [one.id for one in sessions_of(store, who, end - SECOND)] == [ana.session.id]
    assert sessions_of(store, who, end) == []
    assert session_of(store, ana.secret, end) is None


@pytest.mark.usefixtures("ana")
def test_signing_in_forgets_the_sessions_that_have_ended(store: Store, database_url: str) -> None:
    enter(store)
    assert count(database_url, "sessions") == 2

    enter(store, at=NOW + LIFE)

    assert count(database_url, "sessions") == 1


def test_that_a_session_was_used_is_written_at_most_once_a_minute(
    store: Store, ana: NewSession, driver: Driver
) -> None:
    def written(after: timedelta) -> int:
        driver.clear()
        found = session_of(store, ana.secret, NOW + after)
        assert found is not None
        assert NOW + after - MINUTE < found.seen_at <= NOW + after
        return len(driver.changes)

    assert [written(each) for each in (timedelta(0), SECOND, MINUTE - SECOND)] == [0, 0, 0]
    assert [written(each) for each in (MINUTE, MINUTE + SECOND, 2 * MINUTE)] == [1, 0, 1]
    (session,) = sessions_of(store, ana.session.person.id, NOW)
    assert session.seen_at == NOW + 2 * MINUTE


def test_when_a_session_was_used_never_goes_back(store: Store, ana: NewSession) -> None:
    store.mark_seen(ana.session.id, NOW + 5 * MINUTE)
    store.mark_seen(ana.session.id, NOW + 2 * MINUTE)

    (session,) = sessions_of(store, ana.session.person.id, NOW)
    assert session.seen_at == NOW + 5 * MINUTE


def test_a_database_that_cannot_be_written_keeps_nobody_out(
    store: Store, ana: NewSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StoreUnavailable

    monkeypatch.setattr(Store, "mark_seen", refuse)
    found = session_of(store, ana.secret, NOW + MINUTE)
    assert found is not None
    assert found.seen_at == NOW + MINUTE


def test_a_session_outlives_a_restart(database_url: str) -> None:
    with closing(Store(database_url, system_clock)) as store:
        ana = found_admin(store)
    with closing(Store(database_url, system_clock)) as store:
        assert session_of(store, ana.secret, NOW) == ana.session


def test_signing_out_ends_this_session_and_no_other(store: Store, ana: NewSession) -> None:
    here = enter(store)

    sign_out(store, here.session, origin())
    sign_out(store, here.session, origin())

    assert session_of(store, here.secret, NOW) is None
    assert session_of(store, ana.secret, NOW) is not None


def test_one_ends_ones_own_sessions_only(store: Store, ana: NewSession) -> None:
    bo, here = join(store), enter(store)

    end_session(store, bo.session.person, ana.session.id, origin())
    end_session(store, bo.session.person, "session_unknown", origin())
    assert session_of(store, ana.secret, NOW) is not None
    end_session(store, ana.session.person, ana.session.id, origin())

    assert session_of(store, ana.secret, NOW) is None
    assert session_of(store, here.secret, NOW) is not None
    assert session_of(store, bo.secret, NOW) is not None


def test_the_sessions_of_somebody_are_theirs_the_one_used_last_first(
    store: Store, ana: NewSession
) -> None:
    bo = join(store)
    second = enter(store, at=NOW + SECOND)
    session_of(store, ana.secret, NOW + MINUTE)

    found = sessions_of(store, ana.session.person.id, NOW + MINUTE)

    assert [one.id for one in found] == [ana.session.id, second.session.id]
    assert {one.csrf for one in found} == {""}
    assert [one.id for one in sessions_of(store, bo.session.person.id, NOW)] == [bo.session.id]
    assert sessions_of(store, "user_unknown", NOW) == []


def test_what_a_browser_calls_itself_is_cut_and_can_be_shown(store: Store) -> None:
    found_admin(store)
    new = sign_in(store, ANA, PASSWORD, f"Fire\0fox\n\x1b[31m{'x' * 500}", origin())
    assert new.session.agent == f"Firefox[31m{'x' * 189}"
    assert len(new.session.agent) == 200
    assert session_of(store, new.secret, NOW) == new.session


def test_a_new_password_ends_all_other_sessions(
    store: Store, ana: NewSession, database_url: str
) -> None:
    here = enter(store)
    reset = reset_link(store, ana.session.person.id, origin())

    change_password(store, here.session, PASSWORD, OTHER, later(hours=1))

    assert session_of(store, here.secret, NOW) == here.session
    assert session_of(store, ana.secret, NOW) is None
    with pytest.raises(SignInFailed):
        enter(store)
    assert enter(store, password=OTHER).session.person == ana.session.person
    with pytest.raises(Exception, match="works no more"):
        link_of(store, reset, NOW)
    told = rows(database_url, "SELECT action, new_values FROM history ORDER BY number")
    assert told[-1] == ("password_changed", "{}")


def test_a_password_is_changed_by_who_knows_it_and_to_a_good_one(
    store: Store, ana: NewSession, database_url: str
) -> None:
    before = everything(database_url)
    with pytest.raises(SignInFailed):
        change_password(store, ana.session, OTHER, "four red foxes run", origin())
    with pytest.raises(WeakPassword):
        change_password(store, ana.session, PASSWORD, "Ana Ruiz 2026", origin())
    assert everything(database_url) == before


def test_of_two_who_change_a_password_at_once_one_does(store: Store, ana: NewSession) -> None:
    def change(new: str) -> bool:
        try:
            change_password(store, ana.session, PASSWORD, new, origin())
        except SignInFailed:
            return False
        return True

    jobs: list[Callable[[], bool]] = [lambda: change("five red foxes"), lambda: change(OTHER)]
    done = within(lambda: at_once(jobs))

    assert sorted(done) == [False, True]
    enter(store, password="five red foxes" if done[0] else OTHER)


@pytest.mark.usefixtures("ana")
def test_signing_in_renews_a_hash_made_with_less_work(store: Store, database_url: str) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    run(database_url, "UPDATE users SET password_hash = :weak", weak=weak)
    with pytest.raises(SignInFailed):
        enter(store, password=OTHER)
    assert rows(database_url, "SELECT password_hash FROM users") == [(weak,)]

    enter(store)

    ((kept,),) = rows(database_url, "SELECT password_hash FROM users")
    assert not is_outdated(kept)
    enter(store)
    assert rows(database_url, "SELECT password_hash FROM users") == [(kept,)]


def test_who_loses_the_role_while_signing_in_does_not_get_in(
    store: Store, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    found_admin(store)
    bo = join(store)
    write = Store.write_accounts

    def meanwhile(self: Store, work: Callable[..., object]) -> object:
        monkeypatch.setattr(Store, "write_accounts", write)
        set_role(self, bo.session.person.id, None, origin())
        return write(self, work)

    monkeypatch.setattr(Store, "write_accounts", meanwhile)
    with pytest.raises(SignInFailed):
        enter(store, BO)
    assert count(database_url, "sessions") == 1


def test_the_text_of_a_secret_is_in_no_file(sqlite_url: str, tmp_path: Path) -> None:
    """Neither in the database nor in its log: what was written once can be read there."""
    with closing(Store(sqlite_url, system_clock)) as store:
        ana = found_admin(store)
        _, invitation = invite(store, "Bo", BO, Role.MEMBER, origin())
        files = b"".join(file.read_bytes() for file in tmp_path.glob("customcrm.db*"))

    for kept in (ana.secret, invitation):
        assert digest_of(kept).encode() in files
    for secret in (ana.secret, ana.session.csrf, invitation, PASSWORD):
        assert secret.encode() not in files
