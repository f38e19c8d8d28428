"""`customcrm simulate` and `serve --demo`, as commands."""

import json
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from itertools import cycle
from pathlib import Path

import pytest

from tests.acceptance.server import KEY, Server, run_command
from tests.integration.checker.wire import Call, Reply, serving

DONE, FAILED, USAGE, UNREACHABLE = 0, 1, 2, 3


def simulate(*arguments: str, key: str = KEY) -> subprocess.CompletedProcess[str]:
    return run_command("simulate", *arguments, settings={"CUSTOMCRM_API_KEY": key})


def test_it_fills_a_server_and_says_what_it_did(server: Server) -> None:
    arguments = ("--leads", "60", "--weeks", "4", "--until", "2026-03-01", "--seed", "4")
    told = simulate(server.url, *arguments)
    again = json.loads(simulate(server.url, *arguments, "--json").stdout)

    assert told.returncode == DONE, told.stderr
    assert re.search(r"^ +\d+  contacts, 60 sent$", told.stdout, re.MULTILINE)
    assert re.search(r"^ +\d+  EMAIL OUTBOUND$", told.stdout, re.MULTILINE)
    assert "\x1b" not in told.stdout + told.stderr
    assert again["contacts"]["matched"] == 60
    assert again["contacts"]["created"] == 0
    assert again["errors"] == {}


def test_faults_can_be_asked_for(server: Server) -> None:
    faults = ("--retry-every", "3", "--drop-every", "4", "--reorder", "--workers", "2")
    arguments = ("--leads", "20", "--weeks", "1", "--until", "2026-03-01", "--seed", "5")
    done = simulate(server.url, *arguments, *faults, "--slow", "0.001", "--json")
    summary = json.loads(done.stdout)
    assert done.returncode == DONE
    assert summary["errors"] == {}
    assert summary["contacts"]["exported"] == 20


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--leads", "0"), "The number of leads must be 1 to"),
        (("--until", "tomorrow"), "--until must be a date"),
        (("--workers", "0"), "The number of workers must be 1 to"),
        (("--rate", "-1"), "The calls per second must be"),
        (("--leads", "abc"), "Invalid value for '--leads': 'abc' is not a whole number"),
        (("--slow", "abc"), "Invalid value for '--slow': 'abc' is not a number"),
        (("--timeout", "0"), "Invalid value for '--timeout': 0 is not from 0.1 to 600 seconds"),
    ],
)
def test_what_cannot_be_played_is_told(
    server: Server, arguments: tuple[str, ...], said: str
) -> None:
    done = simulate(server.url, *arguments)
    assert done.returncode == USAGE
    assert said in done.stderr


def test_a_server_that_gives_ids_to_other_records_is_not_taken_for_a_right_one() -> None:
    def answer(_: Call) -> Reply:
        return Reply(200, {"id": "7", "results": [{"externalId": "x", "crmId": "7"}]})

    with serving(answer) as url:
        done = simulate(url, "--leads", "20", "--weeks", "1")
    assert done.returncode == FAILED
    assert "requests not sent" in done.stdout


def test_what_a_server_says_is_not_obeyed_and_its_key_is_not_shown() -> None:
    codes = cycle(["bad_request", "\x1b]0;owned\x07", KEY, "x" * 10_000])

    def answer(call: Call) -> Reply:
        return Reply(200 if call.path == "/health" else 500, {"code": next(codes)})

    with serving(answer) as url:
        done = simulate(url, "--leads", "5", "--weeks", "1")
    assert done.returncode == FAILED
    assert "errors: 500 bad_request" in done.stdout
    assert "\x1b" not in done.stdout
    assert KEY not in done.stdout
    assert len(done.stdout) < 5_000


def test_a_missing_url_names_the_command_that_was_used() -> None:
    done = simulate()
    assert done.returncode == USAGE
    assert "The URL is missing: customcrm simulate http://127.0.0.1:3456" in done.stderr


def test_a_wrong_key_is_told_before_anything_is_played(server: Server) -> None:
    done = simulate(server.url, key="not-the-key-of-the-server")
    assert done.returncode == USAGE
    assert f"{server.url} refuses the key" in done.stderr


def test_a_server_that_is_away_ends_with_3() -> None:
    done = simulate("http://127.0.0.1:1")
    assert done.returncode == UNREACHABLE
    assert "Nobody listens there" in done.stderr


def test_the_demo_has_leads_in_it_and_is_kept_apart(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "customcrm", "serve", "--demo", "--port", "0"],
        cwd=tmp_path,
        env={"CUSTOMCRM_API_KEY": KEY, "PATH": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        began = time.monotonic()
        first = process.stdout.readline()
        assert time.monotonic() - began < 60
        process.terminate()
        told = process.stderr.read()
        assert process.wait(30) == DONE

    assert "is listening on http://127.0.0.1:" in first
    assert "made up" in told
    assert '"event": "request"' not in told
    assert not (tmp_path / "customcrm.db").exists()
    with closing(sqlite3.connect(tmp_path / "customcrm-demo.db")) as database:
        counts = {
            table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in ("contacts", "companies", "activities", "tasks", "users")
        }
    assert counts["contacts"] > 450
    assert counts["activities"] > 1_000
    assert counts["users"] == 3
    assert min(counts.values()) > 0
