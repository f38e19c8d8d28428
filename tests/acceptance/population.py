"""Leads and companies as they are in real life: dirty, international, and some of them twice.

The generator knows by construction which externalIds are one person or one company. Only strong
keys make two externalIds one record: an email or a LinkedIn URL for people, a domain or a LinkedIn
URL for companies. Everything else that looks alike (homonyms, a switchboard's number, placeholders,
two companies of one name) has to stay apart. No key is weak: what those link depends on the names.
"""

import random
import re
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

Record = dict[str, Any]
Spellings = Sequence[Callable[[str], str]]

COMPANIES = 800
LEADS = 5_000

FIRST_NAMES = (
    "José", "Zoë", "Łukasz", "Søren", "Анна", "דוד", "محمد", "美咲", "Nguyễn", "Anne-Marie",
    "D'Arcy", "Siân", "İpek", "Ana 🚀", "Dr. Jürgen", "Þóra", "Βασίλης", "Björk",
)  # fmt: skip
LAST_NAMES = (
    "García Márquez", "Müller-Lüdenscheidt", "O'Brien", "van der Berg", "כהן", "الأحمد", "山田",
    "Иванова", "Smith ✨", "Ångström", "de la Peña", "Nuñez", "Null", "True", "<b>Bold</b>", "Ng",
)  # fmt: skip
COMPANY_NAMES = (
    "Acme", "Société Générale de Thé", "Bücher", "Ñandú", "شركة النور", "חברת אור", "株式会社山",
    "Tom & Jerry", "50% Off", "Rocket 🚀", "A/B", 'Piñata "Quoted"', "Ærø", "O'Reilly",
)  # fmt: skip
LEGAL_FORMS = (", Inc.", " GmbH", ", S.L.", " LLC", " S.A.", " Ltd.", "")
TITLES = ("CEO", "Head of Growth 📈", "Directeur Général", "VP, Sales & Marketing", "מנכ״ל")
COUNTRIES = ("Spain", "Germany", "France", "United States", "Israel", "Japan")
CAMPAIGNS = ("Q1 outbound", "Q1 outbound, Webinar «mayo»", "Año nuevo; <script>")
SLUGS = ("jose-garcia", "zoë-müller", "łukasz-nuñez", "ana-ruiz", "søren-ng", "anne-marie")
MAIL_DOMAINS = ("acme.com", "gmail.com", "bücher.example", "correo.ejemplo.es", "x.co.uk")
TOP_LEVELS = ("com", "es", "de", "co.uk", "io", "example")
HTML = (
    '<p onclick="steal()">We make <b>things</b>.</p><script>alert(1)</script>'
    "<img src=x onerror=alert(1)>&nbsp;&amp;"
)
LONG_TEXT = ("Lorem ipsum dolor sit amet, año 🚀 — שלום. " * 500)[:20_000]
TEXTS = (HTML, HTML, "Plain.\r\n\tAnd a second line.", "100 % 'quoted' \"text\" \\ back; -- slash")

# What stands in a key's field when there is no key: none of it makes two records one.
NO_EMAIL = (None, "", "N/A", "-", "unknown", "ask his assistant")
NO_LINKEDIN = (None, "", "N/A", "https://www.linkedin.com/in/", "https://www.linkedin.com")
NO_DOMAIN = (None, "", "n/a", "unknown", "https://www.example.com/", "none.com")


def _punycode(address: str) -> str:
    local, at, domain = address.rpartition("@")
    return local + at + domain.encode("idna").decode()


EMAIL_SPELLINGS: Spellings = (
    lambda email: email,
    str.upper,
    str.title,
    lambda email: f"  {email} ",
    _punycode,
)
LINKEDIN_SPELLINGS: Spellings = (
    lambda path: f"https://www.linkedin.com/{path}",
    lambda path: f"https://www.linkedin.com/{path}/",
    lambda path: f"http://www.linkedin.com/{path}",
    lambda path: f"https://linkedin.com/{path}",
    lambda path: f"linkedin.com/{path}",
    lambda path: f"www.linkedin.com/{path}/",
    lambda path: f"https://es.linkedin.com/{path}",
    lambda path: f"https://www.linkedin.com/{path}?utm_source=share&utm_medium=member_desktop",
    lambda path: f"https://www.linkedin.com/{path}/#about",
    lambda path: f"HTTPS://WWW.LinkedIn.com/{path.upper()}",
    lambda path: f"https://www.linkedin.com/{quote(path).replace('-', '%2D')}",
    lambda path: f"https://www.linkedin.com/{path}/en",
)
# A locale at the end is known from people's pages only.
COMPANY_LINKEDIN_SPELLINGS: Spellings = LINKEDIN_SPELLINGS[:-1]
DOMAIN_SPELLINGS: Spellings = (
    lambda domain: domain,
    lambda domain: f"https://www.{domain}/",
    lambda domain: f"HTTP://{domain.upper()}",
    lambda domain: f"  www.{domain}",
    lambda domain: f"{domain}:443/about?x=1",
    lambda domain: f"{domain}.",
    lambda domain: f"https://user:secret@{domain}/en#top",
    _punycode,
)


