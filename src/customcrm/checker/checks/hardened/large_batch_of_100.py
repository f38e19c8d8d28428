"""The largest batch that Enginy documents."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status, is_list
from customcrm.checker.nouns import CONTACTS


@check(
    "large.batch-of-100",
    Weight(Group.HARDENED, Level.MUST, Page.CONTACTS),
    why="Enginy exports up to 100 contacts in a request.",
    mend="Raise the body limit of your framework (Express stops at 100 kB), and insert in one "
    "statement.",
)
def large_batch_of_100(asker: Asker) -> Broken | None:
    """A batch of 100 contacts, 200 kB in all, is created."""
    records = [{**asker.new_whole(CONTACTS), "description": "x" * 1_700} for _ in range(100)]
    answer = asker.create(CONTACTS, *records)
    return has_status(answer, 200, 201) or is_list(answer, "results", 100)
