"""How many associations were created."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, succeeds


@check(
    "associations.create.counts",
    Weight(Group.EXPORTS, Level.SHOULD, Page.ASSOCIATIONS),
    why="A client that compares the number with what it sent knows that nothing was lost.",
    mend="Answer `created`: how many of the pairs sent are linked now.",
)
def associations_create_counts(asker: Asker) -> Broken | None:
    """`created` is the number of the pairs that were linked."""
    answer = asker.association()
    return succeeds(answer) or equals(answer, "created", 1)
