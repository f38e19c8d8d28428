"""What is played: how many leads, over how many weeks, up to which day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

MAX_LEADS: Final = 1_000_000
MAX_COMPANIES: Final = 1_000_000
MAX_WEEKS: Final = 260
MAX_SEED: Final = 2**63 - 1
MAX_OWNERS: Final = 1_000
MAX_OWNER: Final = 255
"""Characters in an owner's id."""

LEADS_PER_COMPANY: Final = 6

BATCH: Final = 100
"""Records in one call, as Enginy documents."""

YEARS: Final = range(2000, 2101)
"""In which a scenario may end."""


class BadScenario(ValueError):
    """What was asked for cannot be played; says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What is played. The same scenario is played the same way, byte for byte.

    Attributes:
        until: the last day. Nothing happens after it; tasks may be due later.
        seed: another seed makes other people and other stories.
        leads: how many are exported.
        companies: how many are exported; 0 for one to every six leads.
        weeks: how many weeks the campaigns have run.
        owners: ids of the users who own the records; none for those whom the server names.
    """

    until: date
    seed: int = 1
    leads: int = 500
    companies: int = 0
    weeks: int = 26
    owners: tuple[str, ...] = ()

    @classmethod
    def read(
        cls,
        *,
        until: date,
        seed: int = 1,
        leads: int = 500,
        companies: int = 0,
        weeks: int = 26,
        owners: Sequence[str] = (),
    ) -> Self:
        """A scenario as a person asked for it.

        Raises:
            BadScenario: says what is out of bounds.
        """
        check_bounds("The seed", seed, 0, MAX_SEED)
        check_bounds("The number of leads", leads, 1, MAX_LEADS)
        check_bounds("The number of companies", companies, 0, MAX_COMPANIES)
        check_bounds("The number of weeks", weeks, 1, MAX_WEEKS)
        check_bounds("The year of the last day", until.year, YEARS.start, YEARS.stop - 1)
        check_bounds("The number of owners", len(owners), 0, MAX_OWNERS)
        if not all(0 < len(owner) <= MAX_OWNER for owner in owners):
            raise BadScenario(f"The id of an owner must have 1 to {MAX_OWNER} characters")
        return cls(
            until=until,
            seed=seed,
            leads=leads,
            companies=companies,
            weeks=weeks,
            owners=tuple(owners),
        )

    @property
    def company_count(self) -> int:
        """How many companies there are."""
        return self.companies or max(self.leads // LEADS_PER_COMPANY, 1)


def check_bounds(what: str, value: float, least: float, most: float) -> None:
    """Hold a number against its bounds.

    Raises:
        BadScenario: it is less or more.
    """
    if not least <= value <= most:
        raise BadScenario(f"{what} must be {least} to {most}, not {value}")
