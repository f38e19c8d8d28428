"""What is true of a company and of a person, whatever the lists say of them."""

from dataclasses import dataclass
from typing import Final

from customcrm.simulator.letters.letters import Letters
from customcrm.simulator.locales.locale import City, Locale, Word

SIZES: Final = (
    ("1-10", 1, 10),
    ("11-50", 11, 50),
    ("51-200", 51, 200),
    ("201-500", 201, 500),
    ("501-1,000", 501, 1_000),
    ("1,001-5,000", 1_001, 5_000),
    ("10,001+", 10_001, 60_000),
)
"""How many people work for a company: as LinkedIn says it, at least, at most."""


@dataclass(frozen=True, slots=True)
class Company:
    """A company as it really is.

    Attributes:
        number: which one.
        locale: where it is.
        city: in which city.
        name: without its legal form.
        form: its legal form.
        domain: of its addresses; always one that is reserved for examples.
        slug: of its page on LinkedIn; empty if it has none.
        industry: as LinkedIn calls it.
        size: which of `SIZES`.
        habit: how it makes the addresses of its people.
    """

    number: int
    locale: Locale
    city: City
    name: str
    form: str
    domain: str
    slug: str
    industry: str
    size: int
    habit: int

    @property
    def legal_name(self) -> str:
        """Its whole name."""
        return f"{self.name}{self.form}"


@dataclass(frozen=True, slots=True)
class Person:
    """A person as they really are.

    Attributes:
        number: which one.
        company: where they work.
        locale: where their name comes from.
        first: the first name.
        last: the last name.
        title: the position.
        email: the address; empty if nobody knows it.
        slug: of the page on LinkedIn; empty if nobody knows it.
        mobile: the mobile number, at home and abroad; None if nobody knows it.
        office: the direct line, likewise.
        owner: whose lead it is, as a number of which only the remainder counts.
    """

    number: int
    company: Company
    locale: Locale
    first: Word
    last: Word
    title: str
    email: str
    slug: str
    mobile: tuple[str, str] | None
    office: tuple[str, str] | None
    owner: int

    @property
    def name(self) -> str:
        """The whole name."""
        return self.locale.whole_name(self.first.written, self.last.written)

    @property
    def letters(self) -> Letters:
        """What is written to them and by them."""
        return self.company.locale.letters

    @property
    def clock(self) -> int:
        """How many hours their clock is ahead of UTC."""
        return self.company.city.offset
