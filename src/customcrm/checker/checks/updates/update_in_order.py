"""The order of the results."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, lists_in_order
from customcrm.checker.nouns import Noun


@record_check(
    "update.in-order",
    Weight(Group.UPDATES, Level.SHOULD, Page.CONTACTS),
    why="Every example shows results in the order of the request; a client may well pair them by "
    "place.",
    mend="Answer one result for each {record}, in the order in which they came.",
)
def update_in_order(asker: Asker, noun: Noun) -> Broken | None:
    """`results` has one item for each {record} sent, in the order sent."""
    ids = [asker.made(asker.batch(noun)), asker.given(noun).crm_id]
    answer = asker.update(noun, *({"crmId": one, "lastContactedBy": "Jo"} for one in ids))
    return has_status(answer, 200) or lists_in_order(answer, "results", "crmId", ids)
