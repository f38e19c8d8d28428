"""Which record a match is about."""

from customcrm.checker.asker import Asker, CannotAsk
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, equals
from customcrm.checker.nouns import Noun
from customcrm.checker.places import at


@record_check(
    "sync.names-the-one-sent",
    Weight(Group.SYNCS, Level.MUST, Page.CONTACTS_SYNC),
    why="By the externalId of the result Enginy knows which of the {records} it sent was found.",
    mend="Answer the externalId of the request, not the one under which the {record} is stored.",
)
def sync_names_the_one_sent(asker: Asker, noun: Noun) -> Broken | None:
    """A match carries the `externalId` that was sent, whatever it was found by."""
    same = {**asker.given(noun).sent, "externalId": asker.new_name()}
    answer = asker.sync(noun, same)
    if not answer.succeeded or not at(answer.json, "results"):
        raise CannotAsk("nothing is found under another externalId here")
    return equals(answer, "results[0].externalId", same["externalId"])
