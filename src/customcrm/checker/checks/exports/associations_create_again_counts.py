"""The count of a repeat."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals_if_present, succeeds


@check(
    "associations.create.again-counts",
    Weight(Group.EXPORTS, Level.MAY, Page.ASSOCIATIONS),
    why="A caller that compares `created` with what it sent would take a repeat for a failure.",
    mend="Count the pairs that are linked now, whether they were before or not.",
)
def associations_create_again_counts(asker: Asker) -> Broken | None:
    """Where the answer has `created`, it counts a pair that was linked already, too."""
    answer = asker.association_again()
    return succeeds(answer) or equals_if_present(answer, "created", 1)
