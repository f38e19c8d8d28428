"""An activity without a type."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, refuses


@check(
    "activities.create.without-type",
    Weight(Group.ACTIVITIES, Level.SHOULD, Page.ACTIVITIES),
    why="type is the one field that is required; without it nobody knows what happened.",
    mend='Refuse it with 400: {"error": "Invalid request", "message": "type is required"}.',
)
def create_without_type(asker: Asker) -> Broken | None:
    """An activity without a `type` is refused with 400."""
    return refuses(asker.ask("POST", "/activities", {"subject": asker.new_name()}))
