"""An activity of somebody who is not there."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status, is_id


@check(
    "activities.create.unknown-contact",
    Weight(Group.ACTIVITIES, Level.MAY, Page.ACTIVITIES),
    why="The contact may have been deleted, or come later; the message was sent all the same.",
    mend="Keep the contactId as it came; do not insist on a foreign key.",
)
def create_unknown_contact(asker: Asker) -> Broken | None:
    """An activity whose `contactId` is unknown is logged all the same."""
    answer = asker.ask("POST", "/activities", asker.new_activity(contactId=asker.new_name()))
    return has_status(answer, 200, 201) or is_id(answer, "id")
