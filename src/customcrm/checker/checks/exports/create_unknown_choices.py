"""Values that no list has."""

from typing import Final

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, is_id
from customcrm.checker.nouns import COMPANIES, CONTACTS, Noun

NEW_CHOICES: Final = {
    CONTACTS.plural: {"emailVerificationStatus": "risky", "companySize": "10,001+"},
    COMPANIES.plural: {"companyType": "Cooperative", "revenue": "< 1M"},
}
"""Values of fields that look as if they were chosen from a list."""


@record_check(
    "create.unknown-choices",
    Weight(Group.EXPORTS, Level.SHOULD, Page.CONTACTS),
    why="Enginy documents these fields as texts and lists no values. A new one must not cost the "
    "others of its batch their export.",
    mend="Keep such fields as texts; do not make an enumeration of the values that you have seen.",
)
def create_unknown_choices(asker: Asker, noun: Noun) -> Broken | None:
    """A {record} with a status, size or type that was never seen before is created."""
    answer = asker.create(noun, asker.new(**NEW_CHOICES[noun.plural]))
    return has_status(answer, 200, 201) or is_id(answer, "results[0].crmId")
