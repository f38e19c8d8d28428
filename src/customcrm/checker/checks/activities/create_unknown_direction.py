"""A direction that is not documented yet."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status, is_id


@check(
    "activities.create.unknown-direction",
    Weight(Group.ACTIVITIES, Level.MAY, Page.ACTIVITIES),
    why="direction is optional, and its list of values may grow as the list of types does. Nothing "
    "says that a conversation that was refused is sent again.",
    mend="Store a direction that you do not know as it came, and answer 201.",
)
def create_unknown_direction(asker: Asker) -> Broken | None:
    """An activity whose `direction` is not documented yet is logged all the same."""
    answer = asker.ask("POST", "/activities", asker.new_activity(direction="INTERNAL"))
    return has_status(answer, 200, 201) or is_id(answer, "id")
