"""A date without an hour."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status, shown
from customcrm.checker.places import MISSING, at

DAY = "2030-01-31"


@check(
    "tasks.create.day-only",
    Weight(Group.TASKS, Level.SHOULD, Page.TASKS),
    why="dueDate is documented as ISO 8601, and a day without an hour is that too. A task that "
    "moves to the day before is called a day early.",
    mend="Accept a day, and answer it as that day, or as its first moment in UTC.",
)
def create_day_only(asker: Asker) -> Broken | None:
    """A `dueDate` that is a day without an hour is accepted, and stays that day."""
    task = {"subject": f"Call {asker.new_name()}", "dueDate": DAY}
    answer = asker.ask("POST", "/tasks", task)
    due = at(answer.json, "dueDate")
    if due is MISSING or (isinstance(due, str) and due.startswith(DAY)):
        return has_status(answer, 200, 201)
    return has_status(answer, 200, 201) or Broken(
        f"`dueDate` begins with {DAY}", f"it is {shown(due)}", answer
    )
