"""By `externalId` alone."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, equals, has_status
from customcrm.checker.nouns import Noun


@record_check(
    "sync.by-external-id",
    Weight(Group.SYNCS, Level.SHOULD, Page.CONTACTS_SYNC),
    why="It is the one field that every {record} has, and the surest.",
    mend="Keep the externalId of each create, and look by it first.",
)
def sync_by_external_id(asker: Asker, noun: Noun) -> Broken | None:
    """A {record} is found by its `externalId` alone."""
    given = asker.given(noun)
    answer = asker.sync(noun, {"externalId": given.sent["externalId"]})
    return has_status(answer, 200) or equals(answer, "results[0].crmId", given.crm_id)
