"""By name and company."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status
from customcrm.checker.nouns import CONTACTS


@check(
    "contacts.sync.by-name-and-company",
    Weight(Group.SYNCS, Level.MAY, Page.CONTACTS_SYNC),
    why="It is the last resort that Enginy advises for leads without email and phone.",
    mend="Compare first name + last name + company, without case, accents and legal form.",
)
def sync_by_name_and_company(asker: Asker) -> Broken | None:
    """A contact is found by first name, last name and company together."""
    given = asker.given(CONTACTS)
    answer = asker.sync(
        CONTACTS,
        asker.new(
            firstName=given.sent["firstName"],
            lastName=given.sent["lastName"],
            company=given.sent["company"],
        ),
    )
    return has_status(answer, 200) or equals(answer, "results[0].crmId", given.crm_id)
