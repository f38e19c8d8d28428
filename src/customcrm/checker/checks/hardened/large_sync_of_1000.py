"""A large batch that only looks."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status, is_list
from customcrm.checker.nouns import CONTACTS


@check(
    "large.sync-of-1000",
    Weight(Group.HARDENED, Level.SHOULD, Page.CONTACTS_SYNC),
    why="For sync Enginy documents no limit.",
    mend="Look for all keys of a batch in one statement, not for each in its own.",
    writes=False,
)
def large_sync_of_1000(asker: Asker) -> Broken | None:
    """A sync of 1,000 contacts is answered."""
    records = [{"externalId": f"{asker.mark}-of-1000-{n}"} for n in range(1_000)]
    answer = asker.sync(CONTACTS, *records)
    return has_status(answer, 200) or is_list(answer, "results", 0)
