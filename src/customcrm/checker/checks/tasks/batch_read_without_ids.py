"""Reading tasks without saying which."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, refuses
from customcrm.checker.snippets import ARRAY


@check(
    "tasks.batch-read.without-ids",
    Weight(Group.TASKS, Level.SHOULD, Page.OVERVIEW),
    why="400 tells Enginy that the request was wrong; a 500 says: try again, and it will, for "
    "nothing.",
    mend="Look whether `ids` is an array before you use it.",
    writes=False,
    code=ARRAY,
)
def batch_read_without_ids(asker: Asker) -> Broken | None:
    """`POST /tasks/batch` without an array of `ids` is refused with 400."""
    return refuses(asker.ask("POST", "/tasks/batch", {}))
