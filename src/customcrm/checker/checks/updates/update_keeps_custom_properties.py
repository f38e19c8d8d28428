"""What an update does to other custom properties."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status
from customcrm.checker.nouns import Noun
from customcrm.checker.record_client import CannotSee
from customcrm.checker.record_view import UNSEEN
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
    given = asker.given(noun)
    custom = {"check_first": asker.new_name(), noun.returned: asker.new_name()}
    asker.update(noun, {"crmId": given.crm_id, **custom})
    before = asker.view(noun, given.crm_id)
    answer = asker.update(noun, {"crmId": given.crm_id, "check_second": "later"})
    broken = has_status(answer, 200)
    if broken or before.value("check_first") is not UNSEEN:
        return broken or asker.stores(
            answer, noun, given.crm_id, "check_first", custom["check_first"]
        )
    if before.value(noun.returned) is UNSEEN:
        raise CannotSee
    return asker.loses(answer, noun, given, before, [noun.returned])
