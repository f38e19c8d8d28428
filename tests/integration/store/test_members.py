"""Who is here, and what they may do."""

from collections.abc import Callable
from functools import partial

import pytest

from customcrm.contract.activities import CreateActivity
from customcrm.contract.tasks import CreateTask
from customcrm.contract.users import User
from customcrm.crm.records import Kind
from customcrm.errors import (
    EmailTaken,
    InvalidRequest,
    LastAdmin,
    LinkExpired,
    SignInFailed,
    UserNotFound,
)
from customcrm.operations.accounts.links import invite, link_of, reset_link
from customcrm.operations.accounts.members import (
    change_profile,
    find_person,
    list_people,
    remove_person,
    set_role,
)
from customcrm.operations.accounts.people import Role
from customcrm.operations.accounts.sessions import session_of
from customcrm.operations.browsing.owners import OwnerDirectory
from customcrm.operations.tasks import create_task
from customcrm.operations.users import add_user, list_users, remove_user
from customcrm.store.backend import Store
from tests.integration.store.accounts import ANA, BO, enter, found_admin, join
from tests.integration.store.sql import count, everything, rows
from tests.integration.store.world import NOW, at_once, create, logged, origin, request, within

UNKNOWN = "user_unknown"


def test_people_come_by_name_with_what_they_may_do(store: Store) -> None:
    zed = add_user(store, "Zed", None, origin())
    ana = found_admin(store).session.person
    bo, _ = invite(store, "Bo", BO, Role.MEMBER, origin())

    assert [(p.id, p.email, p.role, p.invited) for p in list_people(store)] == [
        (ana.id, ANA, Role.ADMIN, False),
        (bo.id, BO, Role.MEMBER, True),
        (zed.id, None, None, True),
    ]
    assert {person.created_at for person in list_people(store)} == {NOW}
    assert {person.zone for person in list_people(store)} == {"UTC"}


def test_a_person_is_found_by_any_spelling_of_their_email(store: Store) -> None:
    ana = found_admin(store).session.person
    assert find_person(store, " Ana@EXAMPLE.com") == ana
    with pytest.raises(UserNotFound, match=BO):
        find_person(store, BO)
    with pytest.raises(InvalidRequest, match="email"):
        find_person(store, "Ana")


# Emails


def test_no_two_users_have_one_email_however_it_is_written(store: Store, database_url: str) -> None:
    ana = add_user(store, "Ana", "ana@example.com", origin())
    for same in ("ana@example.com", "ANA@Example.com", " ana@example.com "):
        with pytest.raises(EmailTaken, match=ANA):
            add_user(store, "Other", same, origin())
    assert list_users(store) == [ana]
    for name in ("Zed", "Yan"):  # no email is nobody's
        add_user(store, name, None, origin())
    assert count(database_url, "users") == 3


def test_of_many_who_take_an_email_at_once_one_gets_it(store: Store) -> None:
    def one(number: int) -> bool:
        try:
            if number % 2:
                add_user(store, f"Ana {number}", ANA, origin())
            else:
                invite(store, f"Ana {number}", ANA, Role.MEMBER, origin())
        except EmailTaken:
            return False
        return True

    within(lambda: at_once([partial(one, number) for number in range(8)]))

    assert [person.email for person in list_people(store)] == [ANA]


def test_the_email_of_who_is_removed_is_free(store: Store) -> None:
    old = add_user(store, "Ana", ANA, origin())
    remove_user(store, old.id, origin())

    new = add_user(store, "Ana", ANA, origin())

    assert new.id != old.id
    assert list_users(store) == [User(new.id, "Ana", ANA)]


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("", ANA),
        ("x" * 201, ANA),
        ("Ana", "no email"),
        ("\u200b", ANA),
        ("\u3164", ANA),
        ("\u0301", ANA),
    ],
)
def test_a_user_needs_a_name_and_an_email_that_is_one(store: Store, name: str, email: str) -> None:
    with pytest.raises(InvalidRequest):
        add_user(store, name, email, origin())
    assert list_users(store) == []


