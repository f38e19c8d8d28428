"""A pair of which one is not there."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status


@check(
    "associations.create.unknown-id",
    Weight(Group.EXPORTS, Level.MUST, Page.ASSOCIATIONS),
    why="One lead that somebody has deleted must not cost the others their companies.",
    mend="Keep to 200 and success: true, link the other pairs, and list the one in `errors`.",
)
def associations_create_unknown_id(asker: Asker) -> Broken | None:
    """A pair with an unknown company leaves the answer at 200 with `success: true`."""
    answer = asker.half_association()
    return has_status(answer, 200, 201) or equals(answer, "success", wanted=True)
