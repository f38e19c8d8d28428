"""A type that does not exist."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, refuses


@check(
    "activities.create.unknown-type",
    Weight(Group.ACTIVITIES, Level.MAY, Page.ACTIVITIES),
    why="A type that is refused is a channel whose conversations never reach your CRM.",
    mend="Store the event and answer 201, or refuse it with 400; a crash loses it without a word.",
)
def create_unknown_type(asker: Asker) -> Broken | None:
    """An unknown `type` is stored, or refused with 400."""
    answer = asker.ask("POST", "/activities", asker.new_activity(type="PIGEON"))
    return None if answer.succeeded else refuses(answer)
