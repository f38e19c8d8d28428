"""One-time links: the first admin, invitations, resets."""

from datetime import timedelta
from functools import partial

import pytest

from customcrm.contract.users import User
from customcrm.errors import (
    EmailTaken,
    InvalidRequest,
    LinkExpired,
    SignInFailed,
    UserNotFound,
    WeakPassword,
)
from customcrm.operations.accounts.links import (
    Link,
    accept,
    first_link,
    invite,
    link_of,
    reset_link,
)
from customcrm.operations.accounts.members import list_people, set_role
from customcrm.operations.accounts.people import Role
from customcrm.operations.accounts.ports import Purpose
from customcrm.operations.accounts.sessions import session_of, sessions_of
from customcrm.operations.users import add_user, list_users, remove_user
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
    use,
)
from tests.integration.store.sql import everything, rows
from tests.integration.store.world import NOW, at_once, origin, within

# The first link


def test_the_first_link_makes_an_admin_who_is_signed_in(store: Store) -> None:
    secret = first_link(store, origin()) or ""
    assert link_of(store, secret, NOW) == Link(Purpose.FIRST, None)

    new = accept(
        store, secret, " Ana Ruiz ", "ANA@Example.com", PASSWORD, "Europe/Madrid", AGENT, origin()
    )

    person = new.session.person
    assert (person.name, person.email) == ("Ana Ruiz", ANA)
    assert (person.role, person.zone, person.invited) == (Role.ADMIN, "Europe/Madrid", False)
    assert session_of(store, new.secret, NOW) == new.session
    assert list_people(store) == [person]
    assert list_users(store) == [User(person.id, "Ana Ruiz", ANA)]
    assert enter(store).session.person == person


def test_there_is_no_first_link_once_an_admin_can_sign_in(store: Store) -> None:
    invite(store, "Bo", BO, Role.ADMIN, origin())  # who cannot sign in yet
    old = first_link(store, origin())
    assert old
    found_admin(store)

    assert first_link(store, origin()) is None
    for secret in (old, "", "nonsense", "\udcff", "x" * 100_000):
        with pytest.raises(LinkExpired):
            link_of(store, secret, NOW)


def test_a_new_first_link_replaces_the_one_before(store: Store) -> None:
    old, new = first_link(store, origin()) or "", first_link(store, origin()) or ""

    with pytest.raises(LinkExpired):
        use(store, old, ANA, name="Ana")
    assert use(store, new, ANA, name="Ana").session.person.role is Role.ADMIN


def test_a_first_link_is_worth_nothing_when_an_admin_came_in_another_way(store: Store) -> None:
    first = first_link(store, origin()) or ""
    join(store, BO, Role.ADMIN)

    with pytest.raises(LinkExpired):
        link_of(store, first, NOW)
    with pytest.raises(LinkExpired):
        use(store, first, ANA, name="Ana")


def test_the_first_link_promotes_the_user_that_has_the_email(store: Store) -> None:
    owner = add_user(store, "Ana R.", ANA, origin())

    person = found_admin(store, "Ana@EXAMPLE.com").session.person

    assert (person.id, person.name, person.role) == (owner.id, "Ana Ruiz", Role.ADMIN)
    assert list_people(store) == [person]


# Invitations


def test_an_invitation_lets_somebody_in_by_the_email_that_was_invited(store: Store) -> None:
    person, secret = invite(store, "Bo Lee", "BO@example.com", Role.MEMBER, origin())
    assert (person.email, person.role, person.invited) == (BO, Role.MEMBER, True)
    assert link_of(store, secret, NOW) == Link(Purpose.INVITATION, person)
    with pytest.raises(SignInFailed):
        enter(store, BO)

    new = accept(store, secret, "Bo", "x@example.com", PASSWORD, "Asia/Tokyo", AGENT, origin())

    assert new.session.person == person._replace(name="Bo", zone="Asia/Tokyo", invited=False)
    assert enter(store, BO).session.person == new.session.person
    with pytest.raises(SignInFailed):
        enter(store, "x@example.com")


def test_inviting_again_replaces_the_link(store: Store) -> None:
    first, old = invite(store, "Bo", BO, Role.MEMBER, origin())
    again, new = invite(store, "Bo Lee", BO, Role.ADMIN, origin())

    assert again == first._replace(name="Bo Lee", role=Role.ADMIN)
    with pytest.raises(LinkExpired):
        use(store, old)
    assert use(store, new).session.person == again._replace(invited=False)


def test_who_signs_in_already_cannot_be_invited(store: Store, database_url: str) -> None:
    join(store, BO)
    before = everything(database_url)

    with pytest.raises(EmailTaken, match=BO):
        invite(store, "Bo", "bo@EXAMPLE.com", Role.ADMIN, origin())

    assert everything(database_url) == before


def test_an_owner_of_records_can_be_invited(store: Store) -> None:
    owner = add_user(store, "Bo Lee", BO, origin())

    person, secret = invite(store, "Bo Lee", BO, Role.MEMBER, origin())

    assert person.id == owner.id
    assert use(store, secret).session.person.id == owner.id


@pytest.mark.parametrize("email", ["", "bo", "bo@", "@example.com", "b o@example.com", "x" * 300])
def test_what_is_no_email_is_refused(store: Store, email: str) -> None:
    with pytest.raises(InvalidRequest, match="email"):
        invite(store, "Bo", email, Role.MEMBER, origin())
    assert list_people(store) == []


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "two\nlines", "nul\0", "half \ud800"])
def test_what_is_no_name_is_refused(store: Store, name: str) -> None:
    with pytest.raises(InvalidRequest, match="name"):
        invite(store, name, BO, Role.MEMBER, origin())
    assert list_people(store) == []


