"""A batch of nothing."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, is_list
from customcrm.checker.nouns import Noun


@record_check(
    "sync.empty-batch",
    Weight(Group.SYNCS, Level.SHOULD, Page.CONTACTS_SYNC),
    why="A list that was filtered down to nothing is no error.",
    mend='Answer 200 {"results": []}.',
    writes=False,
)
def sync_empty_batch(asker: Asker, noun: Noun) -> Broken | None:
    """An empty batch is answered with an empty `results`."""
    answer = asker.sync(noun)
    return has_status(answer, 200) or is_list(answer, "results", 0)