# Roles


def test_a_role_can_change_and_the_sessions_go_on(store: Store) -> None:
    found_admin(store)
    bo = join(store)

    changed = set_role(store, bo.session.person.id, Role.ADMIN, origin())

    assert changed == bo.session.person._replace(role=Role.ADMIN)
    found = session_of(store, bo.secret, NOW)
    assert found is not None
    assert found.person == changed


@pytest.mark.parametrize("way", [lambda s, i: set_role(s, i, None, origin()), None])
def test_who_has_no_role_any_more_cannot_get_in_and_owns_what_they_own(
    store: Store, database_url: str, way: Callable[[Store, str], object] | None
) -> None:
    found_admin(store)
    bo = join(store)
    who = bo.session.person.id
    reset = reset_link(store, who, origin())

    way(store, who) if way else remove_person(store, who, origin())

    assert session_of(store, bo.secret, NOW) is None
    with pytest.raises(SignInFailed):
        enter(store, BO)
    with pytest.raises(LinkExpired):
        link_of(store, reset, NOW)
    assert User(who, "Bo Lee", BO) in list_users(store)
    assert rows(database_url, "SELECT role, password_hash FROM users WHERE id = :i", i=who) == [
        (None, None)
    ]
    # A role alone does not bring the old password back.
    set_role(store, who, Role.MEMBER, origin())
    with pytest.raises(SignInFailed):
        enter(store, BO)


def test_a_removed_user_cannot_get_in(store: Store, database_url: str) -> None:
    found_admin(store)
    bo = join(store)

    remove_user(store, bo.session.person.id, origin())

    assert session_of(store, bo.secret, NOW) is None
    with pytest.raises(SignInFailed):
        enter(store, BO)
    assert len(list_people(store)) == 1
    assert count(database_url, "users") == 2


def test_everyone_is_who_is_here_and_who_left(store: Store) -> None:
    here = add_user(store, "Zed", None, origin())
    gone = add_user(store, "Ana", ANA, origin())
    remove_user(store, gone.id, origin())

    found = OwnerDirectory(store, store.catalogue).everyone()

    assert [(p.id, p.name, p.left) for p in found] == [
        (gone.id, "Ana", True),
        (here.id, "Zed", False),
    ]


@pytest.mark.parametrize("noun", ["contact", "company", "open task", "done task", "activity"])
def test_who_left_owns_something_of_any_noun(store: Store, noun: str) -> None:
    owner = add_user(store, "Ana", None, origin()).id
    remove_user(store, owner, origin())
    assert not OwnerDirectory(store, store.catalogue).still_owns(owner)

    record = {"externalId": "1", "ownerId": owner}
    match noun:
        case "contact" | "company":
            create(store, record, kind=Kind(noun))
            store.project_pending()
        case "activity":
            logged(store, CreateActivity(type="EMAIL", owner_id=owner), {})
        case _:
            asked = CreateTask(subject="S", owner_id=owner, completed=noun == "done task")
            create_task(store, asked, {}, request(), origin())

    assert OwnerDirectory(store, store.catalogue).still_owns(owner)
    assert not OwnerDirectory(store, store.catalogue).still_owns("user_of_nobody")


@pytest.mark.parametrize(
    "leave",
    [
        lambda store, who: set_role(store, who, Role.MEMBER, origin()),
        lambda store, who: set_role(store, who, None, origin()),
        lambda store, who: remove_person(store, who, origin()),
        lambda store, who: remove_user(store, who, origin()),
    ],
    ids=["demote", "end the role", "remove", "remove the user"],
)
def test_the_last_admin_who_can_sign_in_stays(
    store: Store, database_url: str, leave: Callable[[Store, str], object]
) -> None:
    ana = found_admin(store).session.person
    join(store)
    invite(store, "Cy", "cy@example.com", Role.ADMIN, origin())  # who has no password yet
    before = everything(database_url)

    with pytest.raises(LastAdmin):
        leave(store, ana.id)

    assert everything(database_url) == before
    join(store, "di@example.com", Role.ADMIN)
    leave(store, ana.id)
    assert [p.email for p in list_people(store) if p.role is Role.ADMIN and not p.invited] == [
        "di@example.com"
    ]


