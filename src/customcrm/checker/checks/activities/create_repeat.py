"""The same message again."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status
from customcrm.checker.snippets import REPEAT


@check(
    "activities.create.repeat",
    Weight(Group.ACTIVITIES, Level.SHOULD, Page.ACTIVITIES),
    why="When an answer gets lost, the request comes again. A message that is there twice looks as "
    "if it was sent twice.",
    mend="Know a message by type, direction, contactId and metadata.messageId, and return the "
    "first one's id.",
    code=REPEAT,
)
def create_repeat(asker: Asker) -> Broken | None:
    """The same message again, by its `metadata.messageId`, returns the same `id`."""
    first = asker.given_activity()
    answer = asker.send(asker.activity_creation().request)
    return has_status(answer, 200, 201) or equals(answer, "id", first)