def test_an_invitation_ends_with_the_role_or_the_user(store: Store) -> None:
    person, first = invite(store, "Bo", BO, Role.MEMBER, origin())
    set_role(store, person.id, None, origin())
    with pytest.raises(LinkExpired):
        use(store, first)

    person, second = invite(store, "Bo", BO, Role.MEMBER, origin())
    remove_user(store, person.id, origin())
    with pytest.raises(LinkExpired):
        use(store, second)


# Resets


def test_a_reset_sets_the_password_and_ends_all_sessions(store: Store) -> None:
    ana, elsewhere = found_admin(store), enter(store)
    secret = reset_link(store, ana.session.person.id, later(hours=1))
    assert enter(store).session.person == ana.session.person  # the old one works until then

    new = use(store, secret, "x@example.com", OTHER, later(hours=2).clock(), name="Somebody")

    assert new.session.person == ana.session.person
    assert [one.id for one in sessions_of(store, ana.session.person.id, NOW)] == [new.session.id]
    for old in (ana, elsewhere):
        assert session_of(store, old.secret, NOW) is None
    with pytest.raises(SignInFailed):
        enter(store)
    enter(store, password=OTHER)


def test_a_reset_for_who_has_no_password_yet_is_an_invitation(store: Store) -> None:
    person, old = invite(store, "Bo", BO, Role.MEMBER, origin())
    secret = reset_link(store, person.id, origin())

    assert link_of(store, secret, NOW).purpose is Purpose.INVITATION
    with pytest.raises(LinkExpired):
        link_of(store, old, NOW)


def test_there_is_no_reset_for_who_cannot_sign_in(store: Store) -> None:
    owner = add_user(store, "Zed", None, origin())
    with pytest.raises(UserNotFound, match="role"):
        reset_link(store, owner.id, origin())
    set_role(store, owner.id, Role.MEMBER, origin())
    with pytest.raises(UserNotFound, match="email"):
        reset_link(store, owner.id, origin())
    with pytest.raises(UserNotFound, match="user_unknown"):
        reset_link(store, "user_unknown", origin())


# All of them


def test_each_link_has_its_time(store: Store) -> None:
    second = timedelta(seconds=1)
    first = first_link(store, origin()) or ""
    person, invited = invite(store, "Bo", BO, Role.ADMIN, origin())
    for secret, life in ((first, timedelta(hours=24)), (invited, timedelta(days=7))):
        assert link_of(store, secret, NOW + life - second)
        with pytest.raises(LinkExpired):
            link_of(store, secret, NOW + life)
        with pytest.raises(LinkExpired):
            use(store, secret, ANA, at=NOW + life, name="Ana")
    use(store, invited, at=NOW + timedelta(days=7) - second)
    reset = reset_link(store, person.id, origin())
    assert link_of(store, reset, NOW + timedelta(hours=24) - second)
    with pytest.raises(LinkExpired):
        link_of(store, reset, NOW + timedelta(hours=24))


def test_looking_at_a_link_does_not_use_it_up_and_nor_does_a_mistake(store: Store) -> None:
    _, secret = invite(store, "Bo", BO, Role.MEMBER, origin())
    for _ in range(3):
        link_of(store, secret, NOW)
    with pytest.raises(WeakPassword):
        use(store, secret, password="short")
    with pytest.raises(InvalidRequest, match="zone"):
        accept(store, secret, "Bo", "", PASSWORD, "Mars/Base", AGENT, origin())

    use(store, secret)

    with pytest.raises(LinkExpired):
        use(store, secret)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_of_many_at_once_who_use_a_link_one_gets_in(store: Store, purpose: Purpose) -> None:
    person, secret = invite(store, "Bo", BO, Role.MEMBER, origin())
    if purpose is Purpose.RESET:
        use(store, secret)
        secret = reset_link(store, person.id, origin())
    if purpose is Purpose.FIRST:
        secret = first_link(store, origin()) or ""

    def one(number: int) -> str:
        try:
            new = use(store, secret, ANA, f"{PASSWORD} {number}", name="Ana")
        except LinkExpired:
            return ""
        return new.secret

    secrets = within(lambda: at_once([partial(one, number) for number in range(8)]))

    (winner,) = [each for each in secrets if each]
    found = session_of(store, winner, NOW)
    assert found is not None
    assert len(list_people(store)) == (2 if purpose is Purpose.FIRST else 1)
    number = secrets.index(winner)
    assert found.person.email
    enter(store, found.person.email, f"{PASSWORD} {number}")


def test_the_secrets_are_nowhere_in_the_database(store: Store, database_url: str) -> None:
    ana = found_admin(store)
    person, invitation = invite(store, "Bo", BO, Role.MEMBER, origin())
    bo = use(store, invitation)
    reset = reset_link(store, person.id, origin())

    kept = str(everything(database_url))

    assert ana.session.id in kept
    for secret in (ana.secret, bo.secret, invitation, reset, ana.session.csrf, PASSWORD):
        assert secret not in kept


def test_making_a_link_is_in_the_history_without_the_link(store: Store, database_url: str) -> None:
    person, _ = invite(store, "Bo", BO, Role.MEMBER, origin(actor="user:ana"))

    told = rows(
        database_url,
        "SELECT actor, action, old_values, new_values FROM history WHERE record_id = :who"
        " ORDER BY number",
        who=person.id,
    )

    assert told == [
        ("user:ana", "create", "{}", '{"name":"Bo","email":"bo@example.com","role":"member"}'),
        ("user:ana", "link_created", "{}", '{"purpose":"invitation"}'),
    ]
