"""What a create is answered with."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status, is_id


@check(
    "activities.create.answers",
    Weight(Group.ACTIVITIES, Level.MUST, Page.ACTIVITIES),
    why="Every message that Enginy sends or receives is logged so; an error is retried, or lost.",
    mend="Answer 201 (200 passes too) with an object that has an id, a string.",
)
def create_answers(asker: Asker) -> Broken | None:
    """`POST /activities` answers 201 or 200 with an object that has an `id`, a string."""
    answer = asker.activity_creation()
    return has_status(answer, 200, 201) or is_id(answer, "id")
