"""The match keys of a record, in the order in which they are believed (contract, Sync)."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from customcrm.crm.country import COUNTRY_FIELDS, PLACE_FIELD, region_of
from customcrm.crm.domain import domain_key
from customcrm.crm.email import email_key
from customcrm.crm.linkedin import linkedin_key
from customcrm.crm.name import company_name_key, person_name_key
from customcrm.crm.phone import phone_key

MAX_KEY = 300

CONTACT_CHAIN = ("externalId", "email", "linkedinUrl", "phone", "name")
"""What finds a contact, the strongest first. An externalId is an alias, not a key of these."""

COMPANY_CHAIN = ("externalId", "domain", "linkedinUrl", "name")
"""What finds a company, the strongest first."""

STRONG_CONTACT = frozenset({"email", "linkedinUrl"})
"""Kinds by which a create finds the contact that is already there (contract, Create)."""

STRONG_COMPANY = frozenset({"domain", "linkedinUrl"})
"""Kinds by which a create finds the company that is already there (contract, Create)."""

PHONE_FIELDS = ("phone", "mobilePhone")
"""Where a contact's phone keys come from, in this order."""

DOMAIN_FIELDS = ("domain", "website")
"""Where a company's domain key comes from: the first that gives one."""

CONTACT_KEY_FIELDS = frozenset(
    {
        "email",
        "linkedinUrl",
        *PHONE_FIELDS,
        "firstName",
        "lastName",
        "company",
        *COUNTRY_FIELDS,
        PLACE_FIELD,
    }
)
"""The properties that `contact_keys` reads: no other can change a contact's keys."""

COMPANY_KEY_FIELDS = frozenset({*DOMAIN_FIELDS, "linkedinUrl", "name"})
"""The properties that `company_keys` reads: no other can change a company's keys."""


class MatchKey(NamedTuple):
    """One normalised value that finds a record, of a kind of the chain; at most 300 characters."""

    kind: str
    value: str


def contact_keys(properties: Mapping[str, Any]) -> tuple[MatchKey, ...]:
    """The keys of a contact, the strongest first; two of kind `phone` if it has two numbers.

    Odd values give no key and are no error. Source: contract, Sync.
    """
    get = properties.get
    return _keys(
        [
            ("email", email_key(get("email"))),
            ("linkedinUrl", linkedin_key(get("linkedinUrl"), company=False)),
            *[("phone", phone) for phone in _phones(properties)],
            ("name", person_name_key(get("firstName"), get("lastName"), get("company"))),
        ]
    )


def company_keys(properties: Mapping[str, Any]) -> tuple[MatchKey, ...]:
    """The keys of a company, the strongest first.

    Odd values give no key and are no error. Source: contract, Sync.
    """
    get = properties.get
    domains = (domain_key(get(field)) for field in DOMAIN_FIELDS)
    domain = next((key for key in domains if key is not None), None)
    return _keys(
        [
            ("domain", domain),
            ("linkedinUrl", linkedin_key(get("linkedinUrl"), company=True)),
            ("name", company_name_key(get("name"))),
        ]
    )


def _phones(properties: Mapping[str, Any]) -> Iterable[str | None]:
    """The keys of both numbers, each once."""
    phone, mobile = (properties.get(field) for field in PHONE_FIELDS)
    if phone is None and mobile is None:
        return ()
    region = region_of(properties)
    return dict.fromkeys((phone_key(phone, region), phone_key(mobile, region)))


def _keys(candidates: Iterable[tuple[str, str | None]]) -> tuple[MatchKey, ...]:
    return tuple(
        [
            MatchKey(kind, value)
            for kind, value in candidates
            if value is not None and len(value) <= MAX_KEY
        ]
    )
