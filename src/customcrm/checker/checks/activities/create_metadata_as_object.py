"""What comes back as metadata."""

from customcrm.checker.asker import Asker, CannotAsk
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals
from customcrm.checker.places import MISSING, at
from customcrm.client.exchange import read_json


@check(
    "activities.create.metadata-as-object",
    Weight(Group.ACTIVITIES, Level.SHOULD, Page.ACTIVITIES),
    why="metadata is an object; a string of JSON in its place has to be parsed twice.",
    mend="Parse the column before you answer, or keep it as JSON.",
)
def create_metadata_as_object(asker: Asker) -> Broken | None:
    """Where the answer has `metadata`, it is the object that was sent."""
    asker.given_activity()
    answer = asker.activity_creation()
    sent = read_json(answer.request.body or b"")["metadata"]
    if at(answer.json, "metadata") is MISSING:
        answer = asker.read_activity(asker.given_activity())
    if not answer.succeeded or at(answer.json, "metadata") is MISSING:
        raise CannotAsk("no answer has metadata, which is allowed")
    return equals(answer, "metadata", sent)
