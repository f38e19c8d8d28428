"""The same event again, when it has no `messageId`."""

from customcrm.checker.asker import Asker, CannotAsk
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status, is_id
from customcrm.checker.places import at
from customcrm.checker.snippets import REPEAT


@check(
    "activities.create.repeat-without-message-id",
    Weight(Group.ACTIVITIES, Level.SHOULD, Page.ACTIVITIES),
    why="messageId is optional: documented examples have only a sequenceIndex. When an answer gets "
    "lost, such an event comes again as well.",
    mend="Return the first one when the same body, byte for byte, comes again within a minute.",
    code=REPEAT,
)
def create_repeat_without_message_id(asker: Asker) -> Broken | None:
    """The same event without a `messageId`, byte for byte, returns the same `id`."""
    event = asker.new_activity(metadata={"sequenceIndex": 1, "sequenceMessageCount": 3})
    first = asker.ask("POST", "/activities", event)
    if has_status(first, 200, 201) or is_id(first, "id"):
        raise CannotAsk(f"it needs one, and POST /activities answered {first.status}")
    answer = asker.send(first.request)
    return has_status(answer, 200, 201) or equals(answer, "id", at(first.json, "id"))
