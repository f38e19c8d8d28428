"""Runs the benchmark: `python -m benchmarks --help`."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from rich.console import Console

from benchmarks.machine import OtherWork, description
from benchmarks.measure import measure
from benchmarks.report import show, write_json
from benchmarks.seed import seeds
from benchmarks.traffic import BATCH, OPERATIONS

SMALLEST = 10 * BATCH
"""Contacts that a database must hold for batches of different ones."""


def _sizes(text: str) -> list[int]:
    sizes = sorted({int(part) for part in text.split(",")})
    if sizes[0] < SMALLEST:
        raise ValueError
    return sizes


def _operations(text: str) -> list[str]:
    names = text.split(",")
    if not OPERATIONS.keys() >= set(names):
        raise ValueError
    return names


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument(
        "--sizes",
        type=_sizes,
        default=[1_000, 100_000, 1_000_000],
        help=f"contacts stored, {SMALLEST} at least; default 1000,100000,1000000",
    )
    parser.add_argument(
        "--operations",
        type=_operations,
        default=list(OPERATIONS),
        help=f"which of {','.join(OPERATIONS)}; default all",
    )
    parser.add_argument(
        "--seconds", type=float, default=3.0, help="for each number measured; default 3"
    )
    parser.add_argument("--json", type=Path, help="write the numbers into this file too")
    return parser.parse_args()


def main() -> None:
    """Seed, measure, report."""
    arguments = _arguments()
    console = Console(width=None if sys.stdout.isatty() else 120)
    databases = seeds(arguments.sizes, console)
    others = OtherWork()
    cells = measure(databases, arguments.operations, arguments.seconds, console)
    show(cells, console)
    console.print(f"Measured on {description()}.")
    console.print(f"Other processes took {others.share():.0%} of its CPUs meanwhile.")
    if arguments.json:
        write_json(cells, arguments.json)


if __name__ == "__main__":
    main()
