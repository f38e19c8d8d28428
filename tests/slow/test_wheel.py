"""The wheel, installed alone: pages, styles, scripts and typefaces are in it; it writes nothing."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import httpx
import pytest

ROOT: Final = Path(__file__).parents[2]
START_SECONDS: Final = 30.0


def run(*command: str | Path) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True)  # noqa: S603


def files_below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def installed() -> Iterator[Path]:
    """An environment with the wheel and what it needs; it may not be written to."""
    with tempfile.TemporaryDirectory(prefix="customcrm-wheel-") as name:
        folder = Path(name)
        run(sys.executable, "-m", "venv", folder / "venv")
        python = folder / "venv/bin/python"
        run(python, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", folder / "dist", ROOT)
        [wheel] = (folder / "dist").glob("customcrm-*.whl")
        requirements = ROOT / "requirements/runtime.txt"
        run(python, "-m", "pip", "install", "--require-hashes", "-r", requirements)
        run(python, "-m", "pip", "install", "--no-deps", wheel)
        run("chmod", "-R", "a-w", folder / "venv")
        yield folder
        run("chmod", "-R", "u+w", folder / "venv")


@pytest.fixture
def url(installed: Path) -> Iterator[str]:
    """A server that runs from there, with a folder for its data."""
    data = installed / "data"
    data.mkdir(exist_ok=True)
    command: Sequence[Path | str] = [installed / "venv/bin/customcrm", "serve", "--port", "0"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(data)}
    out = data / "out.txt"
    with out.open("w") as stream:
        process = subprocess.Popen(  # noqa: S603 - the command is written above
            command, cwd=data, env=environment, stdout=stream, stderr=stream
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not (found := re.search(r"listening on (http://\S+)", out.read_text())):
            assert time.monotonic() < deadline, out.read_text()
            assert process.poll() is None, out.read_text()
            time.sleep(0.05)
        yield found.group(1)
    finally:
        process.terminate()
        process.wait(30)


def test_it_serves_its_pages_and_all_that_they_load(installed: Path, url: str) -> None:
    before = files_below(installed / "venv")
    with httpx.Client(base_url=url, follow_redirects=True, trust_env=False) as http:
        page = http.get("/")
        assert page.status_code == 200
        assert "Sign in" in page.text
        loaded = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
        assert len(loaded) >= 4
        style = http.get(next(one for one in loaded if ".css" in one)).text
        typefaces = re.findall(r'url\("?([^")]+\.woff2[^")]*)"?\)', style)
        assert typefaces
        for path in [*loaded, *(f"/static/{one}" for one in typefaces), "/docs", "/openapi.json"]:
            assert http.get(path).status_code == 200, path
        missing = http.get("/static/nothing.js")
        assert missing.status_code == 404
        assert "html" not in missing.headers["content-type"]
    # Whoever is root may write anywhere: it did not.
    assert files_below(installed / "venv") == before
