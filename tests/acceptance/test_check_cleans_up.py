"""What `customcrm check` writes to our own server, when it does, and how it goes away again."""

import json
import re
import subprocess
from typing import Any

import pytest

from tests.acceptance.server import KEY, Client, Server, run_command, running_server
from tests.integration.checker.right import RightServer
from tests.integration.checker.wire import KEY as ODD_KEY
from tests.integration.checker.wire import serving

RUN = re.compile(r"check-[0-9a-f]{6}")


def check(url: str, *arguments: str, key: str = KEY) -> subprocess.CompletedProcess[str]:
    return run_command("check", url, "--key", key, *arguments)


def summary(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(done.stdout)["summary"]
    return told


def test_a_run_removes_all_that_it_has_written(server: Server, client: Client) -> None:
    done = check(server.url, "--write", "--clean", "--json")

    told = summary(done)
    assert told["leftBehind"] == {}
    assert told["removed"]["contacts"] > 100
    assert set(told["removed"]) == {"contacts", "companies", "tasks", "activities"}
    run = told["run"]
    names = [{"externalId": f"{run}-{number}"} for number in range(400)]
    for plural in ("contacts", "companies"):
        found = client.call("POST", f"/{plural}/sync", {plural: names}, status=200)
        assert found == {"results": []}


def test_the_last_line_says_that_nothing_is_left(server: Server) -> None:
    last = check(server.url, "--write", "--clean").stdout.splitlines()[-1]
    assert re.fullmatch(
        r"Nothing was left behind\. Removed again: \d+ contacts, \d+ companies, "
        r"\d+ tasks, \d+ activities\.",
        last,
    )


def test_records_of_others_are_left_alone(client: Client) -> None:
    mine = {"externalId": "mine-1", "email": "mine@acme.example", "firstName": "Mia"}
    made = client.call("POST", "/contacts", {"contacts": [mine]}, status=201)["results"][0]
    run = "check-0123456789"
    both = {"contacts": [{"externalId": f"{run}-1", "email": "mine@acme.example"}]}
    alias = client.call("POST", "/contacts", both, status=201)["results"][0]
    assert alias["crmId"] == made["crmId"]
    own = {"contacts": [{"externalId": f"{run}-2", "email": f"{run}@acme.example"}]}
    theirs = client.call("POST", "/contacts", own, status=201)["results"][0]
    known = {"contacts": [{"externalId": "mine-2", "email": f"{run}@acme.example"}]}
    assert client.call("POST", "/contacts", known, status=201)["results"][0] == {
        "externalId": "mine-2",
        "crmId": theirs["crmId"],
    }
    task = client.call("POST", "/tasks", {"subject": "Call Mia"}, status=201)["id"]
    event = {"type": "EMAIL", "contactId": made["crmId"], "subject": f"{run}-9"}
    activity = client.call("POST", "/activities", event, status=201)["id"]

    asked = {
        "externalIds": ["mine-1", "mine-2", *(f"{run}-{n}" for n in range(20))],
        "tasks": [task, "nobody"],
        "activities": [activity, "nobody"],
    }
    removed = client.call("POST", f"/check-runs/{run}/clean", asked, status=200)

    assert removed == {"contacts": 0, "companies": 0, "tasks": 0, "activities": 0}
    assert client.call("GET", f"/tasks/{task}", status=200)["subject"] == "Call Mia"
    assert client.call("GET", f"/activities/{activity}", status=200)["id"] == activity


@pytest.mark.parametrize("run", ["check-", "check-XYZ123", "mine-1", "check-0123456789-1", "%00"])
def test_only_the_name_of_a_run_is_taken(client: Client, run: str) -> None:
    nothing: dict[str, list[str]] = {"externalIds": [], "tasks": [], "activities": []}
    assert client.send("POST", f"/check-runs/{run}/clean", nothing).status_code in {400, 404}


@pytest.mark.parametrize("route", [("GET", "/check-runs"), ("POST", "/check-runs/check-1/clean")])
def test_nothing_is_said_without_the_key(server: Server, route: tuple[str, str]) -> None:
    method, path = route
    with server.client(key="another") as stranger:
        assert stranger.send(method, path).status_code == 401


def test_a_server_with_other_records_is_only_read_unless_asked(
    server: Server, client: Client
) -> None:
    client.call("POST", "/contacts", {"contacts": [{"externalId": "real-1"}]}, status=201)
    assert client.call("GET", "/check-runs", status=200) == {"otherRecords": True}

    done = check(server.url)
    assert ", reading only\n" in done.stdout
    assert "The server holds other records. --write adds test data" in done.stdout
    assert done.stdout.splitlines()[-1] == "Nothing was left behind."
    assert "reading only" not in check(server.url, "--write", "--clean").stdout


def test_an_empty_server_is_written_to_and_is_as_empty_afterwards(database_url: str) -> None:
    with running_server(database_url) as server, server.client() as client:
        assert client.call("GET", "/check-runs", status=200) == {"otherRecords": False}
        first = check(server.url)
        assert "reading only" not in first.stdout
        # What a check has made is no reason to ask for leave.
        second = check(server.url, "--clean")
        assert "reading only" not in second.stdout
        assert client.call("GET", "/check-runs", status=200) == {"otherRecords": False}


def test_a_server_that_offers_no_way_is_told_of() -> None:
    with serving(RightServer().answer) as url:
        done = check(url, "--clean", key=ODD_KEY)
    last = done.stdout.splitlines()[-1]
    assert last.startswith("Left behind, all named check-")
    assert last.endswith(" Not cleaned: the server offers no way to remove it.")
    assert done.returncode == 0
