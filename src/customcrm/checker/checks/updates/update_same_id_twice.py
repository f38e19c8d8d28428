"""The same record twice in a request."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, is_list
from customcrm.checker.nouns import Noun


@record_check(
    "update.same-id-twice",
    Weight(Group.UPDATES, Level.MAY, Page.CONTACTS),
    why="Two changes of one lead can fall into one batch; the later one is what is true now.",
    mend="Apply the updates of a batch in their order, and answer each.",
)
def update_same_id_twice(asker: Asker, noun: Noun) -> Broken | None:
    """The same `crmId` twice in a request is applied in order, and answered twice."""
    crm_id, later = asker.given(noun).crm_id, asker.new_name()
    answer = asker.update(
        noun, {"crmId": crm_id, "check_turn": "first"}, {"crmId": crm_id, "check_turn": later}
    )
    return (
        has_status(answer, 200)
        or is_list(answer, "results", 2)
        or asker.stores(answer, noun, crm_id, "check_turn", later)
    )
