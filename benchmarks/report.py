"""What was found, for people and as JSON."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table

from benchmarks.measure import Cell, bare_growth, growth
from benchmarks.traffic import OPERATIONS


def show(cells: Sequence[Cell], console: Console) -> None:
    """Print the tables."""
    for size in sorted({cell.size for cell in cells}):
        console.print(_operations(size, [cell for cell in cells if cell.size == size]))
    creates = [cell for cell in cells if cell.bare]
    if creates:
        console.print(_bare(creates))
    console.print(_growth(cells))


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(columns[0])
    for column in columns[1:]:
        table.add_column(column, justify="right")
    return table


def _operations(size: int, cells: Sequence[Cell]) -> Table:
    table = _table(
        f"{size:,} contacts stored",
        "operation",
        "at once",
        "records/s",
        "requests/s",
        "p50 ms",
        "p99 ms",
        "CPU µs/record",
        "SQL/request",
    )
    for cell in cells:
        table.add_row(
            OPERATIONS[cell.operation].title,
            f"{cell.concurrency}",
            f"{cell.requests_per_second * cell.records:,.0f}",
            f"{cell.requests_per_second:,.0f}",
            f"{cell.p50_ms:.2f}",
            f"{cell.p99_ms:.2f}",
            f"{cell.cpu_us:,.0f}",
            f"{cell.statements:.1f}",
        )
    return table


def _bare(cells: Sequence[Cell]) -> Table:
    table = _table(
        "Creates beside bare sqlite3.executemany",
        "contacts stored",
        "at once",
        "create records/s",
        "bare records/s",
        "create / bare",
        "bare p50 ms",
        "bare CPU µs/record",
    )
    for cell in sorted(cells, key=lambda cell: (cell.size, cell.concurrency)):
        table.add_row(
            f"{cell.size:,}",
            f"{cell.concurrency}",
            f"{cell.requests_per_second * cell.records:,.0f}",
            f"{cell.bare_records_per_second:,.0f}",
            f"{cell.of_bare:.0%}",
            f"{cell.bare_p50_ms:.2f}",
            f"{cell.bare_cpu_us:.0f}",
        )
    return table


def _growth(cells: Sequence[Cell]) -> Table:
    """How p50 grows from the smallest size to each of the others."""
    smallest, *others = sorted({cell.size for cell in cells})
    table = _table(
        f"p50, times that at {smallest:,} contacts",
        "operation",
        "at once",
        *(f"{size:,}" for size in others),
    )
    by_place = {(cell.operation, cell.concurrency, cell.size): cell for cell in cells}
    for (operation, concurrency, size), small in by_place.items():
        if size == smallest:
            large = [by_place[operation, concurrency, other] for other in others]
            title = OPERATIONS[operation].title
            table.add_row(title, f"{concurrency}", *(f"{growth(small, one):.2f}" for one in large))
            if small.bare:
                ratios = (f"{bare_growth(small, one):.2f}" for one in large)
                table.add_row("  the same rows, bare", f"{concurrency}", *ratios)
    return table


def write_json(cells: Sequence[Cell], path: Path) -> None:
    """Write all that the tables tell, and each round, for programs."""
    told = msgspec.json.encode([_told(cell) for cell in cells])
    path.write_bytes(msgspec.json.format(told, indent=2))


def _told(cell: Cell) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operation": cell.operation,
        "stored": cell.size,
        "concurrency": cell.concurrency,
        "recordsPerSecond": cell.requests_per_second * cell.records,
        "requestsPerSecond": cell.requests_per_second,
        "p50ms": cell.p50_ms,
        "p99ms": cell.p99_ms,
        "cpuMicrosecondsPerRecord": cell.cpu_us,
        "statementsPerRequest": cell.statements,
        "rounds": [
            {
                "requests": len(each.latencies),
                "p50ms": 1000 * each.p50,
                "perSecond": each.per_second,
            }
            for each in cell.rounds
        ],
    }
    if cell.bare:
        told["bare"] = {
            "recordsPerSecond": cell.bare_records_per_second,
            "createOfBare": cell.of_bare,
            "p50ms": cell.bare_p50_ms,
            "cpuMicrosecondsPerRecord": cell.bare_cpu_us,
        }
    return told
