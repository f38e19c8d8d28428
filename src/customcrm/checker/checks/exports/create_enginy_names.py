"""Fields under the names that they have in Enginy."""

from typing import Any, Final

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, is_id
from customcrm.checker.nouns import COMPANIES, CONTACTS, Noun

ENGINY_NAMES: Final[dict[str, dict[str, Any]]] = {
    CONTACTS.plural: {
        "phones": [{"phone": "+44 7700 900998", "type": "work"}],
        "jobTitle": "Head of Checks",
    },
    COMPANIES.plural: {"employees": {"min": 11, "max": 50}},
}
"""Enginy's own fields, some of them lists and objects; the one that is a key comes besides."""

URLS: Final = {CONTACTS.plural: "linkedInProfileUrl", COMPANIES.plural: "companyLinkedInUrl"}
"""What Enginy calls the LinkedIn URL."""

KEYS: Final = {CONTACTS.plural: "professionalEmail", COMPANIES.plural: "website"}
"""What Enginy calls the strongest match key."""


@record_check(
    "create.enginy-names",
    Weight(Group.EXPORTS, Level.SHOULD, Page.CONTACTS),
    why="Enginy sends additional fields as they are: `professionalEmail`, `phones`, `website`. "
    "Some of them are lists and objects.",
    mend="Never refuse a key that you do not know, whatever its value is.",
)
def create_enginy_names(asker: Asker, noun: Noun) -> Broken | None:
    """A {record} with the names that Enginy's own fields have is created."""
    answer = asker.create(noun, named_by_enginy(asker, noun))
    return has_status(answer, 200, 201) or is_id(answer, "results[0].crmId")


def named_by_enginy(asker: Asker, noun: Noun) -> dict[str, Any]:
    """A new record whose strongest match key has Enginy's name for it."""
    whole = asker.new_whole(noun)
    value = whole[noun.key]
    personal = [f"{whole['externalId']}@{host}.example" for host in ("home", "mail")]
    own = {
        **({"personalEmails": personal} if noun is CONTACTS else {}),
        KEYS[noun.plural]: f"https://www.{value}/" if noun is COMPANIES else value,
        URLS[noun.plural]: whole["linkedinUrl"],
    }
    return {"externalId": whole["externalId"], **own, **ENGINY_NAMES[noun.plural]}
