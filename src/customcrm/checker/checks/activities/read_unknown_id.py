"""An activity that does not exist."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import NOT_OFFERED, Broken, has_status
from customcrm.checker.snippets import NOT_FOUND


@check(
    "activities.read.unknown-id",
    Weight(Group.ACTIVITIES, Level.MAY, Page.ACTIVITIES),
    why="404 says that it was deleted; a 500 that one should ask again.",
    mend='Answer 404 {"error": "Activity not found", ...}.',
    writes=False,
    code=NOT_FOUND,
)
def read_unknown_id(asker: Asker) -> Broken | None:
    """`GET /activities/:id` of an unknown activity answers 404."""
    return has_status(asker.read_activity(asker.new_name()), *NOT_OFFERED)
