"""The match keys of a record, in the order in which they are believed (contract, Sync)."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from customcrm.crm.country import COUNTRY_FIELDS, PLACE_FIELD, region_of
from customcrm.crm.documented_fields import (
    COMPANY_PAGE_FIELDS,
    DOMAIN_FIELDS,
    EMAIL_FIELDS,
    PHONE_FIELDS,
    PROFILE_FIELDS,
    single_values,
)
from customcrm.crm.domain import domain_key, page_of
from customcrm.crm.email import email_key
from customcrm.crm.linkedin import linkedin_key
from customcrm.crm.name import company_name_key, person_name_key
from customcrm.crm.phone import phone_key
from customcrm.crm.placeholders import (
    is_no_employer,
    is_placeholder,
    is_placeholder_email,
    is_placeholder_host,
    is_placeholder_page,
)
from customcrm.crm.shared_domains import is_shared

MAX_KEYS_OF_A_KIND = 10
"""Keys of one kind that a record has; further values of its lists give none."""

CONTACT_CHAIN = ("externalId", "email", "linkedinUrl", "phone", "name")
"""What finds a contact, the strongest first. An externalId is an alias, not a key of these."""

COMPANY_CHAIN = ("externalId", "domain", "linkedinUrl", "name")
"""What finds a company, the strongest first."""

STRONG_CONTACT = frozenset({"email", "linkedinUrl"})
"""Kinds by which a create finds the contact that is already there (contract, Create)."""

STRONG_COMPANY = frozenset({"domain", "linkedinUrl"})
"""Kinds by which a create finds the company that is already there (contract, Create)."""

NAME_FIELDS = ("firstName", "lastName", "company")
"""What a contact's name key is made from."""

CONTACT_KEY_FIELDS = frozenset(
    {
        *EMAIL_FIELDS,
        *PROFILE_FIELDS,
        *PHONE_FIELDS,
        *NAME_FIELDS,
        *COUNTRY_FIELDS,
        PLACE_FIELD,
    }
)
"""The properties that `contact_keys` reads: no other can change a contact's keys."""

COMPANY_KEY_FIELDS = frozenset({*DOMAIN_FIELDS, *COMPANY_PAGE_FIELDS, "name"})
"""The properties that `company_keys` reads: no other can change a company's keys."""

_SEVERAL = re.compile(r"[,;|\n]| / ")
_MAX_SEVERAL = 1000


class MatchKey(NamedTuple):
    """One normalised value that finds a record, of a kind of the chain; at most 300 characters."""

    kind: str
    value: str


class Candidate(NamedTuple):
    """One value from which a key is made.

    Attributes:
        field: the property that holds it.
        value: as it came; of a list, one entry.
        key: what is made of it, before it is held against the placeholders; None if nothing is.
        placeholder: whether it stands for no value, and so gives no key.
        needed: whether its key counts; of a company's domains only one does.
    """

    field: str
    value: object
    key: str | None
    placeholder: bool = False
    needed: bool = True

    @property
    def match_key(self) -> str | None:
        """The key that it gives its record."""
        usable = self.needed and not self.placeholder and self.key is not None
        return self.key if usable else None


def contact_keys(properties: Mapping[str, Any]) -> tuple[MatchKey, ...]:
    """Return the keys of a contact, the strongest first; it may have several of a kind.

    Odd values and placeholders give no key and are no error. Source: contract, Sync.
    """
    made = (
        ("email", _emails(properties)),
        ("linkedinUrl", _profiles(properties)),
        ("phone", _phones(properties)),
        ("name", _person_name(properties)),
    )
    return tuple([MatchKey(kind, value) for kind, values in made for value in values])


def company_keys(properties: Mapping[str, Any]) -> tuple[MatchKey, ...]:
    """Return the keys of a company, the strongest first.

    Odd values and placeholders give no key and are no error. Source: contract, Sync.
    """
    made = (
        ("domain", _domains(properties)),
        ("linkedinUrl", _company_pages(properties)),
        ("name", _company_name(properties)),
    )
    return tuple([MatchKey(kind, value) for kind, values in made for value in values])


# Each of these takes a short path where there is one text, which is the usual case: what follows
# them is twice as slow, and yields the same.


def _emails(properties: Mapping[str, Any]) -> Iterable[str]:
    get = properties.get
    email = get("email")
    if get("professionalEmail") is None and get("personalEmails") is None:
        if email is None:
            return ()
        key = email_key(email)
        if key is not None:
            return () if is_placeholder_email(key) else (key,)
    return _keys_of(emails(properties))


def _pages(properties: Mapping[str, Any], *, company: bool) -> Iterable[str]:
    page = properties.get("linkedinUrl")
    if properties.get("companyLinkedInUrl" if company else "linkedInProfileUrl") is None:
        if page is None:
            return ()
        if isinstance(page, str):
            key = linkedin_key(page, company=company)
            return () if key is None or is_placeholder_page(key) else (key,)
    return _keys_of(pages(properties, company=company))


def _profiles(properties: Mapping[str, Any]) -> Iterable[str]:
    return _pages(properties, company=False)


def _company_pages(properties: Mapping[str, Any]) -> Iterable[str]:
    return _pages(properties, company=True)


