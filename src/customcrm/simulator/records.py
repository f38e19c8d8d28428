"""What the lists say of people and companies: with gaps, in capitals, in any spelling."""

import random
from typing import Any, Final

from customcrm.simulator.descriptions import about_company, about_person
from customcrm.simulator.dice import happens
from customcrm.simulator.people import SIZES, Company, Person
from customcrm.simulator.spellings import (
    DOMAINS,
    EMAILS,
    NO_EMAIL,
    PAGES,
    PROFILES,
    plain_company_name,
    shouted,
    spelt,
    telephone,
)

_REVENUES: Final = (
    "< $1M", "$1M - $5M", "$5M - $20M", "$20M - $50M", "$50M - $100M", "$100M - $1B", "> $1B"
)  # fmt: skip
_TYPES: Final = ("Privately held", "Public company", "Self-owned", "Partnership", "Nonprofit")
_TOOLS: Final = (
    "Python", "PostgreSQL", "SAP S/4HANA", "Salesforce", "Excel", "WordPress", "Shopify", "C++",
    "Google Workspace", "Microsoft 365", "Odoo", "AWS",
)  # fmt: skip
_VERIFIED: Final = ("valid", "valid", "valid", "catch-all", "unknown")
_TAGS: Final = ("webinar", "feria 2025", "partner", "inbound", "VIP ⭐", "newsletter")

Record = dict[str, Any]


def contact_record(person: Person, throw: random.Random) -> Record:
    """A contact as most lists have it."""
    company = person.company
    first, last = person.first.written, person.last.written
    record = {
        "email": spelt(throw, person.email, EMAILS, 0.12) or throw.choice(NO_EMAIL),
        "firstName": shouted(first) if happens(throw, 0.03) else first,
        "lastName": shouted(last) if happens(throw, 0.03) else last,
        "phone": person.office and telephone(throw, *person.office),
        "mobilePhone": person.mobile and telephone(throw, *person.mobile),
        "company": company.legal_name if happens(throw, 0.7) else company.name,
        "title": person.title,
        "linkedinUrl": person.slug and spelt(throw, person.slug, PROFILES),
        "location": f"{company.city.name.written}, {company.city.region}",
        "leadCountry": throw.choice(company.locale.countries),
        "industry": company.industry,
        "companySize": SIZES[company.size][0],
        "domain": spelt(throw, company.domain, DOMAINS, 0.2),
        "description": about_person(person, throw) if happens(throw, 0.6) else None,
        "emailVerificationStatus": throw.choice(_VERIFIED) if person.email else None,
        **_unasked(throw),
    }
    return {name: value for name, value in record.items() if value is not None}


def _unasked(throw: random.Random) -> Record:
    """What no CRM has a field for."""
    return {
        "intentScore": throw.randrange(1_000) / 10,
        "connectionDegree": throw.randrange(1, 4),
        "openToWork": happens(throw, 0.1),
        "tags": throw.sample(_TAGS, throw.randrange(3)),
    }


def same_contact(person: Person, throw: random.Random) -> Record:
    """The same person in another list, which knows less and spells it differently."""
    company = person.company
    record = {
        "email": spelt(throw, person.email, EMAILS) if person.email else "",
        "firstName": throw.choice((shouted(person.first.written), person.first.latin.title())),
        "lastName": person.last.written.upper(),
        "mobilePhone": person.mobile and telephone(throw, *person.mobile),
        "company": plain_company_name(company.legal_name),
        "title": throw.choice(company.locale.titles),
        "linkedinUrl": person.slug and spelt(throw, person.slug, PROFILES),
        "leadCountry": throw.choice(company.locale.countries),
        "sourceList": throw.choice(("Event attendees", "Bought list", "Old CRM")),
    }
    return {name: value for name, value in record.items() if value}


def alike_contact(person: Person, throw: random.Random) -> Record:
    """Somebody who may be this person: the same name at the same company, and no address."""
    number = person.mobile or person.office
    record = {
        "email": throw.choice(NO_EMAIL),
        "firstName": person.first.written,
        "lastName": person.last.written,
        "phone": number and telephone(throw, *number),
        "company": plain_company_name(person.company.legal_name),
        "leadCountry": person.company.locale.country,
        "sourceList": "Business cards",
    }
    return {name: value for name, value in record.items() if value is not None}


def company_record(company: Company, throw: random.Random) -> Record:
    """A company as most lists have it."""
    _, least, most = SIZES[company.size]
    founded = max(2023 - int(throw.expovariate(1 / 20)), 1850)
    staff = "numberOfEmployees" if happens(throw, 0.8) else "employeeCount"
    record = {
        "name": shouted(company.legal_name) if happens(throw, 0.03) else company.legal_name,
        "domain": spelt(throw, company.domain, DOMAINS, 0.25),
        "industry": company.industry,
        staff: throw.randrange(least, most + 1),
        "linkedinUrl": company.slug and spelt(throw, company.slug, PAGES),
        "description": about_company(company, founded, throw),
        "location": f"{company.city.name.written}, {company.city.region}",
        "foundedYear": founded,
        "revenue": _REVENUES[company.size],
        "companyType": throw.choice(_TYPES),
        "technologiesUsed": ", ".join(throw.sample(_TOOLS, throw.randrange(1, 5))),
        "leadCountries": company.locale.country,
        "fundingRounds": throw.randrange(5),
    }
    return {name: value for name, value in record.items() if value != ""}


def same_company(company: Company, throw: random.Random) -> Record:
    """The same company in another list: `Acme, Inc.` as `ACME Inc`."""
    return {
        "name": plain_company_name(company.legal_name),
        "domain": spelt(throw, company.domain, DOMAINS),
        "industry": company.industry.upper(),
        "location": company.city.name.written,
        "sourceList": "Old CRM",
    }


def alike_company(company: Company, throw: random.Random) -> Record:
    """A company that may be this one: the same name, and no address."""
    return {
        "name": f"{company.name}{throw.choice(company.locale.forms)}",
        "domain": throw.choice(("", "N/A", "-")),
        "location": company.city.name.written,
        "sourceList": "Trade register",
    }
