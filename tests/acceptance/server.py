"""The server as a stranger meets it: a process, its two streams, a socket and a key."""

import os
import re
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

KEY = "the-key-of-the-acceptance-tests"
START_LIMIT = 30.0
STOP_LIMIT = 30.0

# Reading the system's certificates takes longer than a request: once, not once per client.
_TLS = ssl.create_default_context()


class Client:
    """Enginy's side of the wire: the key and both content headers on every request."""

    def __init__(self, url: str, key: str | None, *, header: str = "X-API-Key") -> None:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if key is not None:
            headers[header] = key
        self._http = httpx.Client(
            base_url=url, headers=headers, timeout=60, trust_env=False, verify=_TLS
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        content: bytes | None = None,
        headers: Mapping[str, str | bytes] | None = None,
    ) -> httpx.Response:
        """One request, whatever comes of it; ``content`` are the bytes of a body as they are."""
        extra = [
            (name.encode(), value.encode() if isinstance(value, str) else value)
            for name, value in (headers or {}).items()
        ]
        if content is not None or body is None:
            return self._http.request(method, path, content=content, headers=extra)
        return self._http.request(method, path, json=body, headers=extra)

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        status: int,
        headers: Mapping[str, str | bytes] | None = None,
    ) -> Any:
        """The JSON of an answer that has to have this status."""
        response = self.send(method, path, body, headers=headers)
        if response.status_code != status:
            raise AssertionError(
                f"{method} {path} answered {response.status_code}, not {status}: "
                f"{response.text[:2000]}"
            )
        return response.json()


class Server:
    """One process of the server; it can be stopped, killed and started again."""

    url: str
    process: subprocess.Popen[bytes]

    def __init__(
        self,
        database_url: str,
        directory: Path,
        *,
        key: str | None,
        settings: Mapping[str, str],
        open_files: int | None = None,
    ) -> None:
        self.database_url = database_url
        self.key = key
        self._directory = directory
        self._settings = dict(settings)
        self._open_files = open_files
        self._starts = 0
        if key is not None:
            self._settings["CUSTOMCRM_API_KEY"] = key

    def start(self) -> None:
        """Returns when the server has named its URL and answers there.

        After ``stop()`` or ``kill()`` it starts again, on the same database and another port.
        """
        self._starts += 1
        command = [*_CUSTOMCRM, "serve", "--port", "0", "--database", self.database_url]
        if self._open_files is not None:
            command = ["sh", "-c", f'ulimit -n {self._open_files} && exec "$@"', "sh", *command]
        with self._stream("stdout").open("wb") as out, self._stream("stderr").open("wb") as err:
            self.process = subprocess.Popen(  # noqa: S603 - the command is written above
                command,
                cwd=self._directory,
                env=_environment(self._settings),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
            )
        if not eventually(self._is_up, within=START_LIMIT):
            exit_code = self.process.poll()
            self._make_sure_it_is_dead()
            raise AssertionError(
                f"No server within {START_LIMIT:.0f} s (exit code {exit_code}).\n"
                f"stdout: {self.stdout}\nstderr: {self.stderr}"
            )

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        self.process.terminate()
        try:
            return self.process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            self._make_sure_it_is_dead()
            raise AssertionError(
                f"SIGTERM did not end the server within {STOP_LIMIT:.0f} s.\nstderr: {self.stderr}"
            ) from None

    def kill(self) -> None:
        """SIGKILL: the process gets no chance to do anything more."""
        self._make_sure_it_is_dead()

    def client(self, key: str | None = None, *, header: str = "X-API-Key") -> Client:
        """A client with the server's key, or another one."""
        return Client(self.url, self.key if key is None else key, header=header)

    @property
    def stdout(self) -> str:
        """What the latest start has written to its stdout so far."""
        return self._stream("stdout").read_text(errors="replace")

    @property
    def stderr(self) -> str:
        """What the latest start has written to its stderr so far."""
        return self._stream("stderr").read_text(errors="replace")

    @property
    def output(self) -> str:
        """Both streams of the latest start."""
        return self.stdout + self.stderr

    def _stream(self, name: str) -> Path:
        return self._directory / f"{name}-{self._starts}.txt"

    def _is_up(self) -> bool:
        if self.process.poll() is not None:
            raise AssertionError(
                f"The server ended at once with exit code {self.process.returncode}.\n"
                f"stdout: {self.stdout}\nstderr: {self.stderr}"
            )
        found = re.search(r"http://\S*?:\d+(?=\D)", self.stdout)
        if found is None:
            return False
        self.url = found.group()
        with Client(self.url, None) as client:
            try:
                return client.send("GET", "/livez").is_success
            except httpx.ConnectError:
                return False

    def _make_sure_it_is_dead(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def running_server(
    database_url: str,
    *,
    key: str | None = KEY,
    settings: Mapping[str, str] | None = None,
    open_files: int | None = None,
) -> Iterator[Server]:
    """A server on any free port of this machine, stopped at the end of the block.

    Without a key the server makes one up. ``settings`` are further environment variables.
    ``open_files`` limits how many it may have, soft and hard.
    """
    with tempfile.TemporaryDirectory(prefix="customcrm-") as directory:
        server = Server(
            database_url,
            Path(directory),
            key=key,
            settings=settings or {},
            open_files=open_files,
        )
        server.start()
        try:
            yield server
        finally:
            if server.process.poll() is None:
                server.stop()


def run_command(
    *arguments: str, settings: Mapping[str, str] | None = None, limit: float = 120.0
) -> subprocess.CompletedProcess[str]:
    """Runs ``customcrm <arguments>`` to its end, with these environment variables."""
    with tempfile.TemporaryDirectory(prefix="customcrm-") as directory:
        return subprocess.run(  # noqa: S603 - the tests write the arguments
            [*_CUSTOMCRM, *arguments],
            cwd=directory,
            env=_environment(settings or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=limit,
            check=False,
        )


def eventually(condition: Callable[[], bool], *, within: float) -> bool:
    """Whether the condition comes true within so many seconds."""
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


_CUSTOMCRM = (sys.executable, "-m", "customcrm")


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    # Without kept bytecode a start takes seconds, and the suites start many servers.
    dropped = ("CUSTOMCRM_", "PYTHONDONTWRITEBYTECODE")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return inherited | dict(settings)
