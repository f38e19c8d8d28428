"""Those beside one that fails."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, equals, has_status
from customcrm.checker.nouns import Noun
from customcrm.checker.snippets import EACH_ALONE


@record_check(
    "update.others-go-through",
    Weight(Group.UPDATES, Level.MUST, Page.CONTACTS),
    why="One deleted lead must not keep the other 99 from being updated.",
    mend="Handle each {record} of the batch by itself, and answer each by itself.",
    code=EACH_ALONE,
)
def update_others_go_through(asker: Asker, noun: Noun) -> Broken | None:
    """A {record} that fails does not disturb the others in its batch."""
    crm_id, unknown = asker.given(noun).crm_id, asker.new_name()
    answer = asker.update(
        noun,
        {"crmId": unknown, noun.label: "Nobody"},
        {"crmId": crm_id, "lastContactedBy": "Jane Doe"},
    )
    return (
        has_status(answer, 200)
        or equals(answer, f"results[crmId={crm_id}].success", wanted=True)
        or equals(answer, f"results[crmId={unknown}].success", wanted=False)
    )
