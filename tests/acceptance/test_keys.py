"""Keys: the first one, which the server makes up itself, and those that people make."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.acceptance.administration import SOON, administer, answers, contents, id_of, keys_in
from tests.acceptance.server import KEY, Server, eventually, run_command, running_server


@pytest.fixture
def own_server(database_url: str) -> Iterator[Server]:
    """A server that a test can stop, and that runs on the key it made up itself."""
    with running_server(database_url, key=None) as server:
        found = keys_in(server, server.output)
        assert len(found) == 1, f"{len(found)} keys in: {server.output}"
        server.key = found[0]
        yield server


def second_key(server: Server) -> str:
    """A key that was made while the server ran."""
    created = administer(server, "keys", "create", "--name", "second")
    found: list[str] = []

    def works() -> bool:
        found[:] = keys_in(server, created)
        return bool(found)

    assert eventually(works, within=SOON), f"no key works in: {created}"
    (key,) = found
    assert key != server.key
    return key


def test_the_first_key_is_printed_once_and_works_for_good_and_no_other_does(
    own_server: Server,
) -> None:
    key = own_server.key or ""
    assert own_server.output.count(key) == 1
    for wrong in (None, "", key[:-1], f"{key}x", KEY):
        assert answers(own_server, wrong) == httpx.codes.UNAUTHORIZED
    assert own_server.stop() == 0
    own_server.start()
    assert answers(own_server, key) == httpx.codes.OK
    assert key not in own_server.output


def test_the_first_key_is_not_in_the_database(own_server: Server) -> None:
    key = own_server.key or ""
    assert answers(own_server, key) == httpx.codes.OK
    own_server.stop()
    held = contents(own_server.database_url)
    assert len(held) > 0
    assert key not in held


def test_a_key_of_the_environment_is_neither_printed_nor_stored(database_url: str) -> None:
    with running_server(database_url) as server:
        assert answers(server, KEY) == httpx.codes.OK
        server.stop()
        assert KEY not in server.output
        assert KEY not in contents(database_url)


def test_a_second_key_is_made_listed_and_revoked_while_the_server_runs(own_server: Server) -> None:
    second = second_key(own_server)
    listed = administer(own_server, "keys", "list")
    assert second not in listed
    assert own_server.key
    assert own_server.key not in listed
    administer(own_server, "keys", "revoke", id_of("second", listed))
    assert eventually(lambda: answers(own_server, second) == httpx.codes.UNAUTHORIZED, within=SOON)
    assert answers(own_server, own_server.key) == httpx.codes.OK
    assert second not in own_server.output
    assert second not in contents(own_server.database_url)
    # And it stays revoked, while the other one stays good.
    own_server.stop()
    own_server.start()
    assert answers(own_server, second) == httpx.codes.UNAUTHORIZED
    assert answers(own_server, own_server.key) == httpx.codes.OK


def test_revoking_a_key_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with running_server(f"sqlite:///{tmp_path}/customcrm.db") as server:
        settings = {"CUSTOMCRM_DATABASE_URL": server.database_url}
        done = run_command("keys", "revoke", "nonsense", settings=settings)
        assert done.returncode != 0
        assert "nonsense" in done.stderr
        assert "Traceback" not in done.stderr
