"""Whether a completed task stays so."""

from customcrm.checker.asker import Asker, CannotAsk
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status


@check(
    "tasks.update.lasts",
    Weight(Group.TASKS, Level.SHOULD, Page.TASKS),
    why="Enginy reads the task again; one that is open still is taken for work to do.",
    mend="Store what you answer.",
)
def update_lasts(asker: Asker) -> Broken | None:
    """A task that `PATCH /tasks/:id` has completed is completed when it is read again."""
    task_id = asker.given_task()
    if not asker.complete(task_id).succeeded:
        raise CannotAsk("PATCH /tasks/:id does not complete it")
    answer = asker.read_task(task_id)
    return has_status(answer, 200) or equals(answer, "completed", wanted=True)
