"""Whether completed tasks stay so."""

from customcrm.checker.asker import Asker, CannotAsk
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status


@check(
    "tasks.batch-complete.lasts",
    Weight(Group.TASKS, Level.SHOULD, Page.TASKS),
    why="Enginy reads the task again; one that is open still is taken for work to do.",
    mend="Store what you answer.",
)
def batch_complete_lasts(asker: Asker) -> Broken | None:
    """A task that `PATCH /tasks/batch` has completed is completed when it is read again."""
    task_id = asker.new_task()
    done = asker.ask("PATCH", "/tasks/batch", {"ids": [task_id], "completed": True})
    if not done.succeeded:
        raise CannotAsk("PATCH /tasks/batch does not complete it")
    answer = asker.read_task(task_id)
    return has_status(answer, 200) or equals(answer, "completed", wanted=True)
