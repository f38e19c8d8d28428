"""Calls as Enginy makes them, one after the other, while the server has something else to do."""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from statistics import median, quantiles
from typing import Any, Final

import httpx

from benchmarks import people
from benchmarks.pages_seed import contact_id
from benchmarks.server import KEY, Server
from benchmarks.traffic import BATCH, FIRST_NEW

PAUSE_SECONDS: Final = 0.04
"""Between two rounds of calls."""

Took = Mapping[str, Sequence[float]]
"""Of each call, in seconds, by what it was."""


class Calls:
    """Rounds of an activity and a batch of new contacts, with a pause after each.

    Args:
        client: of the server.
        contacts: how many there are to speak of.
    """

    def __init__(self, client: httpx.Client, contacts: int) -> None:
        self._client = client
        self._contacts = contacts
        self._turns = count()
        self._stop = threading.Event()
        self._took: dict[str, list[float]] = {}

    def run(self) -> None:
        """Until it is told to stop."""
        while not self._stop.wait(PAUSE_SECONDS):
            turn = next(self._turns)
            about = contact_id(turn * 7_919 % self._contacts)
            told = {"type": "EMAIL", "direction": "OUTBOUND", "contactId": about, "body": f"{turn}"}
            self._time("activity", "/activities", told)
            first = FIRST_NEW + turn * BATCH
            batch = [people.contact(number) for number in range(first, first + BATCH)]
            self._time(f"batch of {BATCH}", "/contacts", {"contacts": batch})

    def stop(self) -> None:
        """No call after the one that is under way."""
        self._stop.set()

    def _time(self, what: str, path: str, body: Any) -> None:
        began = time.perf_counter()
        self._client.post(path, json=body).raise_for_status()
        self._took.setdefault(what, []).append(time.perf_counter() - began)

    def taken(self) -> Took:
        """What calls took since this was asked last."""
        taken, self._took = self._took, {}
        return taken


@contextmanager
def calling(server: Server, contacts: int) -> Iterator[Calls]:
    """Call a server on a thread, from now until the end of the block."""
    host, port = server.address
    headers = {"X-API-Key": KEY}
    base = f"http://{host}:{port}"
    with httpx.Client(base_url=base, headers=headers, trust_env=False, timeout=60) as client:
        calls = Calls(client, contacts)
        thread = threading.Thread(target=calls.run, name="calls")
        thread.start()
        try:
            yield calls
        finally:
            calls.stop()
            thread.join()


def half_and_most(took: Sequence[float]) -> tuple[float, float]:
    """The p50 and the p99, in milliseconds."""
    return 1_000 * median(took), 1_000 * quantiles(took, n=100, method="inclusive")[98]
