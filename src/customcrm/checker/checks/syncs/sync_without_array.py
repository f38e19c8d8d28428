"""A body without its array."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, refuses
from customcrm.checker.nouns import Noun
from customcrm.checker.snippets import ARRAY


@record_check(
    "sync.without-array",
    Weight(Group.SYNCS, Level.SHOULD, Page.OVERVIEW),
    why="400 tells Enginy that the request was wrong; a 500 says: try again, and it will, for "
    "nothing.",
    mend="Look whether `{records}` is an array before you loop over it.",
    writes=False,
    code=ARRAY,
)
def sync_without_array(asker: Asker, noun: Noun) -> Broken | None:
    """A body without an array of {records} is refused with 400."""
    return refuses(asker.ask("POST", f"{noun.path}/sync", {}))
