"""What a create is answered with."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status, is_id


@check(
    "tasks.create.answers",
    Weight(Group.TASKS, Level.MUST, Page.TASKS),
    why="Enginy keeps the id, to ask later whether the task is done.",
    mend="Answer 201 (200 passes too) with the task object; its id is a string.",
)
def create_answers(asker: Asker) -> Broken | None:
    """`POST /tasks` answers 201 or 200 with an object that has an `id`, a string."""
    answer = asker.task_creation()
    return has_status(answer, 200, 201) or is_id(answer, "id")
