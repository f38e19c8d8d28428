"""Funnels as SVG."""

import pytest

from customcrm.dashboard.funnel import HEIGHT, WIDTH, funnel_of


def test_bars_are_as_high_as_what_they_count_and_stay_inside() -> None:
    chart = funnel_of([("People", 200), ("Contacted", 100), ("Replied", 0)])
    first, half, none = chart.stages
    assert first.height == pytest.approx(2 * half.height)
    assert none.height == 0
    assert [stage.share for stage in chart.stages] == ["", "50%", "0%"]
    for stage in chart.stages:
        assert 0 <= stage.x <= stage.x + stage.width <= WIDTH
        assert stage.y >= 0
        assert stage.y + stage.height == pytest.approx(chart.base)
    assert chart.base < HEIGHT
    assert none.x + none.width == pytest.approx(WIDTH)


def test_slopes_lead_from_bar_to_bar() -> None:
    one, other = funnel_of([("People", 2), ("Contacted", 1)]).stages
    corners = [tuple(map(float, corner.split(","))) for corner in one.slope.split()]
    assert corners[0] == pytest.approx((one.x + one.width, one.y), abs=0.06)
    assert corners[1] == pytest.approx((other.x, other.y), abs=0.06)
    assert other.slope == ""


def test_nothing_is_drawn_of_nobody() -> None:
    assert funnel_of([]).stages == ()
    assert [stage.height for stage in funnel_of([("People", 0), ("Contacted", 0)]).stages] == [0, 0]
