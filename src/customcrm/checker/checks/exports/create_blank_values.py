"""A record with nothing in its fields."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, is_list
from customcrm.checker.nouns import Noun


@record_check(
    "create.blank-values",
    Weight(Group.EXPORTS, Level.SHOULD, Page.CONTACTS),
    why="A field that has no value may come as null or as an empty text. One such lead must not "
    "cost the others of its batch their export.",
    mend="Treat null, empty and blank texts and empty lists as if the field had not come.",
)
def create_blank_values(asker: Asker, noun: Noun) -> Broken | None:
    """Two {records} whose fields are null, empty or blank are created."""
    answer = asker.blanks(noun)
    return has_status(answer, 200, 201) or is_list(answer, "results", 2)
