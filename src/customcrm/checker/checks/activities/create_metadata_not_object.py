"""Metadata that is no object."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, refuses


@check(
    "activities.create.metadata-not-object",
    Weight(Group.ACTIVITIES, Level.MAY, Page.ACTIVITIES),
    why="metadata is an object; whatever else comes was not meant.",
    mend="Refuse a metadata that is no object with 400.",
)
def create_metadata_not_object(asker: Asker) -> Broken | None:
    """A `metadata` that is no object is refused with 400."""
    return refuses(asker.ask("POST", "/activities", asker.new_activity(metadata="step 1")))
