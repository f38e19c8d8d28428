"""One size under measurement: a server on a copy of the seed, and the yardstick on another."""

from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from benchmarks import load
from benchmarks.bare import Bare, batches_of
from benchmarks.seed import copy_settled
from benchmarks.server import Server
from benchmarks.traffic import OPERATIONS, Operation, Traffic, new_people

SMALL: Final = 10_000
"""A database with fewer contacts is copied anew before what would make it another size."""

SMALL_REQUESTS: Final = {"create": 24, "activity": 500, "task": 500}
"""How many requests such a database is given then."""

WARM_UP: Final = 64
"""Small creates that a fresh server gets, so that all its threads and connections are there."""

CONNECTIONS: Final = 16
"""At most: as many wait at once."""


class Round(NamedTuple):
    """One round of one operation.

    Attributes:
        per_second: requests answered.
        latencies: of each request, in seconds.
        cpu: of the server process, in seconds for each request.
        statements: SQL statements of each request.
    """

    per_second: float
    latencies: list[float]
    cpu: float
    statements: list[int]

    @property
    def p50(self) -> float:
        """What half of the requests took at most, in seconds."""
        return median(self.latencies)


class Yardstick(NamedTuple):
    """What SQLite alone did with the rows of the creates of one round.

    Attributes:
        per_second: transactions, each with the rows of one create.
        p50: what half of them took at most, in seconds.
        cpu: in seconds for each.
    """

    per_second: float
    p50: float
    cpu: float


class Stand:
    """Databases of one size, and what runs on them.

    Args:
        size: how many contacts.
        seed: the database that holds them.
        directory: for the copies.
    """

    def __init__(self, size: int, seed: Path, directory: Path) -> None:
        self.size = size
        self._seed = seed
        self._paths = directory / f"server-{size}.db", directory / f"bare-{size}.db"
        self._traffic = Traffic(size, seed)
        self._bare: Bare | None = None
        self.server = self._start()

    def _start(self) -> Server:
        """Copy the seed and start the server."""
        copy_settled(self._seed, self._paths[0])
        server = Server(self._paths[0])
        try:
            self._warm_up(server)
        except BaseException:
            server.stop()
            raise
        return server

    def _warm_up(self, server: Server) -> None:
        creates = [self._traffic.create(1) for _ in range(WARM_UP)]
        load.run(server.address, creates, concurrency=CONNECTIONS, seconds=60)
        for operation in OPERATIONS.values():
            load.run(server.address, [operation.make(self._traffic)], concurrency=1, seconds=60)

    def _is_small_for(self, operation: Operation) -> bool:
        return operation.grows and self.size < SMALL

    def measure(self, name: str, concurrency: int, seconds: float) -> tuple[Round, int]:
        """Run one round of an operation.

        Returns:
            The round, and the number of the first contact that it created.
        """
        operation = OPERATIONS[name]
        if self._is_small_for(operation):
            self.server.stop()
            self.server = self._start()
        first = self._traffic.next_new
        requests = self._traffic.requests(operation, seconds)
        if self._is_small_for(operation):
            requests = requests[: SMALL_REQUESTS[name]]
        position, cpu = self.server.log_position(), self.server.cpu_seconds()
        run = load.run(self.server.address, requests, concurrency=concurrency, seconds=seconds)
        cpu = self.server.cpu_seconds() - cpu
        sent = len(run.latencies)
        return Round(
            sent / run.seconds,
            run.latencies,
            cpu / sent,
            self.server.statements(position, operation.name),
        ), first

    def measure_bare(self, first: int, creates: int) -> Yardstick:
        """Insert the rows of as many creates, which began at this number, without the server."""
        batches = batches_of(self._paths[0], list(new_people(first, creates)))
        bare = self._bare_connection()
        times = bare.insert(batches)
        return Yardstick(
            creates / sum(times.seconds), median(times.seconds), times.cpu_seconds / creates
        )

    def _bare_connection(self) -> Bare:
        """The connection that inserts; on a new copy if the database is small."""
        if self._bare and self.size >= SMALL:
            return self._bare
        if self._bare:
            self._bare.close()
        copy_settled(self._seed, self._paths[1])
        self._bare = Bare(self._paths[1])
        return self._bare

    def stop(self) -> None:
        """Stop what runs and remove the copies."""
        self.server.stop()
        if self._bare:
            self._bare.close()
        for path in self._paths:
            for each in path.parent.glob(f"{path.stem}.*"):
                each.unlink()
