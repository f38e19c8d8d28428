"""The largest batch that Enginy documents."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status, is_list
from customcrm.checker.nouns import CONTACTS
from customcrm.checker.places import MISSING


@check(
    "large.batch-of-100",
    Weight(Group.HARDENED, Level.MUST, Page.CONTACTS),
    why="Enginy exports up to 100 contacts in a request.",
    mend="Raise the body limit of your framework (Express stops at 100 kB), and insert in one "
    "statement.",
)
def large_batch_of_100(asker: Asker) -> Broken | None:
    """A batch of 100 contacts, 200 kB in all, is created, and all of them are found."""
    records = [{**asker.new_whole(CONTACTS), "description": "x" * 1_700} for _ in range(100)]
    answer = asker.create(CONTACTS, *records)
    broken = has_status(answer, 200, 201) or is_list(answer, "results", 100)
    if broken:
        return broken
    found = asker.crm_ids(CONTACTS, *({"externalId": one["externalId"]} for one in records))
    lost = found.count(MISSING)
    if 0 < lost < len(found):
        return Broken("a sync finds all 100 by their ids", f"it does not find {lost}", answer)
    return None
