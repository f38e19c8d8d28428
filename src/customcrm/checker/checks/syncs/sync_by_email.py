"""By email."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status
from customcrm.checker.nouns import CONTACTS
from customcrm.checker.snippets import EMAIL


@check(
    "contacts.sync.by-email",
    Weight(Group.SYNCS, Level.SHOULD, Page.CONTACTS_SYNC),
    why="Email is the first key that Enginy advises: the same lead from another search has "
    "another externalId.",
    mend="Look by email when the externalId is unknown.",
    code=EMAIL,
)
def sync_by_email(asker: Asker) -> Broken | None:
    """A contact is found by its `email` under another `externalId`."""
    given = asker.given(CONTACTS)
    answer = asker.sync(CONTACTS, asker.new(email=given.sent["email"]))
    return has_status(answer, 200) or equals(answer, "results[0].crmId", given.crm_id)
