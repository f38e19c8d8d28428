"""What comes besides the documented fields: Enginy's own names, blanks, numbers as in its docs."""

import random
from collections.abc import Mapping, Sequence
from typing import Any, Final

from customcrm.simulator.dice import happens

Record = dict[str, Any]

_CONTACT_NAMES: Final = {
    "email": "professionalEmail",
    "linkedinUrl": "linkedInProfileUrl",
    "title": "jobTitle",
}
_COMPANY_NAMES: Final = {"linkedinUrl": "companyLinkedInUrl", "domain": "website"}
"""What Enginy itself calls some of the documented fields."""

_BLANKS: Final[tuple[Any, ...]] = (None, "", "   ")
_MAYBE_BLANK: Final = (
    "phone", "mobilePhone", "linkedinUrl", "description", "emailVerificationStatus", "ownerNote",
)  # fmt: skip


def contact_extras(record: Record, number: int, throw: random.Random) -> Record:
    """Return a contact with what some lists have besides the documented fields.

    Args:
        record: the contact, with documented fields.
        number: of the contact; of a phone that is made up, so that nobody else has it.
        throw: the contact's own dice.
    """
    extras = dict(record)
    if "phone" not in record and "mobilePhone" not in record and happens(throw, 0.2):
        # As the documentation writes numbers: none that a telephone company has given out.
        extras["phone"] = f"+1-555-{number:07d}"
    if happens(throw, 0.15):
        extras |= _renamed(extras, _CONTACT_NAMES)
        numbers = [extras[name] for name in ("phone", "mobilePhone") if extras.get(name)]
        extras["phones"] = [{"phone": one, "type": "work"} for one in numbers]
        extras["personalEmails"] = []
    if happens(throw, 0.1):
        extras |= _blank(extras, _MAYBE_BLANK, throw)
    return extras


def company_extras(record: Record, throw: random.Random) -> Record:
    """Return a company with what some lists have besides the documented fields."""
    extras = dict(record)
    if happens(throw, 0.15):
        extras |= _renamed(extras, _COMPANY_NAMES)
    if happens(throw, 0.1):
        extras |= _blank(extras, ("linkedinUrl", "domain", "leadCountries", "parentCompany"), throw)
    return extras


def _renamed(record: Record, names: Mapping[str, str]) -> Record:
    """The values of documented fields under Enginy's own names, besides."""
    return {other: record[name] for name, other in names.items() if record.get(name)}


def _blank(record: Record, names: Sequence[str], throw: random.Random) -> Record:
    """Fields without a value, sent all the same: a blank says nothing."""
    return {name: throw.choice(_BLANKS) for name in names if name not in record}
