"""Where a batch is malformed."""

from customcrm.checker.asker import Asker, CannotAsk
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, shown
from customcrm.checker.nouns import Noun
from customcrm.checker.snippets import ONE_TRANSACTION


@record_check(
    "create.names-offending-place",
    Weight(Group.EXPORTS, Level.MAY, Page.OVERVIEW),
    why="Of a hundred {records}, somebody has to find the one that is wrong.",
    mend='Name the place in `message`: "{records}[1].externalId is required".',
    code=ONE_TRANSACTION,
)
def create_names_offending_place(asker: Asker, noun: Noun) -> Broken | None:
    """The refusal of a batch says which of its {records} is wrong."""
    answer = asker.malformed(noun)
    if answer.succeeded:
        raise CannotAsk("a record without an externalId is not refused here")
    if f"{noun.plural}[1].externalId" in answer.text:
        return None
    return Broken(f"`{noun.plural}[1].externalId` in the answer", shown(answer.json), answer)
