"""Measures live refresh: `python -m benchmarks.live --help`."""

import asyncio
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

import httpx
import psutil
from rich.console import Console
from rich.table import Table as Grid

from benchmarks.machine import OtherWork, description
from benchmarks.server import KEY, Server
from customcrm.clock import new_id, system_clock
from customcrm.operations.accounts.links import accept, invite
from customcrm.operations.accounts.people import Role
from customcrm.operations.ports import Origin
from customcrm.store.backend import Store

PER_SESSION: Final = 20
WARM_UP_SECONDS: Final = 3.0
PAUSE_SECONDS: Final = 0.3
ORIGIN: Final = Origin("cli", system_clock, new_id)


def sessions(database: Path, count: int) -> list[str]:
    """The secrets of so many people's sessions."""
    made = []
    with closing(Store(f"sqlite:///{database}", system_clock)) as store:
        for number in range(count):
            told = (f"Person {number}", f"p{number}@example.com")
            _, link = invite(store, *told, Role.MEMBER, ORIGIN)
            session = accept(
                store, link, *told, "seven green bottles hanging", "UTC", "bench", ORIGIN
            )
            made.append(session.secret)
    return made


class Tab:
    """One open stream, read as a browser reads it: by lines."""

    def __init__(self, address: tuple[str, int], secret: str, topic: str) -> None:
        self._address = address
        self._head = (
            f"GET /view/live?{topic} HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\n"
            f"Cookie: customcrm_session={secret}\r\nAccept: text/event-stream\r\n\r\n"
        )

    async def open(self) -> None:
        """Connect, and wait until the stream has begun."""
        self._reader, self._writer = await asyncio.open_connection(*self._address)
        self._writer.write(self._head.encode())
        status = await self._reader.readline()
        if b" 200 " not in status:
            raise RuntimeError(f"The stream was refused: {status.decode()}")
        await self._until(b"retry:")

    async def news(self) -> float:
        """When the next news came."""
        await self._until(b"event: news")
        return time.perf_counter()

    async def _until(self, start: bytes) -> None:
        while not (line := await self._reader.readline()).startswith(start):
            if not line:
                raise RuntimeError("The stream has ended.")

    def close(self) -> None:
        """Leave."""
        self._writer.close()


async def latencies(
    server: Server, secret: str, contact: str, topic: str, runs: int
) -> list[float]:
    """Milliseconds from the answer to POST /activities until a tab has heard of it."""
    tab = Tab(server.address, secret, topic)
    await tab.open()
    url = "http://{}:{}".format(*server.address)
    told = {"type": "EMAIL", "direction": "INBOUND", "contactId": contact, "body": "Hello"}
    found = []
    async with httpx.AsyncClient(base_url=url, headers={"X-API-Key": KEY}, trust_env=False) as http:
        for number in range(runs):
            await asyncio.sleep(PAUSE_SECONDS)
            waiting = asyncio.create_task(tab.news())
            answer = await http.post("/activities", json={**told, "subject": f"{topic} {number}"})
            answered = time.perf_counter()
            answer.raise_for_status()
            found.append(max(0.0, await waiting - answered) * 1_000)
    tab.close()
    return found


async def idle(
    server: Server, secrets: Sequence[str], count: int, seconds: float
) -> tuple[float, float]:
    """The share of a core, and the megabytes, that so many idle streams take."""
    process = psutil.Process(server.pid)
    before = process.memory_info().rss
    topics = ("page=home", "page=contacts", "about=contact_x", "page=activities")
    tabs = [
        Tab(server.address, secrets[number // PER_SESSION], topics[number % len(topics)])
        for number in range(count)
    ]
    for tab in tabs:
        await tab.open()
    await asyncio.sleep(WARM_UP_SECONDS)
    began, used = time.perf_counter(), server.cpu_seconds()
    await asyncio.sleep(seconds)
    share = (server.cpu_seconds() - used) / (time.perf_counter() - began)
    grown = (process.memory_info().rss - before) / 1_000_000
    for tab in tabs:
        tab.close()
    return share, grown


def measure(
    database: Path, streams: int, seconds: float, runs: int
) -> tuple[float, float, dict[str, list[float]]]:
    """The share and the megabytes of idle streams, and latencies by what is watched."""
    people = sessions(database, -(-streams // PER_SESSION))
    server = Server(database)
    try:
        url = "http://{}:{}/contacts".format(*server.address)
        body = {"contacts": [{"externalId": "1", "firstName": "Ada"}]}
        told = httpx.post(url, json=body, headers={"X-API-Key": KEY}, trust_env=False).json()
        contact = told["results"][0]["crmId"]
        share, grown = asyncio.run(idle(server, people, streams, seconds))
        topics = {"a record's page": f"about={contact}", "the contacts": "page=contacts"}
        times = {
            name: asyncio.run(latencies(server, people[0], contact, topic, runs))
            for name, topic in topics.items()
        }
    finally:
        server.stop()
    return share, grown, times


def main() -> None:
    """Start a server, open streams, measure, report."""
    parser = ArgumentParser(prog="benchmarks.live", description=__doc__)
    parser.add_argument("--streams", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=30.0, help="of idleness; default 30")
    parser.add_argument("--runs", type=int, default=50, help="activities posted; default 50")
    asked = parser.parse_args()
    console = Console(width=100)
    others = OtherWork()
    with TemporaryDirectory() as folder:
        database = Path(folder) / "live.db"
        share, grown, times = measure(database, asked.streams, asked.seconds, asked.runs)
    grid = Grid("what", "measured", title="Live refresh")
    grid.add_row(f"{asked.streams} idle streams, share of a core", f"{share:.2%}")
    grid.add_row(f"{asked.streams} idle streams, memory", f"{grown:.1f} MB")
    for name, found in times.items():
        grid.add_row(f"from the answer to {name}, median", f"{median(found):.0f} ms")
        grid.add_row(f"from the answer to {name}, longest", f"{max(found):.0f} ms")
    console.print(grid)
    console.print(f"Measured on {description()}.")
    console.print(f"Other processes took {others.share():.0%} of its CPUs meanwhile.")


if __name__ == "__main__":
    main()
