"""A task with an empty subject."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, refuses


@check(
    "tasks.create.empty-subject",
    Weight(Group.TASKS, Level.MAY, Page.TASKS),
    why="A line without words in a list of things to do helps nobody.",
    mend="Refuse an empty subject as you refuse a missing one.",
)
def create_empty_subject(asker: Asker) -> Broken | None:
    """A task whose `subject` is empty is refused with 400."""
    return refuses(asker.ask("POST", "/tasks", {"subject": "  ", "type": "call"}))
