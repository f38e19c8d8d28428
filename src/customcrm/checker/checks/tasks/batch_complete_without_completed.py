"""Completing tasks without saying so."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status


@check(
    "tasks.batch-complete.without-completed",
    Weight(Group.TASKS, Level.MAY, Page.TASKS),
    why="The route completes many; whoever calls it means it.",
    mend="Take a missing `completed` for true.",
)
def batch_complete_without_completed(asker: Asker) -> Broken | None:
    """`PATCH /tasks/batch` without `completed` completes the tasks."""
    answer = asker.ask("PATCH", "/tasks/batch", {"ids": [asker.new_task()]})
    return has_status(answer, 200) or equals(answer, "[0].completed", wanted=True)
