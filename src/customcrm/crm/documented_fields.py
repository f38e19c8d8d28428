"""Enginy's own names of documented fields: `professionalEmail`, `phones`, `jobTitle`.

Enginy sends additional fields as they are, so the same thing may come under a name of Enginy's own.
It is stored under that name. Match keys are made from it as well, and where the documented field
has no value, it is shown from it. Source: contract, Create.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

from customcrm.crm.values import is_blank

MAX_VALUES: Final = 10
"""Values of one list that are looked at."""

EMAIL_FIELDS: Final = ("email", "professionalEmail", "personalEmails")
PHONE_FIELDS: Final = ("phone", "mobilePhone", "phones")
PROFILE_FIELDS: Final = ("linkedinUrl", "linkedInProfileUrl")
COMPANY_PAGE_FIELDS: Final = ("linkedinUrl", "companyLinkedInUrl")
DOMAIN_FIELDS: Final = ("domain", "website")

_SHOWN_FROM: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    "contact": {
        "email": EMAIL_FIELDS[1:],
        "phone": PHONE_FIELDS[2:],
        "linkedinUrl": PROFILE_FIELDS[1:],
        "title": ("jobTitle",),
        "domain": DOMAIN_FIELDS[1:],
    },
    "company": {
        "phone": PHONE_FIELDS[2:],
        "linkedinUrl": COMPANY_PAGE_FIELDS[1:],
        "domain": DOMAIN_FIELDS[1:],
    },
}
"""From where a documented field without a value is shown, by kind."""

OWN_NAMES: Final[Mapping[str, frozenset[str]]] = {
    kind: frozenset(name for names in shown.values() for name in names)
    for kind, shown in _SHOWN_FROM.items()
}
"""Enginy's own names, by kind."""

_DOCUMENTED: Final = frozenset({"email", "phone", "mobilePhone", "linkedinUrl", "domain"})

_PARTS: Final = ("value", "email", "address", "number", "phone", "phoneNumber", "url", "href")
"""Under which names the value of an entry of a list may be, if the entry is an object."""

Values = TypeVar("Values", bound=Mapping[str, Any])


def single_values(field: str, value: object) -> Iterator[object]:
    """Yield the values in the value of a field: itself, or the entries of a list.

    A documented field holds one value, so a list in it is none. An entry may be an object that
    holds the value under one of a few usual names. At most ten are read.
    """
    if not isinstance(value, list | dict) or field in _DOCUMENTED:
        yield value
        return
    for entry in value[:MAX_VALUES] if isinstance(value, list) else [value]:
        if isinstance(entry, dict):
            named = (entry[name] for name in _PARTS if not is_blank(entry.get(name)))
            entry = next(named, None)  # noqa: PLW2901 - the value of the entry
        if isinstance(entry, str | int | float):
            yield entry


def with_documented_fields(kind: str, properties: Values) -> Values | dict[str, Any]:
    """Return the properties as they are shown: documented fields also from Enginy's own names.

    Of a list the first value is shown. Where nothing is added, the same object comes back.

    Args:
        kind: `contact` or `company`.
        properties: by name, as they are stored.
    """
    if OWN_NAMES[kind].isdisjoint(properties):
        return properties
    added = {
        field: shown
        for field, names in _SHOWN_FROM[kind].items()
        if is_blank(properties.get(field))
        and (shown := next(_texts(properties, names), None)) is not None
    }
    return {**properties, **added} if added else properties


def _texts(properties: Mapping[str, Any], names: Sequence[str]) -> Iterator[object]:
    for name in names:
        for value in single_values(name, properties.get(name)):
            if not is_blank(value) and not isinstance(value, bool):
                yield value
