"""Reading tasks of which one does not exist."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status, is_list


@check(
    "tasks.batch-read.unknown-id",
    Weight(Group.TASKS, Level.MUST, Page.TASKS),
    why="One deleted task must not hide the others; a null in the array is no task.",
    mend="Leave unknown ids out of the array.",
    writes=False,
)
def batch_read_unknown_id(asker: Asker) -> Broken | None:
    """`POST /tasks/batch` leaves unknown ids out."""
    answer = asker.ask("POST", "/tasks/batch", {"ids": [asker.new_name()]})
    return has_status(answer, 200) or is_list(answer, "", 0)
