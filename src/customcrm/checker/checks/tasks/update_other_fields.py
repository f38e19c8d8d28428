"""Changing other fields of a task."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status
from customcrm.checker.places import at


@check(
    "tasks.update.other-fields",
    Weight(Group.TASKS, Level.MAY, Page.TASKS),
    why="A call that moves to next week keeps its subject.",
    mend="Let PATCH change any field of the task, and leave the others alone.",
)
def update_other_fields(asker: Asker) -> Broken | None:
    """`PATCH /tasks/:id` changes the fields that it names, and no others."""
    task_id, description = asker.given_task(), asker.new_name()
    subject = at(asker.task_creation().json, "subject")
    answer = asker.change_task(task_id, description=description)
    return (
        has_status(answer, 200)
        or equals(answer, "description", description)
        or equals(answer, "subject", subject)
    )
