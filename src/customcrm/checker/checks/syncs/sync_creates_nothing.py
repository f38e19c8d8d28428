"""Whether looking makes anything."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, is_list
from customcrm.checker.nouns import Noun


@record_check(
    "sync.creates-nothing",
    Weight(Group.SYNCS, Level.MUST, Page.CONTACTS_SYNC),
    why="Sync asks about every lead that Enginy finds, long before anybody decides to export it.",
    mend="Only read: what is not found is not created.",
)
def sync_creates_nothing(asker: Asker, noun: Noun) -> Broken | None:
    """A {record} that was looked for and not found is not found the second time either."""
    unknown = asker.new_whole(noun)
    asker.sync(noun, unknown)
    answer = asker.sync(noun, unknown)
    return has_status(answer, 200) or is_list(answer, "results", 0)