@dataclass
class Population:
    """What Enginy knows: the records it exports, and which of them are one and the same."""

    companies: list[Record] = field(default_factory=list)
    contacts: list[Record] = field(default_factory=list)
    company_of: dict[str, int] = field(default_factory=dict)
    """The company behind each externalId."""
    person_of: dict[str, int] = field(default_factory=dict)
    """The person behind each externalId."""
    works_at: list[tuple[str, str]] = field(default_factory=list)
    """Pairs of a contact's and a company's externalId."""


def populate(seed: int, *, companies: int = COMPANIES, leads: int = LEADS) -> Population:
    """The same population for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - test data, not a secret
    population = Population()
    for identity, record in _encounters(dice, companies, _new_company):
        population.companies.append(record)
        population.company_of[record["externalId"]] = identity
    for identity, record in _encounters(dice, leads, _new_person):
        population.contacts.append(record)
        population.person_of[record["externalId"]] = identity
        company = dice.choice(population.companies)
        population.works_at.append((record["externalId"], company["externalId"]))
    return population


def merged(records: Iterable[Record]) -> Record:
    """What a CRM knows after these records of one and the same: the first word on each field."""
    known: Record = {}
    for record in records:
        for name, given in record.items():
            if name != "externalId" and given is not None and given != "":
                known.setdefault(name, given)
    return known


def canonical(name: str, given: Any) -> Any:
    """The value of a field, the same for all spellings of the same thing."""
    if not isinstance(given, str):
        return given
    if name == "email":
        return _unicode_domain(given.strip().lower())
    if name == "linkedinUrl":
        page = re.search(r"linkedin\.com/((?:in|company)/[^/?#]+)", unquote(given).lower())
        return page.group(1) if page else given
    if name == "domain":
        site = re.sub(r"^\s*(https?://)?(.*@)?(www\.)?", "", given.lower())
        return _unicode_domain(re.split(r"[:/?#\s]|\.$", site)[0])
    if name == "name":
        return re.sub(r"[.,]", "", given).casefold()
    return given


def _unicode_domain(address: str) -> str:
    local, at, domain = address.rpartition("@")
    try:
        return local + at + domain.encode().decode("idna")
    except UnicodeError:
        return address


@dataclass
class _Identity:
    """A person or a company, as it really is."""

    facts: Record
    """What is true of it; each record tells a part."""
    keys: dict[str, str]
    """Its strong keys, by field; an absent one does not exist."""
    spellings: dict[str, Spellings]
    junk: dict[str, Sequence[Any]]
    """What stands in a key's field when the key does not exist."""
    known_keys: set[str] = field(default_factory=set)
    """The keys that a record has told so far."""


def _encounters(
    dice: random.Random, count: int, new: Callable[[random.Random, list[_Identity]], _Identity]
) -> list[tuple[int, Record]]:
    """So many records, each with the number of whom it is about; about one in twelve is a repeat.

    A repeat shares at least one key with what earlier records told, in any spelling, and may tell
    further facts and keys, by which a third record can find it.
    """
    identities: list[_Identity] = []
    repeatable: list[int] = []
    records: list[tuple[int, Record]] = []
    while len(records) < count:
        if repeatable and dice.random() < 1 / 12:
            number = repeatable.pop(dice.randrange(len(repeatable)))
            record = _again(dice, identities[number])
            met_often = dice.random() < 3 / 4
        else:
            number = len(identities)
            identities.append(new(dice, identities))
            record = _first_record(dice, identities[number])
            met_often = False
        if identities[number].known_keys and not met_often:
            repeatable.append(number)
        records.append((number, record))
    return records


def _first_record(dice: random.Random, identity: _Identity) -> Record:
    record = _some_facts(dice, identity)
    for name, junk in identity.junk.items():
        if name not in identity.keys:
            record[name] = dice.choice(junk)
        elif dice.random() < 4 / 5:
            _tell(dice, identity, name, record)
    for name in ("phone", "campaigns", "lastContactedBy", "ownerId"):
        if name not in record and dice.random() < 1 / 20:
            record[name] = dice.choice((None, ""))
    return _shuffled(dice, record)


def _again(dice: random.Random, identity: _Identity) -> Record:
    record = _some_facts(dice, identity)
    if "name" in record:
        record["name"] = re.sub(r"[.,]", "", record["name"]).upper()
    _tell(dice, identity, dice.choice(sorted(identity.known_keys)), record)
    for name in identity.keys:
        if dice.random() < 1 / 2:
            _tell(dice, identity, name, record)
    return _shuffled(dice, record)


def _tell(dice: random.Random, identity: _Identity, name: str, record: Record) -> None:
    record[name] = dice.choice(identity.spellings[name])(identity.keys[name])
    identity.known_keys.add(name)


def _some_facts(dice: random.Random, identity: _Identity) -> Record:
    told = {name: fact for name, fact in identity.facts.items() if dice.random() < 3 / 4}
    return {"externalId": str(uuid.UUID(int=dice.getrandbits(128), version=4))} | told


