"""The smallest activity."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status, is_id
from customcrm.checker.nouns import CONTACTS


@check(
    "activities.create.type-only",
    Weight(Group.ACTIVITIES, Level.MAY, Page.ACTIVITIES),
    why="An accepted connection request has no subject, no body and no sequence.",
    mend="Require nothing but type.",
)
def create_type_only(asker: Asker) -> Broken | None:
    """An activity with nothing but its `type` and its contact is logged."""
    contact = asker.given(CONTACTS).crm_id
    activity = {"type": "LINKEDIN_CONNECTION", "contactId": contact}
    answer = asker.ask("POST", "/activities", activity)
    return has_status(answer, 200, 201) or is_id(answer, "id")
