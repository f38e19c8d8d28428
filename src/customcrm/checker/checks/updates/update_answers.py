"""What an update is answered with."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, equals, has_status, is_list
from customcrm.checker.nouns import Noun


@record_check(
    "update.answers",
    Weight(Group.UPDATES, Level.MUST, Page.CONTACTS),
    why="Enginy updates what it has exported as its data changes.",
    mend='Answer 200 {"results": [{"crmId": ..., "success": true}]}, one for each {record}.',
)
def update_answers(asker: Asker, noun: Noun) -> Broken | None:
    """`PUT /{records}` answers 200 with the `crmId` and `success: true`."""
    crm_id = asker.given(noun).crm_id
    answer = asker.update(noun, {"crmId": crm_id, "lastContactedBy": "John Smith"})
    return (
        has_status(answer, 200)
        or is_list(answer, "results", 1)
        or equals(answer, "results[0].crmId", crm_id)
        or equals(answer, "results[0].success", wanted=True)
    )
