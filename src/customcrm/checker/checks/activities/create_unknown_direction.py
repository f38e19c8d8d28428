"""A direction that does not exist."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, refuses


@check(
    "activities.create.unknown-direction",
    Weight(Group.ACTIVITIES, Level.SHOULD, Page.ACTIVITIES),
    why="Who wrote to whom is what a timeline is about.",
    mend="Refuse anything but INBOUND and OUTBOUND with 400.",
)
def create_unknown_direction(asker: Asker) -> Broken | None:
    """An unknown `direction` is refused with 400."""
    return refuses(asker.ask("POST", "/activities", asker.new_activity(direction="SIDEWAYS")))
