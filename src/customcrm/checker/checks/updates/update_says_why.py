"""Why an update failed."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, is_text
from customcrm.checker.nouns import Noun
from customcrm.checker.snippets import EACH_ALONE


@record_check(
    "update.says-why",
    Weight(Group.UPDATES, Level.SHOULD, Page.CONTACTS),
    why="Enginy documents the reason beside success: false; it is what people get to read.",
    mend='Add "error": "{Record} not found" to the result.',
    code=EACH_ALONE,
)
def update_says_why(asker: Asker, noun: Noun) -> Broken | None:
    """A result with `success: false` has an `error` that says why."""
    answer = asker.unknown_update(noun)
    return has_status(answer, 200) or is_text(answer, "results[0].error")
