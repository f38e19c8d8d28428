"""Whether engagement fields are kept."""

from typing import Final

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, shown
from customcrm.checker.nouns import Noun
from customcrm.checker.record_client import CannotSee
from customcrm.checker.record_view import UNSEEN
from customcrm.checker.snippets import MERGE

STATUSES: Final = {
    "check_status": "Message Replied (2/3) - LINKEDIN",
    "activities": "Connection Request Sent, Message Sent",
}
"""Values as Enginy sends them. `activities` is one of its own names for them."""


@record_check(
    "update.stores-engagement-fields",
    Weight(Group.UPDATES, Level.SHOULD, Page.CONTACTS),
    why="Whoever works in your CRM wants to see who has been contacted and who has replied.",
    mend="Store unknown fields as custom properties, under the names that they came with.",
    code=MERGE,
)
def update_stores_engagement_fields(asker: Asker, noun: Noun) -> Broken | None:
    """Engagement fields are stored as they came."""
    crm_id = asker.given(noun).crm_id
    fields = {"engaged_by_check": asker.new_name(), **STATUSES}
    answer = asker.update(noun, {"crmId": crm_id, **fields})
    broken = has_status(answer, 200)
    if broken:
        return broken
    view = asker.view(noun, crm_id)
    for name, value in fields.items():
        stored = view.value(name)
        if stored is UNSEEN:
            raise CannotSee
        if stored != value:
            return Broken(f"`{name}` is {shown(value)}", f"it is {shown(stored)}", answer)
    return None
