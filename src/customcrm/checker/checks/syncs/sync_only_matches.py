"""One that exists, and one that does not."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, lists_in_order
from customcrm.checker.nouns import Noun


@record_check(
    "sync.only-matches",
    Weight(Group.SYNCS, Level.MUST, Page.CONTACTS_SYNC),
    why="Whatever stands in the results counts as found; a null crmId is a {record} that "
    "cannot be updated.",
    mend="Leave the {records} out that match nothing.",
)
def sync_only_matches(asker: Asker, noun: Noun) -> Broken | None:
    """A {record} that matches nothing is left out of `results`."""
    given = asker.given(noun)
    answer = asker.sync(noun, asker.new_whole(noun), given.sent)
    sent = [given.sent["externalId"]]
    return has_status(answer, 200) or lists_in_order(answer, "results", "externalId", sent)
