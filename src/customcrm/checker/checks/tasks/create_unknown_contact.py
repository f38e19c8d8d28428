"""A task about somebody who is not there."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status, is_id


@check(
    "tasks.create.unknown-contact",
    Weight(Group.TASKS, Level.MAY, Page.TASKS),
    why="The contact may have been deleted, or come later; the task is still to be done.",
    mend="Keep the contactId as it came; do not insist on a foreign key.",
)
def create_unknown_contact(asker: Asker) -> Broken | None:
    """A task whose `contactId` is unknown is created all the same."""
    name = asker.new_name()
    answer = asker.ask("POST", "/tasks", {"subject": f"Call {name}", "contactId": name})
    return has_status(answer, 200, 201) or is_id(answer, "id")
