import pytest

from customcrm.dashboard.charts import HEIGHT, WIDTH, Series, Stack, stacked

SERIES = (Series("Email", "email"), Series("InMail", "inmail"))


def test_bars_stand_on_each_other_and_stay_inside() -> None:
    chart = stacked(SERIES, [Stack("Mon", "1", (3, 2)), Stack("Tue", "", (0, 7))])
    assert chart.totals == (3, 9)
    assert chart.total == 12
    low, high = chart.columns[0].bars
    assert low.y + low.height == pytest.approx(chart.base)
    assert high.y + high.height == pytest.approx(low.y)
    assert low.height / high.height == pytest.approx(3 / 2)
    for column in chart.columns:
        for bar in column.bars:
            assert 0 <= bar.x <= bar.x + bar.width <= WIDTH
            assert 0 <= bar.y <= bar.y + bar.height <= HEIGHT


def test_each_number_leads_to_its_list_or_none_does() -> None:
    one, other = stacked(
        SERIES, [Stack("Mon", "", (1, 2), ("/a", "/b")), Stack("Tue", "", (3, 4))]
    ).columns
    assert one.addresses == ("/a", "/b")
    assert other.addresses == ("", "")


def test_what_is_said_of_a_column_leaves_out_nothing_that_came() -> None:
    chart = stacked(SERIES, [Stack("Mon", "", (1_000, 0))])
    assert chart.columns[0].told == "Mon: 1,000\nEmail: 1,000"


@pytest.mark.parametrize("highest", [1, 2, 3, 9, 10, 11, 99, 1_234, 10**9])
def test_the_scale_ends_at_a_round_number_that_is_not_less(highest: int) -> None:
    chart = stacked(SERIES[:1], [Stack("Mon", "", (highest,))])
    top = float(chart.ticks[-1].label.replace(",", ""))
    assert highest <= top <= 2.5 * highest
    assert f"{top:e}"[0] in "125"


@pytest.mark.parametrize(
    ("highest", "told"),
    [(1, ["1"]), (2, ["1", "2"]), (5, ["5"]), (9, ["5", "10"]), (50, ["25", "50"])],
)
def test_a_line_across_is_where_its_number_says(highest: int, told: list[str]) -> None:
    ticks = stacked(SERIES[:1], [Stack("Mon", "", (highest,))]).ticks
    assert [tick.label for tick in ticks] == told


def test_nothing_is_drawn_of_nothing() -> None:
    assert stacked(SERIES, []).total == 0
    assert stacked(SERIES, [Stack("Mon", "", (0, 0))]).columns[0].bars == ()
