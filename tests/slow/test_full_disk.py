"""What was answered is on disk, also where the disk is full in the middle of a group of writes."""

import resource
import sqlite3
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.acceptance.server import KEY, running_server

WRITERS = 12
FILE_LIMIT = 24_000_000
CALM_SECONDS = 0.5


def contacts(first: int, count: int, blob: str = "") -> dict[str, Any]:
    return {"contacts": [{"externalId": f"{first + n}", "blob": blob} for n in range(count)]}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a running process's files")
def test_no_answered_write_is_lost_when_a_write_beside_it_meets_a_full_disk(
    tmp_path: Path,
) -> None:
    file = tmp_path / "customcrm.db"
    answered: list[str] = []
    full = threading.Event()
    refused = []

    def write_small(client: httpx.Client, writer: int) -> None:
        number = writer * 1_000_000
        while not full.is_set():
            number += 1
            if client.post("/contacts", json=contacts(number, 1)).status_code == 201:
                answered.append(str(number))

    with (
        running_server(f"sqlite:///{file}") as server,
        httpx.Client(
            base_url=server.url, headers={"X-API-Key": KEY}, timeout=60, trust_env=False
        ) as client,
    ):
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (FILE_LIMIT, FILE_LIMIT))
        writers = [
            threading.Thread(target=write_small, args=(client, n)) for n in range(1, WRITERS + 1)
        ]
        for writer in writers:
            writer.start()
        time.sleep(CALM_SECONDS)
        for _ in range(2):
            large = contacts(100_000_000, 10_000, "x" * 3_500)
            refused.append(client.post("/contacts", json=large).status_code)
        full.set()
        for writer in writers:
            writer.join()

    assert refused == [503, 503]
    assert len(answered) > WRITERS
    with closing(sqlite3.connect(file)) as database:
        stored = {
            name for (name,) in database.execute("SELECT external_id FROM contact_external_ids")
        }
    assert set(answered) - stored == set()
    assert not any(int(name) >= 100_000_000 for name in stored)
