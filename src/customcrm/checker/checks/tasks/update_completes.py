"""Completing a task."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status


@check(
    "tasks.update.completes",
    Weight(Group.TASKS, Level.MUST, Page.TASKS),
    why="A task that was done in Enginy has to disappear from your people's lists.",
    mend='Serve PATCH /tasks/:id with {"completed": true} and answer 200 with the task object.',
)
def update_completes(asker: Asker) -> Broken | None:
    """`PATCH /tasks/:id` with `completed: true` answers 200 with the task, completed."""
    task_id = asker.given_task()
    answer = asker.complete(task_id)
    return (
        has_status(answer, 200)
        or equals(answer, "id", task_id)
        or equals(answer, "completed", wanted=True)
    )
