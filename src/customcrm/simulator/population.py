"""Who the leads are, and what the lists say of them: dirty, international, and some of them twice.

Nobody is made before somebody asks for them, and then always the same.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from customcrm.simulator.census import Census
from customcrm.simulator.dice import dice, happens, identity
from customcrm.simulator.doubles import (
    Double,
    Likeness,
    double_of_company,
    double_of_contact,
    original_of_contact,
)
from customcrm.simulator.extra_fields import company_extras, contact_extras
from customcrm.simulator.people import Company, Person
from customcrm.simulator.records import (
    alike_company,
    alike_contact,
    company_record,
    contact_record,
    same_company,
    same_contact,
)
from customcrm.simulator.scenario import Scenario

_KEPT: Final = 65_536
"""How many ids are not made again."""


class Population:
    """All leads and companies of a scenario, by number.

    Args:
        scenario: how many there are, and the seed.

    Attributes:
        leads: how many contacts there are; their numbers begin with 0.
        companies: how many companies, likewise.
        contact_id: gives Enginy's id of a contact.
        company_id: gives Enginy's id of a company.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.leads = scenario.leads
        self.companies = scenario.company_count
        self._seed = scenario.seed
        self._census = Census(scenario)
        self.contact_id = lru_cache(_KEPT)(self._contact_id)
        self.company_id = lru_cache(_KEPT)(self._company_id)

    def person(self, number: int) -> Person:
        """Who a contact is; of a copy, the original.

        Of somebody who is only alike, Enginy has no address.
        """
        double = self.double_of_contact(number)
        if double is None:
            return self._census.person(number)
        original = self._census.person(double.original)
        if double.likeness is Likeness.SAME:
            return original
        return replace(original, number=number, email="", slug="")

    def is_copy(self, number: int) -> bool:
        """Whether a contact is somebody who has another record before this one."""
        double = self.double_of_contact(number)
        return double is not None and double.likeness is Likeness.SAME

    def firm(self, number: int) -> Company:
        """Which company a company really is, its own double or not."""
        double = double_of_company(self._seed, number)
        return self._census.company(number if double is None else double.original)

    def _contact_id(self, number: int) -> str:
        return identity(self._seed, "contact", number)

    def _company_id(self, number: int) -> str:
        return identity(self._seed, "company", number)

    def contact(self, number: int) -> dict[str, Any]:
        """A contact as it is exported, but for what owners and campaigns add to it."""
        double, person = self.double_of_contact(number), self.person(number)
        throw = dice(self._seed, "contact record", number)
        if double is None:
            extra = dice(self._seed, "contact extras", number)
            told = contact_extras(contact_record(person, throw), number, extra)
        elif double.likeness is Likeness.SAME:
            told = same_contact(person, throw)
        else:
            told = alike_contact(person, throw)
        return {"externalId": self.contact_id(number), **told}

    def company(self, number: int) -> dict[str, Any]:
        """A company as it is exported, but for what owners and campaigns add to it."""
        double, firm = self.double_of_company(number), self.firm(number)
        throw = dice(self._seed, "company record", number)
        if double is None:
            extra = dice(self._seed, "company extras", number)
            told = company_extras(company_record(firm, throw), extra)
        elif double.likeness is Likeness.SAME:
            told = same_company(firm, throw)
        else:
            told = alike_company(firm, throw)
        return {"externalId": self.company_id(number), **told}

    def double_of_contact(self, number: int) -> Double | None:
        """Whose double a contact is, if anybody's."""
        original = original_of_contact(self._seed, number)
        if original is None:
            return None
        return double_of_contact(self._seed, number, self._census.person(original))

    def double_of_company(self, number: int) -> Double | None:
        """Whose double a company is, if anybody's."""
        return double_of_company(self._seed, number)

    def contacts_known_twice(self) -> Iterator[int]:
        """The contacts of whom another record is the same, in order."""
        doubles = map(self.double_of_contact, range(self.leads))
        return (one.original for one in doubles if one and one.likeness is Likeness.SAME)

    def companies_known_twice(self) -> Iterator[int]:
        """The companies of which another record is the same, in order."""
        doubles = map(self.double_of_company, range(self.companies))
        return (one.original for one in doubles if one and one.likeness is Likeness.SAME)

    def employer(self, number: int) -> int:
        """The company that a contact works for."""
        return self.person(number).company.number

    def second_employer(self, number: int) -> int | None:
        """The company that somebody belongs to besides their own, if they do."""
        person = self.person(number)
        throw = dice(self._seed, "second employer", person.number)
        if not happens(throw, 0.06):
            return None
        other = self._census.employer(throw, person.number)
        return None if other == person.company.number else other

    def new_mobile(self, number: int) -> str | None:
        """The number of somebody who gets another mobile number; nobody has it already."""
        return self._census.new_mobile(number)
