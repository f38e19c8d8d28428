"""A task that exists."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status
from customcrm.checker.places import at


@check(
    "tasks.read.answers",
    Weight(Group.TASKS, Level.MUST, Page.TASKS),
    why="Enginy asks whether the task is done, to go on with the sequence.",
    mend="Serve GET /tasks/:id and answer 200 with the task object.",
)
def read_answers(asker: Asker) -> Broken | None:
    """`GET /tasks/:id` answers 200 with the task: the same `id`, and `completed`."""
    task_id = asker.given_task()
    answer = asker.read_task(task_id)
    broken = has_status(answer, 200) or equals(answer, "id", task_id)
    if broken or isinstance(at(answer.json, "completed"), bool):
        return broken
    return equals(answer, "completed", wanted=False)
