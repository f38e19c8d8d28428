"""A date that is none."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, refuses


@check(
    "activities.create.bad-date",
    Weight(Group.ACTIVITIES, Level.MAY, Page.ACTIVITIES),
    why="A message without its date falls out of the conversation.",
    mend="Refuse an occurredAt that is not ISO 8601 with 400.",
)
def create_bad_date(asker: Asker) -> Broken | None:
    """An `occurredAt` that is no date in ISO 8601 is refused with 400."""
    return refuses(asker.ask("POST", "/activities", asker.new_activity(occurredAt="yesterday")))
