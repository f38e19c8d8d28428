"""When a task was completed."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status, is_moment


@check(
    "tasks.update.completed-at",
    Weight(Group.TASKS, Level.SHOULD, Page.TASKS),
    why="completedAt is part of the documented task object.",
    mend="Set completedAt when completed becomes true; send it in ISO 8601.",
)
def update_completed_at(asker: Asker) -> Broken | None:
    """A completed task has `completedAt`, in ISO 8601."""
    answer = asker.complete(asker.given_task())
    return has_status(answer, 200) or is_moment(answer, "completedAt")
