"""All types, both ways."""

from typing import Final

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status, is_id

TYPES: Final = ("EMAIL", "LINKEDIN", "LINKEDIN_INMAIL", "LINKEDIN_CONNECTION")
DIRECTIONS: Final = ("INBOUND", "OUTBOUND")


@check(
    "activities.create.every-type",
    Weight(Group.ACTIVITIES, Level.MUST, Page.ACTIVITIES),
    why="A type that is refused is a channel whose conversations never reach your CRM.",
    mend="Accept EMAIL, LINKEDIN, LINKEDIN_INMAIL and LINKEDIN_CONNECTION, each INBOUND and "
    "OUTBOUND.",
)
def create_every_type(asker: Asker) -> Broken | None:
    """All four types are logged, in both directions."""
    for kind in TYPES:
        for direction in DIRECTIONS:
            activity = asker.new_activity(type=kind, direction=direction)
            answer = asker.ask("POST", "/activities", activity)
            broken = has_status(answer, 200, 201) or is_id(answer, "id")
            if broken:
                return broken
    return None
