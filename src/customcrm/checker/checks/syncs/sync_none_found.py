"""Nobody who exists."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, is_list
from customcrm.checker.nouns import Noun


@record_check(
    "sync.none-found",
    Weight(Group.SYNCS, Level.MUST, Page.CONTACTS_SYNC),
    why="Most leads are new: finding none of them is the usual answer, not an error.",
    mend='Answer 200 {"results": []}, not 404.',
    writes=False,
)
def sync_none_found(asker: Asker, noun: Noun) -> Broken | None:
    """When nothing matches, `POST /{records}/sync` answers 200 with an empty `results`."""
    answer = asker.sync(noun, asker.new_whole(noun))
    return has_status(answer, 200) or is_list(answer, "results", 0)
