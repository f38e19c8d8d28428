"""By email, whatever its case."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status
from customcrm.checker.nouns import CONTACTS
from customcrm.checker.snippets import EMAIL


@check(
    "contacts.sync.by-email-in-capitals",
    Weight(Group.SYNCS, Level.SHOULD, Page.CONTACTS_SYNC),
    why="Addresses come as people typed them; Enginy advises to compare them in small letters.",
    mend="Compare lower(email) with the address that came, in small letters.",
    code=EMAIL,
)
def sync_by_email_in_capitals(asker: Asker) -> Broken | None:
    """A contact is found by its `email` in capitals too."""
    given = asker.given(CONTACTS)
    answer = asker.sync(CONTACTS, asker.new(email=given.sent["email"].upper()))
    return has_status(answer, 200) or equals(answer, "results[0].crmId", given.crm_id)
