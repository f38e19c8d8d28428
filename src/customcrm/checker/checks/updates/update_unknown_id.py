"""A record that is not there."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, equals, has_status
from customcrm.checker.nouns import Noun
from customcrm.checker.snippets import EACH_ALONE


@record_check(
    "update.unknown-id",
    Weight(Group.UPDATES, Level.MUST, Page.CONTACTS),
    why="Somebody may have deleted the {record}. Enginy learns it from success: false; a 404 or "
    "500 tells it that all of the batch has failed.",
    mend="Keep to 200 and answer success: false for that one.",
    code=EACH_ALONE,
)
def update_unknown_id(asker: Asker, noun: Noun) -> Broken | None:
    """An unknown `crmId` gets `success: false`, with status 200."""
    answer = asker.unknown_update(noun)
    return has_status(answer, 200) or equals(answer, "results[0].success", wanted=False)
