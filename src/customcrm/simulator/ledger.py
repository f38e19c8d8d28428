"""What Enginy has: the leads, their campaigns, what has happened to them, and who owns them."""

from functools import lru_cache
from typing import Any, Final

from customcrm.simulator.calendar import DAY, Calendar
from customcrm.simulator.campaigns import Campaign, campaigns_of, campaigns_of_lead
from customcrm.simulator.conversation import ACTIVITIES, NAMELESS, OUTBOUND, Scene
from customcrm.simulator.dice import dice
from customcrm.simulator.known import Known
from customcrm.simulator.population import Population
from customcrm.simulator.scenario import Scenario
from customcrm.simulator.story import Event, Moment, story

_KEPT: Final = 16_384
"""How many stories are not told again."""


class Ledger:
    """All that Enginy has of a scenario.

    Args:
        scenario: what is played.

    Attributes:
        population: the leads and companies.
        calendar: the days.
        campaigns: all campaigns, by number.
        story: gives all that happens to the contact of a number.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.population = Population(scenario)
        self.calendar = Calendar.of(scenario)
        self.campaigns = campaigns_of(scenario, self.calendar)
        self._seed = scenario.seed
        self.story = lru_cache(_KEPT)(self._story)

    def campaigns_of(self, number: int) -> tuple[Campaign, ...]:
        """The campaigns that a contact is in, in order."""
        return campaigns_of_lead(self.campaigns, dice(self._seed, "campaigns of lead", number))

    def _story(self, number: int) -> tuple[Moment, ...]:
        """Copies have none: what is written is written to their originals."""
        if self.population.is_copy(number):
            return ()
        return story(
            self.population.person(number),
            self.campaigns_of(number),
            self.calendar,
            dice(self._seed, "story", number),
        )

    def told(self, number: int, day: int) -> list[Moment]:
        """What has happened to a contact up to a day, that day included."""
        return [moment for moment in self.story(number) if moment.second < (day + 1) * DAY]

    def contact(self, number: int, known: Known, day: int = -1) -> dict[str, Any]:
        """A contact as it is exported on a day; on the day -1 nothing has happened yet."""
        record = self._owned(
            self.population.contact(number), self.population.person(number).owner, known
        )
        if self.population.is_copy(number):
            return record
        told = self.told(number, day)
        joined = 1 + sum(moment.event is Event.JOINED for moment in told)
        names = [campaign.name for campaign in self.campaigns_of(number)[:joined]]
        record["campaigns"] = ", ".join(names)
        for moment in told:
            record |= self._change(number, moment, known)
        return record

    def company(self, number: int, known: Known) -> dict[str, Any]:
        """A company as it is exported."""
        return self._owned(self.population.company(number), number, known)

    def scene(self, number: int, campaign: int, known: Known) -> Scene:
        """From which the moments of a contact are told."""
        person = self.population.person(number)
        return Scene(
            person,
            self.campaigns[campaign],
            known.sender(person.owner),
            self.calendar,
            f"{self._seed}.{number}",
        )

    @staticmethod
    def _owned(record: dict[str, Any], owner: int, known: Known) -> dict[str, Any]:
        owner_id = known.sender(owner).owner_id
        return {**record, "ownerId": owner_id} if owner_id else record

    def _change(self, number: int, moment: Moment, known: Known) -> dict[str, Any]:
        """What a moment changes of a contact's record."""
        person = self.population.person(number)
        if moment.event is Event.CHANGED:
            mobile = self.population.new_mobile(number) if moment.chance % 3 == 0 else None
            titles = person.company.locale.titles
            title = titles[moment.chance % len(titles)]
            return {"mobilePhone": mobile} if mobile else {"title": title}
        written = moment.event in ACTIVITIES and moment.event not in NAMELESS
        if written and ACTIVITIES[moment.event][1] == OUTBOUND:
            return {"lastContactedBy": known.sender(person.owner).name}
        return {}
