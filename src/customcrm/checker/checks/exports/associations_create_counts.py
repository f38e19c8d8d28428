"""How many associations were created."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals_if_present, succeeds


@check(
    "associations.create.counts",
    Weight(Group.EXPORTS, Level.SHOULD, Page.ASSOCIATIONS),
    why="A client that compares the number with what it sent knows that nothing was lost.",
    mend="Let `created` be the number of the pairs sent that are linked now, or leave it out.",
)
def associations_create_counts(asker: Asker) -> Broken | None:
    """Where the answer has `created`, it is the number of the pairs that were linked."""
    answer = asker.association()
    return succeeds(answer) or equals_if_present(answer, "created", 1)
