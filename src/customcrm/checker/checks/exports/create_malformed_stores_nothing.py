"""A batch of which one record is malformed."""

from customcrm.checker.asker import Asker, CannotAsk
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, is_list, succeeds
from customcrm.checker.nouns import Noun
from customcrm.checker.snippets import ONE_TRANSACTION


@record_check(
    "create.malformed-stores-nothing",
    Weight(Group.EXPORTS, Level.SHOULD, Page.CONTACTS),
    why="A refused batch is mended and sent again. What was stored of it at the first time is a "
    "duplicate then, or fails it for ever.",
    mend="Check all of the batch before you store any of it, and store it in one transaction.",
    code=ONE_TRANSACTION,
)
def create_malformed_stores_nothing(asker: Asker, noun: Noun) -> Broken | None:
    """Of a batch that is refused, nothing is stored."""
    answer = asker.malformed(noun)
    good = asker.sent_in(answer, noun)[0]
    if answer.succeeded:
        raise CannotAsk("a record without an externalId is not refused here")
    found = asker.sync(noun, good)
    return succeeds(found) or is_list(found, "results", 0)
