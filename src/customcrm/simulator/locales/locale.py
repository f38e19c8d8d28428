"""What a country gives its people and companies: names, cities, numbers, a language."""

import unicodedata
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from customcrm.simulator.letters.letters import Letters

INDUSTRIES: Final = (
    "Software Development",
    "Logistics & Supply Chain",
    "Food & Beverages",
    "Renewable Energy",
    "Business Consulting",
    "Hospitals & Health Care",
    "Construction",
    "Textiles & Apparel",
    "E-Learning Providers",
    "Insurance",
    "Travel & Tourism",
    "Industrial Machinery",
)
"""As LinkedIn calls them. Each locale names its trades in this order."""

SATURDAY_SUNDAY: Final = frozenset({5, 6})

_LETTERS: Final = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        "đ": "d",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "&": "-",
    }
)


def latin(text: str) -> str:
    """A text in small ASCII letters and digits, joined by hyphens, as addresses have it."""
    small = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    kept = "".join(char for char in small if not unicodedata.combining(char))
    words = "".join(char if char.isascii() and char.isalnum() else " " for char in kept).split()
    return "-".join(words)


class Word(NamedTuple):
    """A name, as it is written and as an address has it."""

    written: str
    latin: str


def words(text: str) -> tuple[Word, ...]:
    """Names, separated by commas; one in another script has its Latin form behind a stroke."""
    pairs = (one.strip().partition("/") for one in text.split(","))
    return tuple(Word(written, latin(spelt or written)) for written, _, spelt in pairs)


class City(NamedTuple):
    """A city: its name, its region, and what its clocks are ahead of UTC, in hours."""

    name: Word
    region: str
    offset: int


def cities(text: str, offset: int) -> tuple[City, ...]:
    """Cities, one a line: name, region and, where it is not the usual one, offset."""
    rows = (line.split("|") for line in text.strip().splitlines())
    return tuple(City(words(row[0])[0], row[1], int(row[2]) if row[2:] else offset) for row in rows)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A range of telephone numbers that nobody has: reserved for fiction, or not assigned.

    Attributes:
        national: how it is written at home; `#` is a digit, `@` the area.
        international: how it is written abroad.
        areas: the areas that it exists in.
    """

    national: str
    international: str
    areas: tuple[str, ...] = ("",)

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return len(self.areas) * int(10 ** self.national.count("#"))

    def written(self, number: int) -> tuple[str, str]:
        """One of the numbers, at home and abroad."""
        number, area = divmod(number, len(self.areas))
        digits = f"{number:0{self.national.count('#')}d}"
        return (
            _filled(self.national, self.areas[area], digits),
            _filled(self.international, self.areas[area], digits),
        )


def _filled(pattern: str, area: str, digits: str) -> str:
    rest = iter(digits)
    return "".join(next(rest) if char == "#" else char for char in pattern).replace("@", area)


@dataclass(frozen=True, slots=True)
class Locale:
    """A country and its ways.

    Attributes:
        code: language and country: `pt-BR`.
        countries: what records call the country, the usual name first.
        first_names: of people.
        last_names: of people; no other locale has them.
        cities: where they live.
        mobile: their mobile numbers.
        office: their landlines.
        company_words: what companies are called.
        trades: what they do, in the order of `INDUSTRIES`.
        forms: their legal forms.
        company_name: how word and trade make a name.
        titles: what people are.
        letters: what is written to them and by them.
        weekend: the days on which nobody works; Monday is 0.
        family_first: whether the family name comes first.
        right_to_left: whether it is written so.
    """

    code: str
    countries: tuple[str, ...]
    first_names: tuple[Word, ...]
    last_names: tuple[Word, ...]
    cities: tuple[City, ...]
    mobile: Numbers
    office: Numbers
    company_words: tuple[Word, ...]
    trades: tuple[Word, ...]
    forms: tuple[str, ...]
    titles: tuple[str, ...]
    letters: Letters
    company_name: str = "{word} {trade}"
    weekend: frozenset[int] = field(default=SATURDAY_SUNDAY)
    family_first: bool = False
    right_to_left: bool = False

    @property
    def country(self) -> str:
        """Its usual name, in English."""
        return self.countries[0]

    def whole_name(self, first: str, last: str) -> str:
        """A person's name as people say it."""
        return f"{last} {first}" if self.family_first else f"{first} {last}"
