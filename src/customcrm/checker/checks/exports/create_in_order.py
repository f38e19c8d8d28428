"""The order of the results."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, lists_in_order
from customcrm.checker.nouns import Noun


@record_check(
    "create.in-order",
    Weight(Group.EXPORTS, Level.SHOULD, Page.CONTACTS),
    why="Every example shows results in the order of the request; a client may well pair them by "
    "place.",
    mend="Answer one result for each {record}, in the order in which they came.",
)
def create_in_order(asker: Asker, noun: Noun) -> Broken | None:
    """`results` has one item for each {record} sent, in the order sent."""
    answer = asker.batch(noun)
    sent = [record["externalId"] for record in asker.sent_in(answer, noun)]
    return has_status(answer, 200, 201) or lists_in_order(answer, "results", "externalId", sent)
