"""One and the same under two names."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, equals, has_status
from customcrm.checker.nouns import Noun
from customcrm.checker.snippets import EMAIL


@record_check(
    "create.same-one-under-another-id",
    Weight(Group.EXPORTS, Level.MAY, Page.CONTACTS),
    why="The same lead found by two searches has two externalIds. Two {records} for one are "
    "contacted twice.",
    mend="When a contact's email, or a company's domain, belongs to a {record} already, return "
    "that one's crmId and remember the second externalId for it.",
    code=EMAIL,
)
def create_same_one_under_another_id(asker: Asker, noun: Noun) -> Broken | None:
    """Another `externalId` with the same email (or domain) gets the same `crmId`."""
    answer = asker.namesake(noun)
    return has_status(answer, 200, 201) or equals(
        answer, "results[0].crmId", asker.given(noun).crm_id
    )
