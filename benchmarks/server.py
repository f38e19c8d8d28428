"""The real server, as a process of its own: started, watched and stopped."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import psutil

KEY: Final = "the-key-of-the-benchmark"
STOP_SECONDS: Final = 60
LOG_SECONDS: Final = 0.05
"""How long the last lines of the log may take after the last answer."""


class Server:
    """One process of the server on a database file.

    Args:
        database: the SQLite file.
    """

    def __init__(self, database: Path) -> None:
        self.database = database
        self._log_path = database.with_suffix(".log")
        command = [sys.executable, "-m", "customcrm", "serve", "--port", "0"]
        command += ["--database", f"sqlite:///{database}"]
        with self._log_path.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 - the command is written above
                command,
                env={**_environment(), "CUSTOMCRM_API_KEY": KEY},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._process.stdout
        url = self._process.stdout.readline().strip().rpartition(" ")[2]
        if not url.startswith("http://"):
            raise RuntimeError(f"The server did not start:\n{self._log_path.read_text()}")
        parts = urlsplit(url)
        self.address = parts.hostname or "", parts.port or 0
        self.pid = self._process.pid
        self._watched = psutil.Process(self.pid)

    def cpu_seconds(self) -> float:
        """The CPU time that the process has used, in user mode and in the kernel."""
        times = self._watched.cpu_times()
        return times.user + times.system

    def log_position(self) -> int:
        """Where the log ends now."""
        return self._log_path.stat().st_size

    def statements(self, position: int, operation: str) -> list[int]:
        """The SQL statements of each request of an operation that the log tells from here on."""
        time.sleep(LOG_SECONDS)
        with self._log_path.open("rb") as log:
            log.seek(position)
            lines = [json.loads(line) for line in log if line.endswith(b"\n")]
        return [
            line["sql"]
            for line in lines
            if line["event"] == "request" and line["operation"] == operation
        ]

    def stop(self) -> None:
        """Stop it as an operator would."""
        self._process.terminate()
        self._process.wait(STOP_SECONDS)


def _environment() -> dict[str, str]:
    """This process's, without settings of the server."""
    return {n: value for n, value in os.environ.items() if not n.startswith("CUSTOMCRM_")}
