"""Charts as SVG, drawn on the server: each bar a title, and the numbers in a table beneath."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

WIDTH: Final = 720
HEIGHT: Final = 160
_TOP: Final = 8
_BASE: Final = 136
_GAP: Final = 0.28
_STEPS: Final = (1, 2, 2.5, 5, 10)


class Series(NamedTuple):
    """One kind of thing that is counted: its name for people, and the name of its colour."""

    name: str
    tone: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of the chart.

    Attributes:
        x, y, width, height: in the units of the drawing.
        tone: the name of its colour.
    """

    x: float
    y: float
    width: float
    height: float
    tone: str


@dataclass(frozen=True, slots=True)
class Column:
    """A day of the chart.

    Attributes:
        x, width: where its pointer area is.
        title: what it is.
        told: what is said of it where somebody points at it: its title and its numbers.
        label: below it, or empty where there is no room.
        bars: one on the other.
        counts: of each series; `addresses`: where what each counts is listed, if it is.
        total: of all of them.
    """

    x: float
    width: float
    title: str
    told: str
    label: str
    bars: tuple[Bar, ...]
    counts: tuple[int, ...]
    addresses: tuple[str, ...]
    total: int


class Tick(NamedTuple):
    """A line across the chart, and its number."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns of stacked bars, ready to be drawn.

    Attributes:
        series: what the bars are; `totals`: of each of them.
        columns: from left to right.
        ticks: lines across it.
        total: of everything.
        width, height, base: of the drawing, and where its bars stand.
    """

    series: tuple[Series, ...]
    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    totals: tuple[int, ...]
    total: int
    width: int = WIDTH
    height: int = HEIGHT
    base: int = _BASE


class Stack(NamedTuple):
    """What one column shows: its title, its label, and a number for each series.

    The addresses are where what each number counts is listed, '' for nowhere; without any, none is.
    """

    title: str
    label: str
    counts: tuple[int, ...]
    addresses: tuple[str, ...] = ()


def stacked(series: Sequence[Series], stacks: Sequence[Stack]) -> Chart:
    """Columns of stacked bars, on a scale that begins at nothing and ends at a round number."""
    highest = max((sum(stack.counts) for stack in stacks), default=0)
    top = _round_up(highest)
    slot = WIDTH / max(len(stacks), 1)
    columns = tuple(
        _column(series, stack, number * slot, slot, top) for number, stack in enumerate(stacks)
    )
    ticks = tuple(
        Tick(_BASE - (_BASE - _TOP) * share, f"{top * share:,.0f}")
        for share in (0.5, 1.0)
        if (top * share).is_integer()  # half a message is none
    )
    totals = tuple(sum(column.counts[n] for column in columns) for n in range(len(series)))
    return Chart(tuple(series), columns, ticks, totals, sum(totals))


def _column(series: Sequence[Series], stack: Stack, x: float, slot: float, top: float) -> Column:
    bars: list[Bar] = []
    y: float = _BASE
    width = slot * (1 - _GAP)
    for each, count in zip(series, stack.counts, strict=True):
        height = (_BASE - _TOP) * count / top
        y -= height
        if count:
            bars.append(Bar(x + slot * _GAP / 2, y, width, height, each.tone))
    return Column(
        x,
        slot,
        stack.title,
        _told(series, stack),
        stack.label,
        tuple(bars),
        stack.counts,
        stack.addresses or ("",) * len(stack.counts),
        sum(stack.counts),
    )


def _told(series: Sequence[Series], stack: Stack) -> str:
    lines = [f"{stack.title}: {sum(stack.counts):,}"]
    pairs = zip(series, stack.counts, strict=True)
    return "\n".join(lines + [f"{each.name}: {count:,}" for each, count in pairs if count])


def _round_up(highest: int) -> float:
    """The nearest round number that is not less; at least 1."""
    size = 1.0
    while size * 10 < highest:
        size *= 10
    return next((step * size for step in _STEPS if step * size >= highest), highest) or 1
