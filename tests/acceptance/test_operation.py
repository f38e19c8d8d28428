"""The server as its operator meets it: starts, stops, users, settings and logs."""

import json
import re
import socket
import sqlite3
import subprocess
import threading
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.acceptance.administration import SOON, administer, answers
from tests.acceptance.records import create, fresh, read, sync
from tests.acceptance.server import (
    KEY,
    Client,
    Server,
    eventually,
    run_command,
    running_server,
)
from tests.databases import running_postgresql


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/customcrm.db"


# Starting and stopping


def test_a_request_that_has_begun_when_the_server_is_told_to_stop_is_answered_and_stored(
    database_url: str,
) -> None:
    name = fresh()
    body = json.dumps({"contacts": [{"externalId": name}]}).encode()
    with running_server(database_url) as server:
        address = urlsplit(server.url)
        assert address.hostname is not None
        assert address.port is not None
        with socket.create_connection((address.hostname, address.port), timeout=20) as connection:
            head = (
                f"POST /contacts HTTP/1.1\r\nHost: {address.netloc}\r\nX-API-Key: {KEY}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            connection.sendall(head.encode() + body[:10])
            with server.client() as client:
                client.call("GET", "/health", status=200)
            server.process.terminate()
            assert eventually(lambda: refuses(address.hostname, address.port), within=10)
            connection.sendall(body[10:])
            answer = b"".join(iter(lambda: connection.recv(65_536), b""))
        assert answer.startswith(b"HTTP/1.1 201 ")
        assert name.encode() in answer
        assert server.process.wait(20) == 0
        server.start()
        with server.client() as client:
            assert set(sync(client, "contacts", {"externalId": name})) == {name}


def refuses(host: str | None, port: int | None) -> bool:
    try:
        with socket.create_connection((host or "", port or 0), timeout=1):
            return False
    except TimeoutError:
        return False
    except ConnectionError:
        return True


def test_everything_answered_before_the_server_stops_is_stored(database_url: str) -> None:
    run = fresh()
    answered: dict[str, str] = {}
    failures: list[str] = []
    enough = threading.Event()

    def write(server: Server, writer: int) -> None:
        with server.client() as client:
            for number in range(10_000):
                names = [f"{run}-{writer}-{number}-{one}" for one in range(20)]
                body = {"contacts": [{"externalId": name} for name in names]}
                try:
                    response = client.send("POST", "/contacts", body)
                except httpx.TransportError:
                    return
                if response.status_code != httpx.codes.CREATED:
                    failures.append(f"{response.status_code} {response.text[:300]}")
                    return
                results = response.json()["results"]
                answered.update({one["externalId"]: one["crmId"] for one in results})
                if number == 10:
                    enough.set()

    with running_server(database_url) as server:
        writers = [threading.Thread(target=write, args=(server, number)) for number in range(6)]
        for thread in writers:
            thread.start()
        assert enough.wait(30)
        assert server.stop() == 0
        for thread in writers:
            thread.join(30)
        server.start()
        with server.client() as client:
            found = sync(client, "contacts", *({"externalId": name} for name in answered))
    assert failures == []
    assert len(answered) >= 200
    assert {name: found.get(name) for name in answered} == answered


def test_records_are_there_after_a_restart(database_url: str) -> None:
    with running_server(database_url) as server:
        with server.client() as client:
            (crm_id,) = create(client, "contacts", {"externalId": fresh(), "título": "señora"})
            before = read(client, "contacts", [crm_id])
        assert server.stop() == 0
        assert "Traceback" not in server.output
        server.start()
        with server.client() as client:
            assert read(client, "contacts", [crm_id]) == before


def test_a_second_server_on_the_same_sqlite_file_says_so_and_ends(sqlite_url: str) -> None:
    with running_server(sqlite_url) as server:
        second = run_command(
            "serve", "--port", "0", "--database", sqlite_url, settings={"CUSTOMCRM_API_KEY": KEY}
        )
        assert second.returncode not in {0, -9, -15}
        assert "customcrm.db" in second.stderr
        assert len(second.stderr.strip().splitlines()) == 1
        assert not re.search("http://", second.stdout)
        assert answers(server, KEY) == httpx.codes.OK


def test_a_stopped_server_leaves_a_database_that_is_sound(sqlite_url: str) -> None:
    with running_server(sqlite_url) as server:
        with server.client() as client:
            create(client, "contacts", *({"externalId": fresh()} for _ in range(300)))
        server.stop()
    file = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    try:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    finally:
        file.close()


# Users


def test_a_user_is_added_and_removed_while_the_server_runs(database_url: str) -> None:
    with running_server(database_url) as server, server.client() as client:

        def users() -> list[dict[str, str]]:
            answer: list[dict[str, str]] = client.call("GET", "/users", status=200)
            return [user for user in answer if user["name"] == "Ana Ruiz"]

        assert users() == []
        administer(server, "users", "add", "Ana Ruiz", "--email", "ana@example.com")
        assert eventually(lambda: len(users()) == 1, within=SOON)
        (ana,) = users()
        assert ana == {"id": ana["id"], "name": "Ana Ruiz", "email": "ana@example.com"}
        assert re.fullmatch(r"[A-Za-z0-9._~-]+", ana["id"])
        administer(server, "users", "remove", ana["id"])
        assert eventually(lambda: users() == [], within=SOON)


# Settings


@pytest.mark.parametrize(
    ("name", "nonsense"),
    [
        ("CUSTOMCRM_PORT", "abc"),
        ("CUSTOMCRM_PORT", "70000"),
        ("CUSTOMCRM_NONSENSE", "1"),
        ("CUSTOMCRM_DATABASE_URL", "mysql://localhost/crm"),
        ("CUSTOMCRM_DATABASE_URL", "customcrm.db"),
        ("CUSTOMCRM_USERS_ENDPOINT", "perhaps"),
        ("CUSTOMCRM_API_KEY_HEADER", "X API Key:"),
    ],
)
def test_nonsense_in_a_setting_is_refused_at_start_with_a_sentence(
    name: str, nonsense: str
) -> None:
    try:
        done = run_command(
            "serve", settings={"CUSTOMCRM_API_KEY": KEY} | {name: nonsense}, limit=20
        )
    except subprocess.TimeoutExpired:
        pytest.fail(f"It started with {name}={nonsense}")
    assert done.returncode == 2
    assert name in done.stderr
    assert "Traceback" not in done.stderr


# Watching it


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_the_probes_need_no_key(server: Server, path: str) -> None:
    assert httpx.get(server.url + path, trust_env=False).status_code == httpx.codes.OK
    with Client(server.url, "wrong") as stranger:
        assert stranger.send("GET", path).status_code == httpx.codes.OK


def test_no_key_and_no_personal_data_get_into_the_logs(database_url: str) -> None:
    secret = fresh("wrongkey")
    person = {
        "externalId": "external-1",
        "email": "penelope.unmistakable@example.com",
        "firstName": "Penelope",
        "lastName": "Unmistakable",
        "phone": "+34600123456",
    }
    private = [KEY, secret, "600123456", "600 123 456", "conversation with her"]
    with running_server(database_url) as server, server.client() as client:
        (crm_id,) = create(client, "contacts", person)
        sync(client, "contacts", person)
        client.send("PUT", "/contacts", {"contacts": [{"crmId": crm_id} | person]})
        client.send("PUT", "/contacts", {"contacts": [{"crmId": "unknown"} | person]})
        client.send("POST", "/contacts", {"contacts": [person, {"email": person["email"]}]})
        client.send("POST", "/contacts", content=json.dumps(person).encode() + b"!")
        client.send("POST", "/contacts", {"contacts": [person | {"firstName": "Penelope\x00"}]})
        client.send("POST", "/tasks", {"subject": "Penelope", "dueDate": "Unmistakable"})
        event = {"type": "EMAIL", "body": "conversation with her", "contactId": crm_id}
        client.send("POST", "/activities", event)
        client.send("POST", "/activities", event | {"occurredAt": "Unmistakable"})
        client.send("GET", f"/tasks/{person['email']}")
        for path in ("/contacts", f"/health?key={secret}", f"/tasks/x?email={person['email']}"):
            client.send("GET", path)
        with Client(server.url, secret) as stranger:
            stranger.send("POST", "/contacts", {"contacts": [person]})
        server.stop()
        output = server.output
    assert [text for text in private if text in output] == []
    assert re.findall("penelope|unmistakable", output, re.IGNORECASE) == []
    assert "Traceback" not in output


def test_while_the_database_is_away_the_answer_is_503_and_later_all_is_well() -> None:
    with (
        running_postgresql() as postgresql,
        running_server(postgresql.url()) as server,
        server.client() as client,
    ):
        names = [fresh() for _ in range(3)]
        create(client, "contacts", {"externalId": names[0]})
        postgresql.stop()
        try:
            response = client.send("POST", "/contacts", {"contacts": [{"externalId": names[1]}]})
            assert response.status_code == httpx.codes.SERVICE_UNAVAILABLE
            assert int(response.headers["retry-after"]) > 0
            assert set(response.json()) >= {"error", "message", "code"}
            assert client.send("GET", "/readyz").status_code == httpx.codes.SERVICE_UNAVAILABLE
            assert client.send("GET", "/livez").status_code == httpx.codes.OK
        finally:
            postgresql.start()
        assert eventually(lambda: client.send("GET", "/readyz").is_success, within=15)
        create(client, "contacts", {"externalId": names[2]})
        found = sync(client, "contacts", *({"externalId": name} for name in names))
    assert set(found) == {names[0], names[2]}
