"""A date that is none."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, refuses


@check(
    "tasks.create.bad-date",
    Weight(Group.TASKS, Level.MAY, Page.TASKS),
    why="A task whose date was dropped silently is never due.",
    mend="Refuse a dueDate that is not ISO 8601 with 400.",
)
def create_bad_date(asker: Asker) -> Broken | None:
    """A `dueDate` that is no date in ISO 8601 is refused with 400."""
    task = {"subject": f"Call {asker.new_name()}", "dueDate": "next Tuesday"}
    return refuses(asker.ask("POST", "/tasks", task))
