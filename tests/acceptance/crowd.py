"""Many clients at once."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from tests.acceptance.server import Client, Server

T = TypeVar("T")


def at_once(servers: Sequence[Server], threads: int, job: Callable[[int, Client], T]) -> list[T]:
    """Runs the job once per thread, all from the same instant on; the results by thread number.

    The clients spread over the servers. The first exception of a job is raised here.
    """
    start = threading.Barrier(threads)

    def one(number: int) -> T:
        with servers[number % len(servers)].client() as client:
            start.wait(60)
            return job(number, client)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, range(threads)))
