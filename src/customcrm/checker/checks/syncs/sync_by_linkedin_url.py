"""By LinkedIn URL."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, equals, has_status
from customcrm.checker.nouns import Noun


@record_check(
    "sync.by-linkedin-url",
    Weight(Group.SYNCS, Level.SHOULD, Page.CONTACTS_SYNC),
    why="Every lead that Enginy finds has a LinkedIn page; many have nothing else. It advises to "
    "compare without the slash at the end.",
    mend="Reduce both URLs to their path, without the slash at the end, in small letters.",
)
def sync_by_linkedin_url(asker: Asker, noun: Noun) -> Broken | None:
    """A {record} is found by its `linkedinUrl`, with a slash at its end too."""
    given = asker.given(noun)
    answer = asker.sync(noun, asker.new(linkedinUrl=f"{given.sent['linkedinUrl']}/"))
    return has_status(answer, 200) or equals(answer, "results[0].crmId", given.crm_id)
