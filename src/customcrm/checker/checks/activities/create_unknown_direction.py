"""A direction that does not exist."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, refuses


@check(
    "activities.create.unknown-direction",
    Weight(Group.ACTIVITIES, Level.MAY, Page.ACTIVITIES),
    why="An event that is refused for its direction is lost: nothing says that it is sent again.",
    mend="Store the event and answer 201, or refuse it with 400; a crash loses it without a word.",
)
def create_unknown_direction(asker: Asker) -> Broken | None:
    """An unknown `direction` is stored, or refused with 400."""
    answer = asker.ask("POST", "/activities", asker.new_activity(direction="SIDEWAYS"))
    return None if answer.succeeded else refuses(answer)