def _shuffled(dice: random.Random, record: Record) -> Record:
    return dict(dice.sample(list(record.items()), len(record)))


def _text(dice: random.Random) -> str:
    return LONG_TEXT if dice.random() < 1 / 50 else dice.choice(TEXTS)


def _custom(dice: random.Random, number: int) -> Record:
    """Properties no CRM has a field for, of every type that JSON has."""
    return {
        "intent_score": dice.randrange(1000) / 10,
        "batch number": number,
        "opted_in": dice.random() < 1 / 2,
        "tags": ["año", "🚀", number],
        "enrichment": {"source": "web", "deep": {"er": [number, None, {"x": 1}]}},
        "a.b.c": "dots",
        'Campo raro 🚀 / "x"': "ключ",
        "__proto__": "not special here",
        "select": "'; DROP TABLE contacts; --",
    }


def _new_company(dice: random.Random, others: list[_Identity]) -> _Identity:
    number = len(others)
    word = dice.choice(COMPANY_NAMES)
    # One in five has a name that others have too.
    full = word if dice.random() < 1 / 5 else f"{word} {number}"
    slug = dice.choice(("acme", "bücher", "société-thé", "rocket"))
    keys = {}
    if dice.random() < 9 / 10:
        keys["domain"] = f"{slug}-{number}.{dice.choice(TOP_LEVELS)}"
    if dice.random() < 1 / 2:
        keys["linkedinUrl"] = f"company/{slug}-{number}"
    facts = {
        "name": full + dice.choice(LEGAL_FORMS),
        "industry": dice.choice(("Software", "Alimentación y bebidas", "R&D")),
        "numberOfEmployees": dice.randrange(1, 100_000),
        "ownerId": f"owner-{dice.randrange(5)}",
        "description": _text(dice),
        "location": "Alcalá de Henares, España",
        "foundedYear": dice.randrange(1850, 2026),
        "revenue": "$10M - $50M",
        "companyType": "Privately held",
        "technologiesUsed": "Python, PostgreSQL; C++",
        "campaigns": dice.choice(CAMPAIGNS),
        "lastContactedBy": dice.choice(FIRST_NAMES),
        "leadCountries": "Spain, Germany",
        **_custom(dice, number),
    }
    return _Identity(
        facts,
        keys,
        {"domain": DOMAIN_SPELLINGS, "linkedinUrl": COMPANY_LINKEDIN_SPELLINGS},
        {"domain": NO_DOMAIN, "linkedinUrl": NO_LINKEDIN},
    )


def _new_person(dice: random.Random, others: list[_Identity]) -> _Identity:
    number = len(others)
    slug = dice.choice(SLUGS)
    keys = {}
    if dice.random() < 4 / 5:
        keys["email"] = f"{quote(slug, safe='').replace('%', '_')}+{number}@" + dice.choice(
            MAIL_DOMAINS
        )
    if dice.random() < 3 / 4:
        keys["linkedinUrl"] = f"in/{slug}-{number}"
    facts = {
        "firstName": dice.choice(FIRST_NAMES),
        "lastName": dice.choice(LAST_NAMES),
        "phone": _phone(dice),
        "mobilePhone": _phone(dice),
        "company": dice.choice(COMPANY_NAMES) + dice.choice(LEGAL_FORMS),
        "title": dice.choice(TITLES),
        "ownerId": f"owner-{dice.randrange(5)}",
        "location": "Málaga, Andalucía, España",
        "leadCountry": dice.choice(COUNTRIES),
        "industry": dice.choice(("Software", "Alimentación y bebidas", "R&D")),
        "companySize": dice.choice(("1-10", "51-200", "10,001+")),
        "domain": dice.choice(DOMAIN_SPELLINGS)("acme.com"),
        "description": _text(dice),
        "emailVerificationStatus": dice.choice(("valid", "catch-all", "unknown")),
        "campaigns": dice.choice(CAMPAIGNS),
        "lastContactedBy": dice.choice(FIRST_NAMES),
        **_custom(dice, number),
    }
    if others and dice.random() < 1 / 30:
        # A homonym: the same name, employer and switchboard, and yet somebody else.
        double = dice.choice(others).facts
        facts |= {name: double[name] for name in ("firstName", "lastName", "company", "phone")}
    return _Identity(
        facts,
        keys,
        {"email": EMAIL_SPELLINGS, "linkedinUrl": LINKEDIN_SPELLINGS},
        {"email": NO_EMAIL, "linkedinUrl": NO_LINKEDIN},
    )


def _phone(dice: random.Random) -> str:
    number = dice.randrange(10**8)
    return dice.choice(
        (
            f"+34 6{number:08d}",
            f"0034 6{number // 10**5:03d} {number % 10**5:05d}",
            f"6{number // 10**5:03d} {number % 10**5:05d}",
            f"(020) 7946 {number % 10**4:04d}",
            f"+1 (212) 555-{number % 10**4:04d} ext. 12",
            "+34 910 000 000",
            "call me maybe",
        )
    )
