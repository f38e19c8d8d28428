"""The campaigns of a scenario, and who belongs to which."""

import random
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from customcrm.simulator.calendar import Calendar
from customcrm.simulator.dice import dice, happens
from customcrm.simulator.scenario import Scenario

LEADS_PER_CAMPAIGN: Final = 300

_TOPICS: Final = (
    "Onboarding",
    "Forecasting",
    "Late invoices",
    "Hiring",
    "Customer support",
    "Data quality",
)
"""In the order of the topics of all letters."""

_NAMES: Final = (
    "{topic} for founders",
    "{topic} · DACH & Nordics",
    "{topic}: decision makers",
    "{topic} 🚀 Q{quarter}",
    "Webinar «{topic}»",
    "{topic} / reactivation",
    "Año nuevo: {topic}",
    "{topic} <500 employees",
)


class Approach(StrEnum):
    """How a campaign reaches people."""

    LINKEDIN = "linkedin"
    EMAIL = "email"
    BOTH = "both"


_APPROACHES: Final = (Approach.BOTH, Approach.LINKEDIN, Approach.EMAIL)


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign.

    Attributes:
        number: they are numbered in the order in which they begin.
        name: as the records name it; without a comma.
        topic: which of the topics of all letters.
        approach: how it reaches people.
        start: the day on which it begins.
        length: for how many days people are added to it.
    """

    number: int
    name: str
    topic: int
    approach: Approach
    start: int
    length: int


def campaigns_of(scenario: Scenario, calendar: Calendar) -> tuple[Campaign, ...]:
    """All campaigns: the first begins on the first day, the last takes people until the last."""
    most = len(_NAMES) * len(_TOPICS)
    count = min(max(2 + scenario.leads // LEADS_PER_CAMPAIGN, 3), most)
    length = max(calendar.days // 3, 1)
    shift = dice(scenario.seed, "campaigns", 0).randrange(most)
    campaigns = []
    for number in range(count):
        # Each round through the topics gives the names to other topics.
        turn, topic = divmod((shift + number) % most, len(_TOPICS))
        start = number * (calendar.days - length) // (count - 1)
        name = _NAMES[(turn + shift + number) % len(_NAMES)].format(
            topic=_TOPICS[topic], quarter=(calendar.date(start).month + 2) // 3
        )
        campaigns.append(
            Campaign(
                number=number,
                name=name,
                topic=topic,
                approach=_APPROACHES[number % len(_APPROACHES)],
                start=start,
                length=length,
            )
        )
    return tuple(campaigns)


def campaigns_of_lead(
    campaigns: tuple[Campaign, ...], throw: random.Random
) -> tuple[Campaign, ...]:
    """The campaigns that a lead is in: one, or one and a later one."""
    first = throw.choice(campaigns)
    later = campaigns[first.number + 1 :]
    return (first, throw.choice(later)) if later and happens(throw, 0.25) else (first,)