def _phones(properties: Mapping[str, Any]) -> Iterable[str]:
    get = properties.get
    phone, mobile = get("phone"), get("mobilePhone")
    if mobile is None and get("phones") is None:
        if phone is None:
            return ()
        key = phone_key(phone, region_of(properties))
        if key is not None:
            return (key,)
    return _keys_of(phones(properties))


def _person_name(properties: Mapping[str, Any]) -> Iterable[str]:
    first, last, company = (properties.get(field) for field in NAME_FIELDS)
    key = person_name_key(first, last, company)
    return () if key is None or _is_nobody(first, last, company) else (key,)


def _domains(properties: Mapping[str, Any]) -> Iterable[str]:
    domain = properties.get("domain")
    if properties.get("website") is None and isinstance(domain, str):
        key = domain_key(domain)
        return () if key is None or is_placeholder_host(key) else (key,)
    return _keys_of(domains(properties))


def _company_name(properties: Mapping[str, Any]) -> Iterable[str]:
    key = company_name_key(properties.get("name"))
    return () if key is None or is_placeholder(key) else (key,)


KeysOf = Callable[[Mapping[str, Any]], Iterable[str]]
"""The values of the keys of one kind, from the properties of a record."""

CONTACT_KEYS_BY_KIND: Mapping[str, KeysOf] = {
    "email": _emails,
    "linkedinUrl": _profiles,
    "phone": _phones,
    "name": _person_name,
}
"""As `contact_keys`, one kind at a time."""

COMPANY_KEYS_BY_KIND: Mapping[str, KeysOf] = {
    "domain": _domains,
    "linkedinUrl": _company_pages,
    "name": _company_name,
}
"""As `company_keys`, one kind at a time."""


def _keys_of(candidates: Iterable[Candidate]) -> list[str]:
    keys = dict.fromkeys(one.match_key for one in candidates)
    return [key for key in keys if key is not None][:MAX_KEYS_OF_A_KIND]


def emails(properties: Mapping[str, Any]) -> Iterator[Candidate]:
    """Yield the addresses of a contact, under whichever of their names they came."""
    for field, value in _values(properties, EMAIL_FIELDS, email_key):
        key = email_key(value)
        yield Candidate(field, value, key, key is not None and is_placeholder_email(key))


def pages(properties: Mapping[str, Any], *, company: bool) -> Iterator[Candidate]:
    """Yield the LinkedIn pages of a contact or company."""
    fields = COMPANY_PAGE_FIELDS if company else PROFILE_FIELDS
    for field in fields:
        value = properties.get(field)
        if value is None:
            continue
        for single in single_values(field, value):
            key = linkedin_key(single, company=company)
            nobody = key is not None and is_placeholder_page(key)
            yield Candidate(field, single, key, nobody)


def phones(properties: Mapping[str, Any]) -> Iterator[Candidate]:
    """Yield the numbers of a contact."""
    if all(properties.get(field) is None for field in PHONE_FIELDS):
        return
    region = region_of(properties)

    def key_of(value: object) -> str | None:
        return phone_key(value, region)

    for field, value in _values(properties, PHONE_FIELDS, key_of):
        yield Candidate(field, value, key_of(value))


def person_names(properties: Mapping[str, Any]) -> Iterator[Candidate]:
    """Yield the name of a contact together with that of its company, if both say something."""
    first, last, company = (properties.get(field) for field in NAME_FIELDS)
    key = person_name_key(first, last, company)
    if key is not None:
        yield Candidate("firstName", first, key, _is_nobody(first, last, company))


def _is_nobody(first: Any, last: Any, company: Any) -> bool:
    return is_placeholder(first) or is_placeholder(last) or is_no_employer(company)


def domains(properties: Mapping[str, Any]) -> Iterator[Candidate]:
    """Yield a company's domain and website, of which one counts.

    It is the first that is the company's own; where none is, the first that gives a key.
    """
    made = []
    for field in DOMAIN_FIELDS:
        value = properties.get(field)
        if value is None:
            continue
        key = domain_key(value)
        made.append(Candidate(field, value, key, key is not None and is_placeholder_host(key)))
    usable = [one for one in made if one.match_key is not None]
    own = usable[:1]
    if len(usable) > 1:
        own = [one for one in usable if not is_weak_domain(one.value, one.key or "")] or usable
    yield from (
        one if one in own[:1] or one not in usable else one._replace(needed=False) for one in made
    )


def is_weak_domain(value: object, key: str) -> bool:
    """Return whether a domain says little of whose it is: one that many share, or with a page.

    Source: contract, Create (strong keys that contradict).
    """
    return is_shared(key) or bool(page_of(value))


def company_names(properties: Mapping[str, Any]) -> Iterator[Candidate]:
    """Yield the name of a company."""
    name = properties.get("name")
    key = company_name_key(name)
    if key is not None:
        yield Candidate("name", name, key, is_placeholder(key))


def _values(
    properties: Mapping[str, Any], fields: Iterable[str], key_of: Callable[[object], str | None]
) -> Iterator[tuple[str, object]]:
    """The single values of some fields; a text that gives no key is taken apart at its commas."""
    for field in fields:
        value = properties.get(field)
        if value is None:
            continue
        for single in single_values(field, value):
            if isinstance(single, str) and _holds_several(single) and key_of(single) is None:
                yield from ((field, part) for part in _SEVERAL.split(single))
            else:
                yield field, single


def _holds_several(text: str) -> bool:
    return len(text) <= _MAX_SEVERAL and _SEVERAL.search(text) is not None
