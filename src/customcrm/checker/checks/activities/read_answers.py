"""An activity that exists."""

from customcrm.checker.asker import Asker, CannotAsk
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import NOT_OFFERED, Broken, equals, has_status


@check(
    "activities.read.answers",
    Weight(Group.ACTIVITIES, Level.MAY, Page.ACTIVITIES),
    why="Only Enginy's demo server shows it; it helps whoever wants to see what was logged.",
    mend="Serve GET /activities/:id and answer 200 with the activity object.",
)
def read_answers(asker: Asker) -> Broken | None:
    """Where `GET /activities/:id` is offered, it answers 200 with the activity."""
    activity_id = asker.given_activity()
    answer = asker.read_activity(activity_id)
    if answer.status in NOT_OFFERED:
        raise CannotAsk("GET /activities/:id is not offered, which is allowed")
    return has_status(answer, 200) or equals(answer, "id", activity_id)
