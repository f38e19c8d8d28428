"""A batch of nothing."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, is_list
from customcrm.checker.nouns import Noun


@record_check(
    "update.empty-batch",
    Weight(Group.UPDATES, Level.SHOULD, Page.CONTACTS),
    why="A list that was filtered down to nothing is no error.",
    mend='Answer 200 {"results": []}.',
    writes=False,
)
def update_empty_batch(asker: Asker, noun: Noun) -> Broken | None:
    """An empty batch is answered with an empty `results`."""
    answer = asker.update(noun)
    return has_status(answer, 200) or is_list(answer, "results", 0)
