"""An association that exists already."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status


@check(
    "associations.create.again",
    Weight(Group.EXPORTS, Level.MUST, Page.ASSOCIATIONS),
    why="A re-export sends the same pairs again; Enginy documents that those that exist are "
    "skipped silently.",
    mend="Ignore a pair that is linked already (INSERT ... ON CONFLICT DO NOTHING).",
)
def associations_create_again(asker: Asker) -> Broken | None:
    """A pair that is linked already is no error."""
    answer = asker.association_again()
    return has_status(answer, 200, 201) or equals(answer, "success", wanted=True)
