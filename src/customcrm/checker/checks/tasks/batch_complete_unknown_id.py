"""Completing tasks of which one does not exist."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status, lists_in_order


@check(
    "tasks.batch-complete.unknown-id",
    Weight(Group.TASKS, Level.MUST, Page.TASKS),
    why="One deleted task must not keep the others from being completed.",
    mend="Complete those that exist, and leave the others out of the array.",
)
def batch_complete_unknown_id(asker: Asker) -> Broken | None:
    """`PATCH /tasks/batch` leaves unknown ids out, and completes the others."""
    task_id = asker.given_task()
    ids = [asker.new_name(), task_id]
    answer = asker.ask("PATCH", "/tasks/batch", {"ids": ids, "completed": True})
    return has_status(answer, 200) or lists_in_order(answer, "", "id", [task_id])
