"""Reading several tasks."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status, is_list
from customcrm.checker.snippets import ROUTES


@check(
    "tasks.batch-read.answers",
    Weight(Group.TASKS, Level.MUST, Page.TASKS),
    why="It is how Enginy asks after many tasks at once; a route /tasks/:id that is tried first "
    "takes `batch` for an id.",
    mend='Serve POST /tasks/batch with {"ids": [...]} before /tasks/:id, and answer a bare array.',
    code=ROUTES,
)
def batch_read_answers(asker: Asker) -> Broken | None:
    """`POST /tasks/batch` answers 200 with a bare array of the tasks."""
    task_id = asker.given_task()
    answer = asker.ask("POST", "/tasks/batch", {"ids": [task_id]})
    return has_status(answer, 200) or is_list(answer, "", 1) or equals(answer, "[0].id", task_id)
