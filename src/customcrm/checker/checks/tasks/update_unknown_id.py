"""Completing a task that does not exist."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status
from customcrm.checker.snippets import NOT_FOUND


@check(
    "tasks.update.unknown-id",
    Weight(Group.TASKS, Level.MUST, Page.TASKS),
    why="404 tells Enginy that the task was deleted; a 500 that it should try again, for ever.",
    mend='Answer 404 {"error": "Task not found", "message": "No task exists with ID: ..."}.',
    code=NOT_FOUND,
)
def update_unknown_id(asker: Asker) -> Broken | None:
    """`PATCH /tasks/:id` of an unknown task answers 404."""
    return has_status(asker.complete(asker.new_name()), 404)
