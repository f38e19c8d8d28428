"""What an update does to other custom properties."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status
from customcrm.checker.nouns import Noun
from customcrm.checker.snippets import MERGE


@record_check(
    "update.keeps-custom-properties",
    Weight(Group.UPDATES, Level.SHOULD, Page.CONTACTS),
    why="Each update carries a few fields. If it replaces all custom ones, the engagement of last "
    "month is gone.",
    mend="Merge the fields that came into those that are stored.",
    code=MERGE,
)
def update_keeps_custom_properties(asker: Asker, noun: Noun) -> Broken | None:
    """An update with one custom property leaves the others alone."""
    crm_id, mark = asker.given(noun).crm_id, asker.new_name()
    asker.update(noun, {"crmId": crm_id, "check_first": mark})
    answer = asker.update(noun, {"crmId": crm_id, "check_second": "later"})
    return has_status(answer, 200) or asker.stores(answer, noun, crm_id, "check_first", mark)
