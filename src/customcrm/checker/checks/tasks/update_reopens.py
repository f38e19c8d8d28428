"""Reopening a task."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status
from customcrm.checker.places import MISSING, at


@check(
    "tasks.update.reopens",
    Weight(Group.TASKS, Level.MAY, Page.TASKS),
    why="Whoever ticked the wrong line wants to take it back.",
    mend="Let completed: false reopen the task, and clear completedAt.",
)
def update_reopens(asker: Asker) -> Broken | None:
    """`completed: false` reopens a task, and its `completedAt` is gone."""
    task_id = asker.new_task()
    asker.change_task(task_id, completed=True)
    answer = asker.change_task(task_id, completed=False)
    broken = has_status(answer, 200) or equals(answer, "completed", wanted=False)
    if broken or at(answer.json, "completedAt") is MISSING:
        return broken
    return equals(answer, "completedAt", None)
