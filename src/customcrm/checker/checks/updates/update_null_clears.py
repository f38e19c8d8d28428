"""What null means in an update."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, shown
from customcrm.checker.nouns import Noun
from customcrm.checker.places import MISSING
from customcrm.checker.record_client import CannotSee
from customcrm.checker.record_view import UNSEEN


@record_check(
    "update.null-clears",
    Weight(Group.UPDATES, Level.MAY, Page.CONTACTS),
    why="There is no other way to say that a value is no longer true.",
    mend="Tell null from absent: null clears the field.",
)
def update_null_clears(asker: Asker, noun: Noun) -> Broken | None:
    """A field that is null in an update has no value afterwards."""
    record = asker.make(noun, check_cleared="yes")
    before = asker.view(noun, record.crm_id, {noun.key: record.sent[noun.key]})
    if before.value("check_cleared") in (UNSEEN, MISSING) and noun.key not in before.found_by:
        raise CannotSee
    cleared = {"crmId": record.crm_id, "check_cleared": None, noun.key: None}
    answer = asker.update(noun, cleared)
    after = asker.view(noun, record.crm_id, {noun.key: record.sent[noun.key]})
    broken = has_status(answer, 200)
    if broken:
        return broken
    if after.value("check_cleared") not in (UNSEEN, MISSING, None, ""):
        is_now = f"it is {shown(after.value('check_cleared'))}"
        return Broken("`check_cleared` has no value", is_now, answer)
    if noun.key in after.found_by:
        return Broken(f"nothing is found by the `{noun.key}` that was cleared", "it is", answer)
    return None