def test_an_admin_may_stay_one(store: Store) -> None:
    ana = found_admin(store).session.person
    assert set_role(store, ana.id, Role.ADMIN, origin()) == ana


def test_an_invited_admin_may_go_while_nobody_can_sign_in(store: Store) -> None:
    person, _ = invite(store, "Cy", "cy@example.com", Role.ADMIN, origin())
    remove_person(store, person.id, origin())
    assert [p.role for p in list_people(store)] == [None]


def test_of_all_admins_who_leave_at_once_one_stays(store: Store) -> None:
    admins = [found_admin(store), *(join(store, f"{n}@example.com", Role.ADMIN) for n in range(4))]

    def leave(who: str, role: Role | None) -> bool:
        try:
            set_role(store, who, role, origin())
        except LastAdmin:
            return False
        return True

    jobs = [
        partial(leave, new.session.person.id, Role.MEMBER if number % 2 else None)
        for number, new in enumerate(admins)
    ]
    left = within(lambda: at_once(jobs))

    assert sorted(left) == [False, True, True, True, True]
    assert [p.role for p in list_people(store)].count(Role.ADMIN) == 1


# Profiles


def test_a_profile_can_change(store: Store) -> None:
    ana = found_admin(store)

    changed = change_profile(
        store, ana.session.person.id, "  Ana María Ruiz ", "America/Bogota", origin()
    )

    assert changed == ana.session.person._replace(name="Ana María Ruiz", zone="America/Bogota")
    found = session_of(store, ana.secret, NOW)
    assert found is not None
    assert found.person == changed


@pytest.mark.parametrize("zone", ["", "Mars/Base", "europe/madrid", "../etc/passwd", "UTC+2", "\0"])
def test_a_zone_that_the_iana_does_not_know_is_refused(store: Store, zone: str) -> None:
    ana = found_admin(store).session.person
    with pytest.raises(InvalidRequest, match="zone"):
        change_profile(store, ana.id, "Ana", zone, origin())
    assert list_people(store) == [ana]


def test_whoever_is_unknown_cannot_be_changed(store: Store) -> None:
    gone = add_user(store, "Ana", ANA, origin())
    remove_user(store, gone.id, origin())
    for who in (UNKNOWN, gone.id):
        for change in (
            lambda who: set_role(store, who, Role.ADMIN, origin()),
            lambda who: change_profile(store, who, "A", "UTC", origin()),
            lambda who: remove_person(store, who, origin()),
            lambda who: remove_user(store, who, origin()),
        ):
            with pytest.raises(UserNotFound, match=who):
                change(who)


def test_what_changes_is_in_the_history_and_what_does_not_is_not(
    store: Store, database_url: str
) -> None:
    bo, _ = invite(store, "Bo", BO, Role.MEMBER, origin())
    for _ in range(2):
        set_role(store, bo.id, Role.ADMIN, origin(actor="user:ana"))
        change_profile(store, bo.id, "Bo Lee", "Asia/Tokyo", origin(actor=f"user:{bo.id}"))
    set_role(store, bo.id, None, origin(actor="cli"))

    told = rows(
        database_url,
        "SELECT actor, action, old_values, new_values FROM history"
        " WHERE action = 'update' ORDER BY number",
    )

    assert told == [
        ("user:ana", "update", '{"role":"member"}', '{"role":"admin"}'),
        (
            f"user:{bo.id}",
            "update",
            '{"name":"Bo","zone":"UTC"}',
            '{"name":"Bo Lee","zone":"Asia/Tokyo"}',
        ),
        ("cli", "update", '{"role":"admin"}', '{"role":null}'),
    ]
