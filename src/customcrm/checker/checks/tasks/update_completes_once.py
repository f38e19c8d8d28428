"""Completing a task twice."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status, is_moment
from customcrm.checker.places import at


@check(
    "tasks.update.completes-once",
    Weight(Group.TASKS, Level.MAY, Page.TASKS),
    why="A repeat must not move the moment at which the work was done.",
    mend="Leave completedAt alone when the task is completed already.",
)
def update_completes_once(asker: Asker) -> Broken | None:
    """Completing a task again keeps the first `completedAt`."""
    task_id = asker.new_task()
    first = asker.complete(task_id)
    answer = asker.complete(task_id)
    return (
        is_moment(first, "completedAt")
        or has_status(answer, 200)
        or equals(answer, "completedAt", at(first.json, "completedAt"))
    )
