"""A type that does not exist."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, refuses


@check(
    "activities.create.unknown-type",
    Weight(Group.ACTIVITIES, Level.SHOULD, Page.ACTIVITIES),
    why="A type that is stored unseen is one that no page knows how to show.",
    mend="Refuse it with 400, and list the types that there are.",
)
def create_unknown_type(asker: Asker) -> Broken | None:
    """An unknown `type` is refused with 400."""
    return refuses(asker.ask("POST", "/activities", asker.new_activity(type="PIGEON")))
