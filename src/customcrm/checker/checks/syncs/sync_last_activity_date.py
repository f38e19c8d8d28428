"""When something last happened."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status, is_moment
from customcrm.checker.nouns import CONTACTS


@check(
    "contacts.sync.last-activity-date",
    Weight(Group.SYNCS, Level.MAY, Page.CONTACTS_SYNC),
    why="It keeps Enginy from writing to somebody whom a colleague met yesterday.",
    mend="Return the latest occurredAt of the contact's activities as lastActivityDate.",
)
def sync_last_activity_date(asker: Asker) -> Broken | None:
    """`lastActivityDate` is there once the contact has an activity."""
    asker.given_activity()
    answer = asker.sync(CONTACTS, asker.given(CONTACTS).sent)
    return has_status(answer, 200) or is_moment(answer, "results[0].properties.lastActivityDate")
