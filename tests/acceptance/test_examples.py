"""The examples, run as their README says and checked as a newcomer would."""

import ast
import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.server import run_command

FOLDER = Path(__file__).parents[2] / "examples" / "minimal"
KEY = "key-of-the-example"
MAX_LINES_OF_CODE = 80
SCREEN = 40
"""Lines of a terminal with room to spare."""

EXAMPLES = ("standalone.py", "standalone.mjs")


def interpreter(example: str) -> str:
    if example.endswith(".py"):
        return sys.executable
    node = shutil.which("node")
    if node is None:
        if os.environ.get("CI"):
            pytest.fail("Node is missing")
        pytest.skip("Node is missing")
    return node


@pytest.fixture(scope="module", params=EXAMPLES)
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [interpreter(request.param), str(FOLDER / request.param)]
    settings = {**os.environ, "PORT": str(port), "API_KEY": KEY}
    with subprocess.Popen(command, env=settings) as process:  # noqa: S603 - ours
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
        process.send_signal(signal.SIGTERM)


def test_it_fails_nothing_that_it_offers(url: str) -> None:
    done = run_command("check", url, "--key", KEY, "--write", "--strict", "--json")

    report: dict[str, Any] = json.loads(done.stdout)
    assert [(c["id"], c["got"]) for c in report["checks"] if c["status"] == "fail"] == []
    assert report["summary"]["conforms"]
    offered = {"Connects", "Exports", "Syncs", "Updates", "Hardened"}
    passed = {c["group"] for c in report["checks"] if c["status"] == "pass"}
    assert offered <= passed
    groups = {c["group"] for c in report["checks"] if c["status"] != "skip"}
    assert groups == offered | {"Users"}


def test_the_whole_report_fits_on_one_screen(url: str) -> None:
    done = run_command("check", url, "--key", KEY, "--write", settings={"COLUMNS": "80"})

    lines = done.stdout.splitlines()
    assert "Conforms." in lines
    assert len(lines) <= SCREEN
    assert max(map(len, lines)) <= 120  # what it is without a terminal
    assert "✗" not in done.stdout
    assert "! " not in done.stdout


@pytest.mark.parametrize("example", EXAMPLES)
def test_it_has_eighty_lines_of_code_at_most(example: str) -> None:
    text = (FOLDER / example).read_text()
    if example.endswith(".py"):
        lines = lines_of_python(text)
    else:
        lines = sum(
            bool(li.strip()) and not li.strip().startswith("//") for li in text.splitlines()
        )
    assert 0 < lines <= MAX_LINES_OF_CODE
    assert max(map(len, text.splitlines())) <= 100


def lines_of_python(text: str) -> int:
    """Lines with code on them: neither blank, nor a comment, nor a docstring."""
    empty = {
        tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE,
        tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER,
    }  # fmt: skip
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in empty:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.FunctionDef) and ast.get_docstring(node):
            first = node.body[0]
            lines -= set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return len(lines)
