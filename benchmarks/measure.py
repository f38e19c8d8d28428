"""The plan of a run, and what it finds.

What is compared is measured in turns: each round visits every size, and each create is followed by
the same rows without the server. Noise of the machine then meets all sides alike.
"""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from statistics import mean, median, quantiles
from tempfile import TemporaryDirectory
from typing import Final

from rich.console import Console
from rich.progress import track

from benchmarks.seed import RESULTS
from benchmarks.stand import Round, Stand, Yardstick
from benchmarks.traffic import OPERATIONS

ROUNDS: Final = 3
CONCURRENCIES: Final = (1, 16)


@dataclass(slots=True)
class Cell:
    """One operation on one size at one concurrency.

    Attributes:
        operation: its short name.
        size: contacts stored.
        concurrency: requests under way at once.
        rounds: what was measured.
        bare: for a create, the yardstick of each round.
    """

    operation: str
    size: int
    concurrency: int
    rounds: list[Round] = field(default_factory=list)
    bare: list[Yardstick] = field(default_factory=list)

    @property
    def records(self) -> int:
        """Records in one request."""
        return OPERATIONS[self.operation].records

    @property
    def requests_per_second(self) -> float:
        """Answered; the median round."""
        return median(each.per_second for each in self.rounds)

    @property
    def p50_ms(self) -> float:
        """What half of the requests took at most; the median round."""
        return 1000 * median(each.p50 for each in self.rounds)

    @property
    def p99_ms(self) -> float:
        """What all but a hundredth took at most; of all rounds together."""
        latencies = [one for each in self.rounds for one in each.latencies]
        return 1000 * quantiles(latencies, n=100, method="inclusive")[98]

    @property
    def cpu_us(self) -> float:
        """CPU time of the server for each record; the median round."""
        return 1_000_000 * median(each.cpu for each in self.rounds) / self.records

    @property
    def statements(self) -> float:
        """SQL statements for each request, on average."""
        return mean(one for each in self.rounds for one in each.statements)

    @property
    def bare_p50_ms(self) -> float:
        """What half of the bare transactions took at most; the median round."""
        return 1000 * median(each.p50 for each in self.bare)

    @property
    def bare_cpu_us(self) -> float:
        """CPU time for each contact inserted without the server."""
        return 1_000_000 * median(each.cpu for each in self.bare) / self.records

    @property
    def bare_records_per_second(self) -> float:
        """Contacts inserted without the server; the median round."""
        return self.records * median(each.per_second for each in self.bare)

    @property
    def of_bare(self) -> float:
        """How much of the bare rate the server reaches; the median of the rounds' own ratios."""
        pairs = zip(self.rounds, self.bare, strict=True)
        return median(each.per_second / bare.per_second for each, bare in pairs)


def growth(small: Cell, large: Cell) -> float:
    """How many times longer a request takes on the larger database; the median of the rounds."""
    pairs = zip(small.rounds, large.rounds, strict=True)
    return median(after.p50 / before.p50 for before, after in pairs)


def bare_growth(small: Cell, large: Cell) -> float:
    """As `growth`, for the bare inserts of a create's rows."""
    pairs = zip(small.bare, large.bare, strict=True)
    return median(after.p50 / before.p50 for before, after in pairs)


def measure(
    seeds: dict[int, Path], operations: Sequence[str], seconds: float, console: Console
) -> list[Cell]:
    """Measure every operation on every size at every concurrency.

    Args:
        seeds: the databases, by how many contacts they hold.
        operations: their short names.
        seconds: for each of the cells, all rounds together.
        console: shows how far it is.
    """
    cells = [
        Cell(operation, size, concurrency)
        for operation, concurrency, size in product(operations, CONCURRENCIES, seeds)
    ]
    with ExitStack() as stack:
        directory = Path(stack.enter_context(TemporaryDirectory(prefix="run-", dir=RESULTS)))
        stands = {}
        for size, seed in seeds.items():
            stands[size] = Stand(size, seed, directory)
            stack.callback(stands[size].stop)
        turns = list(_turns(cells))
        for cell in track(turns, "Measuring", console=console, transient=True):
            _round(cell, stands[cell.size], seconds / ROUNDS)
    return cells


def _turns(cells: Sequence[Cell]) -> Iterable[Cell]:
    """The cells in the order of their rounds: all sizes in turn, as often as there are rounds."""
    alike: dict[tuple[str, int], list[Cell]] = {}
    for cell in cells:
        alike.setdefault((cell.operation, cell.concurrency), []).append(cell)
    for sizes in alike.values():
        for _ in range(ROUNDS):
            yield from sizes


def _round(cell: Cell, stand: Stand, seconds: float) -> None:
    done, first = stand.measure(cell.operation, cell.concurrency, seconds)
    cell.rounds.append(done)
    if cell.operation == "create":
        cell.bare.append(stand.measure_bare(first, len(done.latencies)))
