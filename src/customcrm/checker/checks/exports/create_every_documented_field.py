"""The largest record."""

from typing import Any, Final

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, is_id
from customcrm.checker.nouns import COMPANIES, CONTACTS, Noun

EVERY_FIELD: Final[dict[str, dict[str, Any]]] = {
    CONTACTS.plural: {
        "firstName": "Zoë",
        "ownerId": "owner-1",
        "mobilePhone": "+44 7700 900999",
        "location": "Málaga, Andalucía, Spain",
        "leadCountry": "Spain",
        "industry": "Software",
        "companySize": "51-200",
        "domain": "acme.example",
        "description": "<p>Builds <b>things</b> & ships them.</p>",
        "emailVerificationStatus": "valid",
        "campaigns": "Q1 outbound, Webinar",
        "lastContactedBy": "John Smith",
    },
    COMPANIES.plural: {
        "ownerId": "owner-1",
        "description": "Makes anvils.",
        "location": "Phoenix, Arizona",
        "foundedYear": 1949,
        "revenue": "10M-50M",
        "companyType": "Privately held",
        "technologiesUsed": "React, PostgreSQL",
        "campaigns": "Q1 outbound, Webinar",
        "lastContactedBy": "John Smith",
        "leadCountries": "Spain, France",
        "employeeCount": 42,
    },
}
"""The documented fields that the whole records of other checks lack."""


@record_check(
    "create.every-documented-field",
    Weight(Group.EXPORTS, Level.MUST, Page.CONTACTS),
    why="Enginy sends every field that it has, flat on the {record}.",
    mend="Accept all documented fields with their documented types; keep those that have no "
    "column of their own as custom properties.",
)
def create_every_documented_field(asker: Asker, noun: Noun) -> Broken | None:
    """A {record} with every documented field, numbers as numbers, is created."""
    answer = asker.create(noun, asker.new(**EVERY_FIELD[noun.plural]))
    return has_status(answer, 200, 201) or is_id(answer, "results[0].crmId")
