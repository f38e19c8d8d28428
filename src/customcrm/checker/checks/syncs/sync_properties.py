"""What a match holds."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, is_object
from customcrm.checker.nouns import Noun


@record_check(
    "sync.properties",
    Weight(Group.SYNCS, Level.MUST, Page.CONTACTS_SYNC),
    why="`properties` is what Enginy stores of your {record}: the phone that a colleague found, "
    "the lifecycle stage, the score.",
    mend="Answer `properties` with each match: an object, {} if there is nothing to tell.",
)
def sync_properties(asker: Asker, noun: Noun) -> Broken | None:
    """Each match has `properties`, an object."""
    answer = asker.match(noun)
    return has_status(answer, 200) or is_object(answer, "results[0].properties")
