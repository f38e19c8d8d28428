"""`customcrm check`, as a command: against our own server, against others, and against nobody."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.server import KEY, Server, run_command
from tests.integration.checker.demo import DemoServer
from tests.integration.checker.minimal import MinimalServer
from tests.integration.checker.right import RightServer
from tests.integration.checker.wire import KEY as ODD_KEY
from tests.integration.checker.wire import Call, HangUp, Reply, serving

CONFORMS, FAILS, USAGE, UNREACHABLE = 0, 1, 2, 3


def check(
    *arguments: str, key: str | None = ODD_KEY, **settings: str
) -> subprocess.CompletedProcess[str]:
    keyed = ("--key", key) if key is not None else ()
    return run_command("check", *arguments, *keyed, settings=settings)


@pytest.fixture(scope="module")
def right() -> Iterator[str]:
    with serving(RightServer().answer) as url:
        yield url


@pytest.fixture(scope="module")
def demo() -> Iterator[str]:
    with serving(DemoServer().answer) as url:
        yield url


def test_our_own_server_passes_in_all_groups_strictly_and_without_a_baseline(
    server: Server,
) -> None:
    done = check(server.url, "--write", "--strict", "--json", key=KEY)

    report: dict[str, Any] = json.loads(done.stdout)
    unmet = [c for c in report["checks"] if c["status"] in {"fail", "advice"}]
    assert [(c["id"], c["got"]) for c in unmet] == []
    skipped = [c["id"] for c in report["checks"] if c["status"] == "skip"]
    assert skipped == ["pages.hostile-html"]
    assert report["summary"]["passed"] > 150
    assert done.returncode == CONFORMS
    assert report["summary"]["seconds"] < 10


def test_it_leaves_little_behind_and_says_so(server: Server) -> None:
    done = check(server.url, "--write", key=KEY)

    last = done.stdout.splitlines()[-1]
    mark = last.split("named ")[1].split("-…")[0]
    with server.client() as client:
        made = {"contacts": [{"externalId": f"{mark}-1"}]}
        found = client.call("POST", "/contacts/sync", made, status=200)["results"]
    assert [one["externalId"] for one in found] == [f"{mark}-1"]
    assert re.search(r"1[234]\d contacts, \d\d companies, \d\d activities, \d+ tasks\.$", last)


def test_two_runs_do_not_meet(right: str) -> None:
    assert [check(right, "--strict").returncode for _ in range(2)] == [CONFORMS, CONFORMS]


def test_the_least_conforms_but_not_strictly() -> None:
    with serving(MinimalServer().answer) as url:
        assert check(url).returncode == CONFORMS
        assert check(url, "--strict").returncode == FAILS


def test_the_demo_does_not_conform_and_every_report_says_why(demo: str, tmp_path: Path) -> None:
    files = {kind: tmp_path / f"report.{kind}" for kind in ("xml", "html", "svg")}
    done = check(
        demo,
        "--junit", str(files["xml"]),
        "--html", str(files["html"]),
        "--badge", str(files["svg"]),
    )  # fmt: skip

    assert done.returncode == FAILS
    assert "✗ auth.wrong-key  MUST" in done.stdout
    assert "Does not conform: 7 checks must be fixed." in done.stdout
    assert "auth.wrong-key" in files["xml"].read_text()
    assert "auth.wrong-key" in files["html"].read_text()
    assert "failed" in files["svg"].read_text()
    for text in [done.stdout, done.stderr, *(path.read_text() for path in files.values())]:
        assert ODD_KEY not in text
        assert json.dumps(ODD_KEY)[1:-1] not in text


def test_json_goes_to_standard_output_and_nothing_else_does(demo: str) -> None:
    done = check(demo, "--json")
    assert json.loads(done.stdout)["summary"]["conforms"] is False
    assert done.stderr == ""

    verbose = check(demo, "--json", "--verbose")
    assert json.loads(verbose.stdout)["summary"]["conforms"] is False
    assert "Does not conform" in verbose.stderr
    assert "\x1b" not in verbose.stdout + verbose.stderr


def test_a_curl_line_shows_what_the_check_saw(demo: str) -> None:
    if shutil.which("curl") is None:
        if os.environ.get("CI"):
            pytest.fail("curl is missing")
        pytest.skip("curl is missing")
    report = json.loads(check(demo, "--json").stdout)
    failed = {c["id"]: c for c in report["checks"] if c["status"] == "fail"}

    for check_id, expected in [
        ("auth.wrong-key", '"ok"'),
        ("tasks.batch-complete.answers", "Internal server error"),
        ("contacts.create.without-array", "Internal server error"),
        ("tasks.update.unknown-id", "Internal server error"),
    ]:
        done = subprocess.run(  # noqa: S602 - the line is for a shell, and ours
            failed[check_id]["curl"],
            shell=True,
            env={**os.environ, "KEY": ODD_KEY},
            capture_output=True,
            text=True,
            check=True,
        )
        assert expected in done.stdout
        assert failed[check_id]["got"].partition(" ")[2] in done.stdout


def test_what_a_server_says_is_shown_and_not_obeyed() -> None:
    def hostile(call: Call) -> Reply:
        del call
        return Reply(500, {"error": "\x1b]0;owned\x07", "message": "<script>alert(1)</script>"})

    with serving(hostile) as url:
        done = check(url, "--only", "health.answers", "--verbose")
    assert done.returncode == FAILS
    assert "\x1b" not in done.stdout
    assert "<script>alert(1)</script>" in done.stdout


def test_a_baseline_lets_known_failures_pass_and_tells_of_stale_ones(
    demo: str, right: str, tmp_path: Path
) -> None:
    report = json.loads(check(demo, "--json").stdout)
    musts = [c["id"] for c in report["checks"] if c["status"] == "fail" and c["level"] == "MUST"]
    path = tmp_path / "known.toml"
    path.write_text("".join(f'"{one}" = "to be mended in spring"\n' for one in musts))

    known = check(demo, "--baseline", str(path))
    stale = check(right, "--baseline", str(path))

    assert known.returncode == CONFORMS
    assert "in the baseline: to be mended in spring" in known.stdout
    assert stale.returncode == FAILS
    assert f"{len(musts)} checks in the baseline pass now" in stale.stdout


def test_only_some_or_all_but_some(right: str) -> None:
    done = check(right, "--only", "Tasks", "--skip", "tasks.read", "--json")
    ids = [one["id"] for one in json.loads(done.stdout)["checks"]]
    assert "tasks.create.answers" in ids
    assert [one for one in ids if not one.startswith("tasks.") or ".read." in one] == []


def test_reading_only_writes_nothing() -> None:
    server = RightServer()
    with serving(server.answer) as url:
        done = check(url, "--read-only")

    assert done.returncode == CONFORMS
    assert server.records == {"contacts": {}, "companies": {}}
    assert (server.tasks, server.activities) == ({}, {})
    assert "Nothing was left behind." in done.stdout
    assert "0 failed" in done.stdout


def test_a_host_that_is_not_this_machine_is_only_read(right: str) -> None:
    # The machine's own name is no proof that it is this machine.
    name = socket.gethostname()
    try:
        socket.getaddrinfo(name, None)
    except OSError:
        pytest.skip("this machine cannot resolve its own name")
    url = right.replace("127.0.0.1", name)
    done = check(url, "--only", "health.answers", "--timeout", "1")
    assert "reading only" in done.stdout


def test_the_key_may_come_from_the_environment(right: str) -> None:
    assert check(right, key=None, CUSTOMCRM_API_KEY=ODD_KEY).returncode == CONFORMS


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["127.0.0.1:1"], "must begin with http:// or https://"),
        (["http://127.0.0.1:1", "--only", "nonsense"], "No check is meant by 'nonsense'"),
        (["http://127.0.0.1:1", "--baseline", "/nowhere.toml"], "cannot be read"),
        (["http://127.0.0.1:1", "--key-header", "X Y"], "name of a header"),
        (["--explain", "nonsense"], "There is no check 'nonsense'"),
        (["http://127.0.0.1:1", "--contact-link", "https://x.com/{{crmId}}"], "must be a path"),
        (["http://127.0.0.1:1", "--contact-link", "/view/contact"], "must be a path"),
        (["http://127.0.0.1:1", "--only", "Tasks", "--skip", "Tasks"], "No check is left"),
        ([], "The URL is missing: customcrm check http://"),
    ],
)
def test_what_is_asked_wrongly_ends_with_2_and_a_sentence(arguments: list[str], said: str) -> None:
    done = check(*arguments)
    assert done.returncode == USAGE
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_key_is_asked_wrongly() -> None:
    done = check("http://127.0.0.1:1", key=None)
    assert done.returncode == USAGE
    assert "The API key is missing" in done.stderr


def test_a_host_that_is_away_ends_with_3() -> None:
    done = check("http://127.0.0.1:1")
    assert done.returncode == UNREACHABLE
    assert "cannot be checked. Nobody listens there" in done.stderr


def test_a_tls_fault_ends_with_3(right: str) -> None:
    done = check(right.replace("http://", "https://"), "--timeout", "2")
    assert done.returncode == UNREACHABLE
    assert "TLS failed" in done.stderr


def test_a_host_that_does_not_answer_ends_with_3() -> None:
    never = threading.Event()

    def answer(_: Call) -> Reply:
        never.wait(20)
        return Reply(200)

    with serving(answer) as url:
        done = check(url, "--timeout", "0.3")
        never.set()
    assert done.returncode == UNREACHABLE
    assert "GET /health: it was not answered within 0.3 seconds" in done.stderr


def test_every_check_can_be_listed_and_explained() -> None:
    listed = check("--list", key=None)
    assert listed.returncode == CONFORMS
    assert "tasks.batch-complete.answers" in listed.stdout

    told = check("--explain", "tasks.batch-complete.answers", key=None).stdout
    for words in ("MUST", "Why", "Fix", "docs.enginy.ai", "Python", "Node", "PHP", "Go"):
        assert words in told


def test_a_rule_of_both_kinds_is_explained_by_the_pattern_that_the_report_shows() -> None:
    done = check("--explain", "*.create.without-array", key=None)
    assert done.returncode == CONFORMS
    assert done.stdout.startswith("contacts.create.without-array\n")


def test_a_server_that_dies_half_way_ends_with_3_and_every_report(tmp_path: Path) -> None:
    server, calls = RightServer(), count()

    def answer(call: Call) -> Reply:
        if next(calls) > 150:
            raise HangUp
        return server.answer(call)

    with serving(answer) as url:
        done = check(url, "--junit", str(tmp_path / "x.xml"), "--html", str(tmp_path / "x.html"))
    assert done.returncode == UNREACHABLE
    assert "Broken off: GET /health: the connection was closed" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("Left behind, all named check-")
    assert 'errors="1"' in (tmp_path / "x.xml").read_text()
    assert "Broken off" in (tmp_path / "x.html").read_text()


def test_ctrl_c_ends_with_130_and_says_what_is_left_behind(tmp_path: Path) -> None:
    server, calls, under_way = RightServer(), count(), threading.Event()

    def answer(call: Call) -> Reply:
        if next(calls) == 100:
            under_way.set()
            time.sleep(1)
        return server.answer(call)

    with (
        serving(answer) as url,
        subprocess.Popen(  # noqa: S603 - ours
            [sys.executable, "-m", "customcrm", "check", url],
            cwd=tmp_path,
            env={"CUSTOMCRM_API_KEY": ODD_KEY, "PATH": ""},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        assert under_way.wait(30)
        process.send_signal(signal.SIGINT)
        said, error = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Broken off: it was interrupted." in said
    assert said.splitlines()[-1].startswith("Left behind, all named check-")
    assert error == ""


def test_a_terminal_that_knows_few_characters_is_no_reason_to_fail(demo: str) -> None:
    done = check(demo, "--only", "Connects", PYTHONIOENCODING="ascii")
    assert done.returncode == FAILS
    assert "? auth.wrong-key  MUST" in done.stdout
    assert done.stderr == ""


def test_a_reader_that_has_seen_enough_is_no_reason_to_complain(demo: str, tmp_path: Path) -> None:
    with subprocess.Popen(  # noqa: S603 - ours
        [sys.executable, "-m", "customcrm", "check", demo, "--verbose"],
        cwd=tmp_path,
        env={"CUSTOMCRM_API_KEY": ODD_KEY, "PATH": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""


def test_a_baseline_with_odd_characters_makes_valid_reports(demo: str, tmp_path: Path) -> None:
    baseline, report = tmp_path / "known.toml", tmp_path / "report.xml"
    baseline.write_text('"auth.wrong-key" = "later \\u0000\\u001b"\n')
    check(demo, "--only", "Connects", "--baseline", str(baseline), "--junit", str(report))
    assert ET.parse(report).getroot().tag == "testsuites"  # noqa: S314 - ours


def test_where_nothing_could_be_checked_nobody_says_that_it_conforms(right: str) -> None:
    done = check(right, "--read-only", "--only", "tasks.create")
    assert done.returncode == FAILS
    assert "Nothing was checked." in done.stdout
