"""Whether a match only says what it was told."""

from customcrm.checker.asker import Asker, CannotAsk
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken
from customcrm.checker.nouns import Noun
from customcrm.checker.places import at


@record_check(
    "sync.no-echo",
    Weight(Group.SYNCS, Level.SHOULD, Page.CONTACTS_SYNC),
    why="`properties` is what Enginy stores over what it has. To send back what has just come "
    "tells it nothing, and freezes its values.",
    mend="Return what you know and were not just told: lifecycle stage, score, a new phone.",
)
def sync_no_echo(asker: Asker, noun: Noun) -> Broken | None:
    """`properties` is not just everything that was sent, sent back."""
    told = {**asker.given(noun).sent, "checkEcho": asker.new_name()}
    answer = asker.sync(noun, told)
    properties = at(answer.json, "results[0].properties")
    if not answer.succeeded or not isinstance(properties, dict):
        raise CannotAsk("no properties came back")
    if "checkEcho" not in properties:
        return None
    return Broken("what the sender does not know", "what it had just sent", answer)
