"""What a create is answered with."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, is_list
from customcrm.checker.nouns import Noun


@record_check(
    "create.answers",
    Weight(Group.EXPORTS, Level.MUST, Page.CONTACTS),
    why="Any other status counts as a failed export.",
    mend='Answer 201 (200 passes too) with {"results": [...]}, one result for each record.',
)
def create_answers(asker: Asker, noun: Noun) -> Broken | None:
    """`POST /{records}` with one {record} answers 201 or 200 with one item in `results`."""
    answer = asker.creation(noun)
    return has_status(answer, 200, 201) or is_list(answer, "results", 1)
