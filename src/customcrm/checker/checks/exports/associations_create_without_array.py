"""A body without its array."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, refuses
from customcrm.checker.snippets import ARRAY


@check(
    "associations.create.without-array",
    Weight(Group.EXPORTS, Level.SHOULD, Page.OVERVIEW),
    why="400 tells Enginy that the request was wrong; a 500 says: try again, and it will, for "
    "nothing.",
    mend="Look whether `associations` is an array before you loop over it.",
    code=ARRAY,
)
def associations_create_without_array(asker: Asker) -> Broken | None:
    """A body without an array of associations is refused with 400."""
    return refuses(asker.ask("POST", "/associations", {}))
