"""A task without a subject."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, refuses


@check(
    "tasks.create.without-subject",
    Weight(Group.TASKS, Level.SHOULD, Page.TASKS),
    why="The subject is the one field that is required; a task that says nothing is never done.",
    mend='Refuse it with 400: {"error": "Invalid request", "message": "subject is required"}.',
)
def create_without_subject(asker: Asker) -> Broken | None:
    """A task without a `subject` is refused with 400."""
    return refuses(asker.ask("POST", "/tasks", {"type": "call"}))
