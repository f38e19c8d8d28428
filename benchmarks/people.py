"""Made-up contacts as dirty as real ones: number `i` is always the same person, and nobody else."""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Any, Final, TypeVar

T = TypeVar("T")

PER_COMPANY: Final = 10
"""People who share a company."""

SHARES_A_PHONE: Final = 1_000
"""Of so many, two colleagues give the same number: a pair that a sync notes as a doubt."""

_FIRST: Final = (
    "José", "Zoë", "Łukasz", "Søren", "Anna", "Anne-Marie", "Siân", "Jürgen", "Maria", "John",
    "Emily", "Ahmed", "Yuki", "Nguyễn", "Björk", "Lucía", "Pablo", "Ines", "Tom", "Priya", "Chloé",
    "Marta", "Oleg", "Dana", "Raj", "Wei", "Sofia", "Hugo", "Iris", "Karl", "Lena", "Nils",
)  # fmt: skip
_LAST: Final = (
    "García Márquez", "Müller", "O'Brien", "van der Berg", "Ivanova", "Smith", "Ångström", "Nuñez",
    "de la Peña", "Ng", "Rossi", "Silva", "Kowalski", "Haddad", "Tanaka", "Dubois", "Jensen",
    "Novák", "Costa", "Weber", "Martin", "López", "Patel", "Kim", "Moreau", "Fischer", "Ricci",
    "Andersson", "Popescu", "Horváth", "Murphy", "Yilmaz",
)  # fmt: skip
_WORDS: Final = (
    "Acme", "Bücher", "Ñandú", "Rocket", "Piñata", "Ærø", "Northwind", "Société Thé", "Vertex",
    "Lumen", "Halcyon", "Quanta", "Orbital", "Cobalt", "Juniper", "Basalt",
)  # fmt: skip
_FORMS: Final = (", Inc.", " GmbH", ", S.L.", " LLC", " S.A.", " Ltd.", "")
_TITLES: Final = ("CEO", "Head of Growth", "Directeur Général", "VP, Sales & Marketing", "CTO")
_PLACES: Final = (
    ("Málaga, Andalucía", "Spain"),
    ("Lyon, Auvergne-Rhône-Alpes", "France"),
    ("Köln, Nordrhein-Westfalen", "Germany"),
    ("Austin, Texas", "United States"),
)
_SAID: Final = (
    "Helps mid-sized teams ship better software, sooner.",
    "Fifteen years in B2B sales; now builds the second office in Lisbon.",
    "Speaks at meet-ups about «growth without spam», writes a newsletter on Sundays.",
    "Ex-consultant. Runs marathons, slowly.",
    "Looking for partners in DACH & Benelux, esp. in logistics and retail.",
    "Owns the budget for tooling; decides with procurement every quarter.",
    "Formerly at two start-ups, one of which is still there.",
    "Believes in plain words and short meetings.",
)
_EMAILS: Final[tuple[Callable[[str], str], ...]] = (
    str,
    str,
    str,
    str.title,
    str.upper,
    " {} ".format,
)
_PROFILES: Final = (
    "https://www.linkedin.com/in/{}",
    "https://www.linkedin.com/in/{}/",
    "linkedin.com/in/{}",
    "https://es.linkedin.com/in/{}?utm_source=share",
)


class _Dice:
    """Throws that are always the same for the same number, and cost little."""

    __slots__ = ("_rest",)

    def __init__(self, number: int) -> None:
        self._rest = int.from_bytes(_digest(number))

    def below(self, bound: int) -> int:
        """A number from 0, below the bound."""
        self._rest, thrown = divmod(self._rest, bound)
        return thrown

    def choice(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.below(len(options))]


def _digest(number: int) -> bytes:
    return blake2b(str(number).encode(), digest_size=32).digest()


def external_id(number: int) -> str:
    """The sender's id of a person: looks random, yet always the same."""
    digits = _digest(number)[:16].hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def contact(number: int) -> dict[str, Any]:
    """A contact as a sender has it: 600 to 850 bytes of JSON."""
    dice = _Dice(number)
    company, (place, country) = number // PER_COMPANY, dice.choice(_PLACES)
    word = _WORDS[company % len(_WORDS)]
    first, last = dice.choice(_FIRST), dice.choice(_LAST)
    slug = f"{first}-{last}-{number}".lower().replace(" ", "-").replace("'", "")
    domain = f"{word.split()[0].lower()}{company}.example"
    phone_of = number - 1 if number % SHARES_A_PHONE == 1 else number
    said = dice.below(len(_SAID))
    return {
        "externalId": external_id(number),
        "email": dice.choice(_EMAILS)(f"p{number}.{company}@{_ascii(domain)}"),
        "firstName": first,
        "lastName": last,
        "phone": _phone(phone_of * 2),
        "mobilePhone": _phone(number * 2 + 1),
        "company": f"{word} {company}{dice.choice(_FORMS)}",
        "title": dice.choice(_TITLES),
        "linkedinUrl": dice.choice(_PROFILES).format(slug),
        "ownerId": f"owner-{number % 5}",
        "location": f"{place}, {country}",
        "leadCountry": country,
        "industry": dice.choice(("Software", "Alimentación y bebidas", "R&D")),
        "companySize": dice.choice(("1-10", "51-200", "10,001+")),
        "domain": domain,
        "description": " ".join(_SAID[(said + step) % len(_SAID)] for step in (0, 3, 5)),
        "campaigns": dice.choice(("Q1 outbound", "Q1 outbound, Webinar «mayo»")),
        "emailVerificationStatus": dice.choice(("valid", "catch-all", "unknown")),
    }


def _ascii(domain: str) -> str:
    """The domain as most addresses write it."""
    return domain.encode("ascii", "ignore").decode()


def _phone(number: int) -> str:
    """A mobile number of its own for each number, as people write them."""
    digits = f"{600_000_000 + number}"
    spaced = f"{digits[:3]} {digits[3:6]} {digits[6:]}"
    return (f"+34{digits}", f"+34 {spaced}", f"0034 {spaced}", f"+34{digits}")[number % 4]


def change(number: int, turn: int) -> dict[str, Any]:
    """What an update says of a contact: a campaign's fields; one in ten has a new number too."""
    values: dict[str, Any] = {
        "title": _TITLES[turn % len(_TITLES)],
        "campaigns": f"Q1 outbound, round {turn}",
        "engaged_by_enginy": "Yes",
        "engagement_step": turn,
        "lastContactedBy": _FIRST[turn % len(_FIRST)],
        "last_reply": f"Thanks, let us talk in week {turn % 52 + 1}. {_SAID[turn % len(_SAID)]}",
    }
    if number % 10 == 0:
        values["mobilePhone"] = f"+44 7{(number * 31 + turn * 7919) % 10**9:09d}"
    return values
