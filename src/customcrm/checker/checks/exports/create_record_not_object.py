"""A record that is none."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, refuses
from customcrm.checker.nouns import Noun
from customcrm.checker.snippets import ONE_TRANSACTION


@record_check(
    "create.record-not-object",
    Weight(Group.EXPORTS, Level.SHOULD, Page.OVERVIEW),
    why="A request that makes no sense should be told so, not crash a worker.",
    mend="Look whether each item is an object before you read its fields.",
    code=ONE_TRANSACTION,
)
def create_record_not_object(asker: Asker, noun: Noun) -> Broken | None:
    """A batch that holds something else than objects is refused with 400."""
    return refuses(asker.ask("POST", noun.path, {noun.plural: [7, None, "x"]}))
