"""By phone."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status, is_id
from customcrm.checker.nouns import CONTACTS


@check(
    "contacts.sync.by-phone",
    Weight(Group.SYNCS, Level.MAY, Page.CONTACTS_SYNC),
    why="Some leads have a phone and no email.",
    mend="Keep phones in E.164 (+447700900123) as well, and compare those.",
)
def sync_by_phone(asker: Asker) -> Broken | None:
    """A contact is found by its `phone` in another format."""
    given = asker.given(CONTACTS)
    phone = given.sent["phone"].replace(" ", "")
    answer = asker.sync(CONTACTS, asker.new(phone=phone))
    return has_status(answer, 200) or is_id(answer, "results[0].crmId")
