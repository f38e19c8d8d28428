"""What is true of everybody: makes the company and the person of a number, always the same."""

import random
from functools import lru_cache
from typing import Final, NamedTuple

from customcrm.simulator.dice import dice, happens, scattered
from customcrm.simulator.doubles import double_of_company
from customcrm.simulator.locales import LOCALES, MARKET
from customcrm.simulator.locales.locale import INDUSTRIES, City, Locale, Numbers, Word, latin
from customcrm.simulator.people import SIZES, Company, Person
from customcrm.simulator.scenario import BATCH, Scenario
from customcrm.simulator.spellings import mailbox, slug

_KEPT: Final = 16_384
"""How many people, and companies, are not made again."""

_PLACES: Final = tuple(
    (locale, MARKET.count(locale), MARKET[:slot].count(locale), LOCALES.index(locale))
    for slot, locale in enumerate(MARKET)
)
"""For each place in the market: the locale, how many places it has, which of them this is, and a
number for the locale."""

_ENDINGS: Final = (
    ".example", ".example", ".example", ".example", ".example.com", ".example.net", ".example.org"
)  # fmt: skip
_PROVIDERS: Final = ("example.com", "example.org", "example.net")


class _Name(NamedTuple):
    """What a company is called, which trade it has, and where it is."""

    word: Word
    trade: int
    city: City
    written: str
    latin: str


class Census:
    """Everybody in a scenario.

    Args:
        scenario: how many there are, and the seed.

    Attributes:
        person: gives the person of a number.
        company: gives the company of a number.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._seed = scenario.seed
        self._companies = scenario.company_count
        self._batches = -(-scenario.leads // BATCH)
        self._shared = self._companies < 2 * self._batches
        self.person = lru_cache(_KEPT)(self._person)
        self.company = lru_cache(_KEPT)(self._company)

    def employer(self, throw: random.Random, number: int) -> int:
        """The company of a lead. A company's people are all of the same hundred.

        Where there are too few companies for that, they are shared.
        """
        batch = number // BATCH
        first = batch * self._companies // self._batches
        end = (batch + 1) * self._companies // self._batches
        if not self._shared:
            # A company and its double stay together.
            first, end = first // 2 * 2, end if end == self._companies else end // 2 * 2
        # Some have many people in the lists, most have few.
        chosen = first + int((end - first) * throw.random() ** 1.7)
        double = double_of_company(self._seed, chosen)
        return chosen if double is None else double.original

    def new_mobile(self, number: int) -> str | None:
        """A mobile number for a person who gets another one; nobody has it already."""
        numbers = self.person(number).company.locale.mobile
        half = numbers.size // 2
        if number >= half:
            return None
        return numbers.written(scattered(self._seed, number + half, numbers.size))[1]

    def _person(self, number: int) -> Person:
        throw = dice(self._seed, "person", number)
        company = self.company(self.employer(throw, number))
        locale = throw.choice(LOCALES) if happens(throw, 0.1) else company.locale
        names = len(locale.first_names) * len(locale.last_names)
        last, first = divmod(scattered(self._seed, number, names), len(locale.first_names))
        name = locale.first_names[first], locale.last_names[last]
        return Person(
            number=number,
            company=company,
            locale=locale,
            first=name[0],
            last=name[1],
            title=throw.choice(company.locale.titles),
            email=self._email(throw, number, company, name),
            slug=self._profile(throw, number, name),
            mobile=self._number(throw, number, company.locale.mobile),
            office=self._number(throw, number, company.locale.office, shift=1),
            owner=throw.randrange(2**16),
        )

    def _email(
        self, throw: random.Random, number: int, company: Company, name: tuple[Word, Word]
    ) -> str:
        """An address that nobody else has; some have none."""
        if happens(throw, 0.09):
            return ""
        mine = mailbox(*name, company.habit)
        if happens(throw, 0.07):
            return f"{mine}.{number}@{throw.choice(_PROVIDERS)}"
        # Two of one name can only work together where companies are shared.
        return f"{mine}{number if self._shared else ''}@{company.domain}"

    def _profile(self, throw: random.Random, number: int, name: tuple[Word, Word]) -> str:
        """The end of an address on LinkedIn that nobody else has; some have none."""
        if happens(throw, 0.1):
            return ""
        accents = happens(throw, 0.15)
        token = (number * 0x9E3779B1 + self._seed * 0x85EBCA6B) % 2**32
        return "-".join([*(slug(word, accents=accents) for word in name), f"{token:08x}"])

    def _number(
        self, throw: random.Random, number: int, numbers: Numbers, shift: int = 0
    ) -> tuple[str, str] | None:
        """A telephone number that nobody else has; some have none."""
        if happens(throw, 0.35) or number >= numbers.size // 2:
            return None
        return numbers.written(scattered(self._seed + shift, number, numbers.size))

    def _company(self, number: int) -> Company:
        turn, slot = divmod(number + self._seed % len(_PLACES), len(_PLACES))
        locale, places, rank, shift = _PLACES[slot]
        throw = dice(self._seed, "company", number)
        name = self._named(throw, locale, turn * places + rank, shift)
        address = name.latin
        if happens(throw, 0.2) and latin(name.word.written) == name.word.latin:
            address = address.replace(name.word.latin, slug(name.word, accents=True), 1)
        return Company(
            number=number,
            locale=locale,
            city=name.city,
            name=name.written,
            form=throw.choice(locale.forms),
            domain=f"{address}{throw.choice(_ENDINGS)}",
            slug=name.latin if happens(throw, 0.8) else "",
            industry=INDUSTRIES[name.trade],
            size=min(int(throw.expovariate(0.6)), len(SIZES) - 1),
            habit=throw.randrange(5),
        )

    def _named(self, throw: random.Random, locale: Locale, ordinal: int, shift: int) -> _Name:
        """The name of the so-manieth company of a locale; each has its own.

        First by word and trade; then with a city behind; then with a number behind that.
        """
        names = len(locale.company_words) * len(locale.trades)
        again, ordinal = divmod(ordinal, names)
        trade, chosen = divmod(
            scattered(self._seed + shift, ordinal, names), len(locale.company_words)
        )
        word = locale.company_words[chosen]
        written = locale.company_name.format(word=word.written, trade=locale.trades[trade].written)
        address = f"{word.latin}-{locale.trades[trade].latin}"
        if again == 0:
            return _Name(word, trade, throw.choice(locale.cities), written, address)
        count, which = divmod(again - 1, len(locale.cities))
        city = locale.cities[which]
        number = str(count + 1) if count else ""
        return _Name(
            word,
            trade,
            city,
            f"{written} {city.name.written} {number}".rstrip(),
            f"{address}-{city.name.latin}{number}",
        )
