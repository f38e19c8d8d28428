"""What null means in an update."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, shown
from customcrm.checker.nouns import Noun


@record_check(
    "update.null-clears",
    Weight(Group.UPDATES, Level.MAY, Page.CONTACTS),
    why="There is no other way to say that a value is no longer true.",
    mend="Tell null from absent: null clears the field.",
)
def update_null_clears(asker: Asker, noun: Noun) -> Broken | None:
    """A field that is null in an update has no value afterwards."""
    crm_id = asker.given(noun).crm_id
    asker.update(noun, {"crmId": crm_id, "check_cleared": asker.new_name()})
    answer = asker.update(noun, {"crmId": crm_id, "check_cleared": None})
    stored = asker.read(noun, crm_id).get("check_cleared")
    broken = has_status(answer, 200)
    if broken or stored is None:
        return broken
    return Broken("`check_cleared` has no value", f"it is {shown(stored)}", answer)
