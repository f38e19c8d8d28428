"""Accounts in a database that was there before them, and how they are found in it."""

import re
from contextlib import closing

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from customcrm.clock import system_clock
from customcrm.contract.users import User
from customcrm.errors import EmailTaken
from customcrm.operations.accounts.links import invite, link_of, reset_link
from customcrm.operations.accounts.members import list_people
from customcrm.operations.accounts.people import Role
from customcrm.operations.accounts.sessions import session_of, sessions_of, sign_out
from customcrm.operations.users import add_user, list_users
from customcrm.store.backend import Store
from customcrm.store.columns import microseconds
from customcrm.store.schema import _config
from tests.integration.store.accounts import ANA, BO, enter, found_admin, join, use
from tests.integration.store.driver import Driver
from tests.integration.store.sql import connected, rows, run
from tests.integration.store.world import NOW, origin

OLD = [
    # id, name, email, created_at, removed_at
    ("u1", "Ana", "Ana@Example.com", 20, None),
    ("u2", "Ana too", "ana@example.com", 30, None),
    ("u3", "Ana before", "ANA@EXAMPLE.COM", 10, 15),
    ("u4", "Bo", " bo@example.com ", 10, None),
    ("u5", "Bo as well", "bo@example.com", 20, None),
    ("u6", "No email", None, 10, None),
    ("u7", "Nonsense", "call me", 10, None),
    ("u8", "Nothing", "", 10, None),
]


def before_accounts(url: str) -> None:
    """A database as it was, with users in it."""
    with connected(url) as connection:
        command.upgrade(_config(connection), "0001")
    for user_id, name, email, created, removed in OLD:
        run(
            url,
            "INSERT INTO users (id, name, email, created_at, removed_at)"
            " VALUES (:i, :n, :e, :c, :r)",
            i=user_id,
            n=name,
            e=email,
            c=created,
            r=removed,
        )


def test_users_of_before_are_all_there_and_the_oldest_has_the_email(database_url: str) -> None:
    before_accounts(database_url)

    with closing(Store(database_url, system_clock)) as store:
        assert store.migrated is True
        people = {person.id: person for person in list_people(store)}
        assert {i: person.email for i, person in people.items()} == {
            "u1": ANA,
            "u2": None,
            "u4": BO,
            "u5": None,
            "u6": None,
            "u7": None,
            "u8": None,
        }
        assert {(p.role, p.zone, p.invited) for p in people.values()} == {(None, "UTC", True)}
        # To Enginy they are who they were.
        assert list_users(store) == sorted(
            (User(i, name, email) for i, name, email, _, removed in OLD if not removed),
            key=lambda user: (user.name, user.id),
        )
        assert found_admin(store).session.person.id == "u1"
        with pytest.raises(EmailTaken):
            add_user(store, "Bo", BO, origin())
    assert len(rows(database_url, "SELECT id FROM users")) == len(OLD)


def test_the_database_itself_lets_no_two_living_users_have_one_email(
    store: Store, database_url: str
) -> None:
    add_user(store, "Ana", ANA, origin())
    same = "INSERT INTO users (id, name, created_at, sign_in_email) VALUES ('x', 'X', 1, :email)"
    with pytest.raises(IntegrityError):
        run(database_url, same, email=ANA)
    run(database_url, same, email=BO)


STOCK = 5_000
START = microseconds(NOW)


def test_no_way_in_takes_longer_the_more_sessions_and_links_there_are(
    driver: Driver, store: Store, database_url: str
) -> None:
    found_admin(store)
    _stock(database_url)
    driver.clear()

    bo, invitation = invite(store, "Bo", BO, Role.MEMBER, origin())
    link_of(store, invitation, NOW)
    use(store, invitation)
    reset_link(store, bo.id, origin())
    join(store, "cy@example.com")
    new = enter(store, BO)
    session_of(store, new.secret, NOW.replace(minute=50))
    sessions_of(store, bo.id, NOW)
    sign_out(store, new.session, origin())

    prefix = "EXPLAIN QUERY PLAN" if database_url.startswith("sqlite") else "EXPLAIN"
    given = {one.text: one for one in driver.data if re.search("sessions|links", one.text)}
    with connected(database_url) as connection:
        plans = [
            str(row[-1])
            for statement, one in given.items()
            for row in connection.exec_driver_sql(f"{prefix} {statement}", one.parameters)
        ]
    assert [line for line in plans if re.search(r"(SCAN|Seq Scan on) (sessions|links)", line)] == []
    assert len(given) > 8
    used = set(re.findall(r"(?:ix|uq|pk|autoindex)_\w+", " ".join(plans)))
    assert {"ix_sessions_user_id", "ix_sessions_seen_at", "ix_links_user_id"} <= used


def _stock(url: str) -> None:
    """Sessions and links of many others, on file."""
    owners = [{"id": f"o{n}"} for n in range(STOCK // 10)]
    held = [{"n": f"{n}", "owner": f"o{n % len(owners)}", "now": START} for n in range(STOCK)]
    with connected(url) as connection:
        connection.execute(
            text("INSERT INTO users (id, name, created_at) VALUES (:id, 'O', 1)"), owners
        )
        connection.execute(
            text("INSERT INTO sessions VALUES (:n, :n, :owner, :now, :now, '')"), held
        )
        connection.execute(
            text(
                "INSERT INTO links (digest, purpose, user_id, created_by, created_at, expires_at)"
                " VALUES (:n, 'reset', :owner, 'cli', :now, :now)"
            ),
            held,
        )
        connection.exec_driver_sql("ANALYZE")
