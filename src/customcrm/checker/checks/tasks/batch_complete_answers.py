"""Completing several tasks."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status, is_list
from customcrm.checker.snippets import ROUTES


@check(
    "tasks.batch-complete.answers",
    Weight(Group.TASKS, Level.MUST, Page.TASKS),
    why="It is how Enginy completes the tasks of a campaign; a route /tasks/:id that is tried "
    "first takes `batch` for an id, as it does in Enginy's own demo.",
    mend='Serve PATCH /tasks/batch with {"ids": [...], "completed": true} before /tasks/:id, and '
    "answer a bare array of the tasks as they are now.",
    code=ROUTES,
)
def batch_complete_answers(asker: Asker) -> Broken | None:
    """`PATCH /tasks/batch` answers 200 with a bare array of the tasks, completed."""
    task_id = asker.new_task()
    answer = asker.ask("PATCH", "/tasks/batch", {"ids": [task_id], "completed": True})
    return (
        has_status(answer, 200)
        or is_list(answer, "", 1)
        or equals(answer, "[0].id", task_id)
        or equals(answer, "[0].completed", wanted=True)
    )
