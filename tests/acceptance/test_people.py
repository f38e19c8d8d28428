"""People: who lets whom sign in, from the command line and by what `serve` prints."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import httpx
import pytest

from customcrm.clock import new_id, system_clock
from customcrm.operations.accounts.links import accept, link_of
from customcrm.operations.accounts.people import NewSession
from customcrm.operations.accounts.ports import Purpose
from customcrm.operations.accounts.sessions import sign_in
from customcrm.operations.ports import Origin
from customcrm.store.backend import Store
from tests.acceptance.administration import contents
from tests.acceptance.server import KEY, Server, run_command, running_server

LINK = re.compile(r"(\S+)/view/link/([\w-]{43})\b")
PASSWORD = "three blue words"
ORIGIN = Origin("visitor", system_clock, new_id)
ANA = "ana@example.com"


@contextmanager
def opened(url: str) -> Iterator[Store]:
    """The database beside the server, as a page would have it."""
    with closing(Store(url, system_clock)) as store:
        yield store


def run(url: str, *arguments: str, status: int = 0, **settings: str) -> tuple[str, str]:
    """Both streams of a command on a database."""
    done = run_command(*arguments, settings={"CUSTOMCRM_DATABASE_URL": url, **settings})
    assert done.returncode == status, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout, done.stderr


def link_in(text: str) -> tuple[str, str]:
    """The only link in a text: its base URL and its secret."""
    ((base, secret),) = LINK.findall(text)
    return base, secret


def follow(url: str, secret: str, email: str = ANA) -> NewSession:
    with opened(url) as store:
        return accept(store, secret, "Ana Ruiz", email, PASSWORD, "UTC", "", ORIGIN)


def listed(url: str) -> list[list[str]]:
    """The table of users: the words of each line but the id."""
    out, _ = run(url, "users", "list")
    return [re.split(r"\s{2,}", line.strip())[1:] for line in out.splitlines()[1:]]


# What `serve` prints


def test_the_first_start_prints_a_link_that_makes_the_first_admin(database_url: str) -> None:
    with running_server(database_url) as server:
        base, secret = link_in(server.output)
        assert base == server.url
        assert re.search(
            rf"^  Sign in     {re.escape(base)}/view/link/", server.stdout, re.MULTILINE
        )
        assert secret not in server.stderr
        new = follow(database_url, secret)
        assert new.session.person.role == "admin"
        server.stop()
        assert secret not in contents(database_url)
        server.start()
        assert "Sign in" not in server.output


def test_an_open_tab_does_not_keep_the_server_from_stopping(database_url: str) -> None:
    with running_server(database_url) as server:
        secret = follow(database_url, link_in(server.output)[1]).secret
        http = httpx.Client(base_url=server.url, trust_env=False, timeout=10)
        cookie = {"cookie": f"customcrm_session={secret}"}
        with http, http.stream("GET", "/view/live?page=home", headers=cookie) as stream:
            lines = stream.iter_lines()
            assert next(lines).startswith("retry:")
            began = time.monotonic()
            assert server.stop() == 0
            assert time.monotonic() - began < 5
            assert [line for line in lines if line] == []


def test_each_start_without_an_admin_prints_a_link_and_only_the_last_is_good(
    database_url: str,
) -> None:
    with running_server(database_url) as server:
        _, old = link_in(server.output)
        server.stop()
        server.start()
        _, new = link_in(server.output)
    assert old != new
    with opened(database_url) as store:
        with pytest.raises(Exception, match="works no more"):
            link_of(store, old, system_clock())
        assert link_of(store, new, system_clock()).purpose is Purpose.FIRST


def test_the_link_stands_under_the_public_url(database_url: str) -> None:
    settings = {"CUSTOMCRM_PUBLIC_URL": "https://crm.example.com/inside/"}
    with running_server(database_url, settings=settings) as server:
        base, _ = link_in(server.output)
    assert base == "https://crm.example.com/inside"


def test_no_secret_gets_into_the_log(database_url: str) -> None:
    with running_server(database_url) as server:
        _, secret = link_in(server.stdout)
        with server.client() as client:
            client.send("GET", f"/view/link/{secret}")
        server.stop()
        assert secret not in server.stderr
        logged = [json.loads(line) for line in server.stderr.splitlines()]
        assert any(line["event"] == "request" for line in logged)


# The command line


def test_users_with_a_role_get_a_link_that_lets_them_in(database_url: str) -> None:
    out, told = run(
        database_url, "users", "add", "Ana Ruiz", "--email", "Ana@Example.com", "--role", "admin"
    )
    base, secret = link_in(out)
    assert base == "http://127.0.0.1:3456"
    assert "not shown again" in told
    assert listed(database_url) == [["Ana Ruiz", ANA, "admin", "not yet"]]

    follow(database_url, secret)

    assert listed(database_url) == [["Ana Ruiz", ANA, "admin", "yes"]]
    with opened(database_url) as store:
        assert sign_in(store, ANA, PASSWORD, "", ORIGIN).session.person.name == "Ana Ruiz"
    assert secret not in contents(database_url)


def test_users_without_a_role_own_records_only(database_url: str) -> None:
    out, _ = run(database_url, "users", "add", "Zed", "--email", "zed@example.com")
    assert LINK.search(out) is None
    assert listed(database_url) == [["Zed", "zed@example.com"]]
    _, told = run(database_url, "users", "link", "zed@example.com", status=1)
    assert "no role" in told


def test_a_link_lets_in_again_who_has_forgotten_the_password(database_url: str) -> None:
    follow(
        database_url,
        link_in(run(database_url, "users", "add", "Ana", "--email", ANA, "--role", "admin")[0])[1],
    )

    out, told = run(
        database_url,
        "users",
        "link",
        "ANA@example.com",
        CUSTOMCRM_PUBLIC_URL="https://crm.example.com",
    )

    base, secret = link_in(out)
    assert base == "https://crm.example.com"
    assert "within a day" in told
    with opened(database_url) as store:
        assert link_of(store, secret, system_clock()).purpose is Purpose.RESET
    _, told = run(database_url, "users", "link", "nobody@example.com", status=1)
    assert "nobody@example.com" in told


def test_a_role_changes_but_not_the_last_admins(database_url: str) -> None:
    follow(
        database_url,
        link_in(run(database_url, "users", "add", "Ana", "--email", ANA, "--role", "admin")[0])[1],
    )
    run(database_url, "users", "add", "Zed", "--email", "zed@example.com")

    out, _ = run(database_url, "users", "role", "zed@example.com", "member")
    assert "users link zed@example.com" in out
    for role in ("member", "none"):
        _, told = run(database_url, "users", "role", ANA, role, status=1)
        assert "admin" in told

    run(database_url, "users", "role", "zed@example.com", "none")
    assert listed(database_url) == [["Ana Ruiz", ANA, "admin", "yes"], ["Zed", "zed@example.com"]]


@pytest.mark.parametrize(
    ("arguments", "status", "word"),
    [
        (["add", "Bo", "--email", ANA], 1, "here already"),
        (["add", "Bo", "--email", "nonsense"], 2, "email"),
        (["add", " ", "--email", "bo@example.com"], 2, "name"),
        (["add", "Bo", "--role", "admin"], 2, "--email"),
        (["add", "Bo", "--email", "bo@example.com", "--role", "boss"], 2, "admin, member"),
        (["role", ANA, "boss"], 2, "admin, member"),
        (["role", "nobody@example.com", "admin"], 1, "nobody@example.com"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, arguments: list[str], status: int, word: str
) -> None:
    url = f"sqlite:///{tmp_path_factory.mktemp('people')}/customcrm.db"
    run(url, "users", "add", "Ana", "--email", ANA)
    _, told = run(url, "users", *arguments, status=status)
    assert word in told


def test_a_running_server_heeds_the_roles_at_once(database_url: str) -> None:
    with running_server(database_url) as server:
        _, secret = link_in(server.output)
        follow(database_url, secret)
        run(database_url, "users", "add", "Bo", "--email", "bo@example.com", "--role", "member")
        assert offered(server) == {"Ana Ruiz", "Bo"}


def offered(server: Server) -> set[str]:
    """The names that Enginy gets as owners."""
    with server.client(KEY) as client:
        return {user["name"] for user in client.call("GET", "/users", status=200)}
