"""A funnel as SVG, drawn on the server: how many of some people have come how far."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from customcrm.dashboard.words import share

WIDTH: Final = 720
HEIGHT: Final = 176
_TOP: Final = 32
_BASE: Final = 148
_BAR: Final = 0.62
"""Which part of its place a bar is wide; the rest is the slope to the next one."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A bar of the funnel, and the slope from it to the next one.

    Attributes:
        name: for people.
        count: how many have come as far.
        share: of those of the first stage, in words; empty for the first.
        x, y, width, height: in the units of the drawing.
        slope: the corners of a polygon; empty after the last stage.
    """

    name: str
    count: int
    share: str
    x: float
    y: float
    width: float
    height: float
    slope: str


@dataclass(frozen=True, slots=True)
class FunnelChart:
    """Bars from left to right, ready to be drawn.

    Attributes:
        stages: the bars.
        width, height, base: of the drawing, and where its bars stand.
    """

    stages: tuple[Stage, ...]
    width: int = WIDTH
    height: int = HEIGHT
    base: int = _BASE


def funnel_of(counts: Sequence[tuple[str, int]]) -> FunnelChart:
    """The drawing of some stages, the first of which holds all others."""
    first = counts[0][1] if counts else 0
    slot = WIDTH / (max(len(counts), 1) - 1 + _BAR)
    heights = [(_BASE - _TOP) * count / max(first, 1) for _, count in counts]
    stages = tuple(
        Stage(
            name,
            count,
            share(count, first) if number else "",
            number * slot,
            _BASE - heights[number],
            slot * _BAR,
            heights[number],
            _slope(number * slot, slot, heights[number : number + 2]),
        )
        for number, (name, count) in enumerate(counts)
    )
    return FunnelChart(stages)


def _slope(x: float, slot: float, heights: Sequence[float]) -> str:
    """From the right side of a bar to the left side of the next one."""
    if len(heights) < 2:  # noqa: PLR2004 - a slope has two ends
        return ""
    left, right = x + slot * _BAR, x + slot
    corners = (
        (left, _BASE - heights[0]),
        (right, _BASE - heights[1]),
        (right, _BASE),
        (left, _BASE),
    )
    return " ".join(f"{one:.1f},{other:.1f}" for one, other in corners)
