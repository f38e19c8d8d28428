"""What can be played, and what is said of what cannot."""

from datetime import date
from typing import Any

import pytest

from customcrm.simulator.faults import Faults
from customcrm.simulator.player import Tempo
from customcrm.simulator.scenario import BadScenario, Scenario

UNTIL = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"leads": 0}, "The number of leads must be 1 to 1000000, not 0"),
        ({"leads": 1_000_001}, "The number of leads must be 1 to 1000000, not 1000001"),
        ({"companies": -1}, "The number of companies must be 0 to 1000000, not -1"),
        ({"companies": 1_000_001}, "The number of companies must be 0 to 1000000, not 1000001"),
        ({"weeks": 0}, "The number of weeks must be 1 to 260, not 0"),
        ({"weeks": 261}, "The number of weeks must be 1 to 260, not 261"),
        ({"seed": -1}, f"The seed must be 0 to {2**63 - 1}, not -1"),
        ({"until": date(1999, 12, 31)}, "The year of the last day must be 2000 to 2100, not 1999"),
        ({"owners": ["x"] * 1001}, "The number of owners must be 0 to 1000, not 1001"),
        ({"owners": [""]}, "The id of an owner must have 1 to 255 characters"),
        ({"owners": ["x" * 256]}, "The id of an owner must have 1 to 255 characters"),
    ],
)
def test_what_is_out_of_bounds_is_said_in_one_sentence(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(BadScenario) as raised:
        Scenario.read(**{"until": UNTIL, **asked})
    assert str(raised.value) == said


@pytest.mark.parametrize(
    "asked",
    [
        {"retry_every": -1},
        {"drop_every": -1},
        {"workers": 0},
        {"workers": 65},
        {"slow": -0.1},
        {"slow": 10.1},
    ],
)
def test_faults_have_bounds_too(asked: dict[str, Any]) -> None:
    with pytest.raises(BadScenario, match="must be"):
        Faults.read(**asked)


@pytest.mark.parametrize("rate", [0.001, 10_001, -1])
def test_so_has_the_rate(rate: float) -> None:
    with pytest.raises(BadScenario, match="The calls per second must be"):
        Tempo.read(rate=rate)


@pytest.mark.parametrize(
    ("leads", "companies", "count"), [(500, 0, 83), (5, 0, 1), (1, 7, 7), (600, 1, 1)]
)
def test_there_is_a_company_to_every_six_leads_unless_said_otherwise(
    leads: int, companies: int, count: int
) -> None:
    scenario = Scenario.read(until=UNTIL, leads=leads, companies=companies)
    assert scenario.company_count == count


def test_what_may_be_asked_for_is_taken_as_it_is() -> None:
    assert Scenario.read(until=UNTIL, owners=["a"]) == Scenario(until=UNTIL, owners=("a",))
    assert Faults.read(workers=2, slow=0.5) == Faults(workers=2, slow=0.5)
    assert Tempo.read(rate=2, live=True) == Tempo(rate=2, live=True)
    assert Tempo.read() == Tempo()
