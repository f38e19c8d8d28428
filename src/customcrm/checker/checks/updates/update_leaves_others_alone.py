"""What an update does to fields that it does not name."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status
from customcrm.checker.nouns import Noun
from customcrm.checker.snippets import MERGE


@record_check(
    "update.leaves-others-alone",
    Weight(Group.UPDATES, Level.MUST, Page.CONTACTS),
    why="An update is a merge: it names the fields that have changed, and no others.",
    mend="Change the fields that came; an absent one is not an empty one.",
    code=MERGE,
)
def update_leaves_others_alone(asker: Asker, noun: Noun) -> Broken | None:
    """An update leaves the documented fields alone that it does not name."""
    record = asker.make(noun)
    before = asker.view(noun, record.crm_id, record.sent)
    answer = asker.update(noun, {"crmId": record.crm_id, "lastContactedBy": "Jane Doe"})
    return has_status(answer, 200) or asker.loses(answer, noun, record, before)
