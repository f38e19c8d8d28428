"""Fields that nobody has documented."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, is_id
from customcrm.checker.nouns import Noun


@record_check(
    "create.unknown-keys",
    Weight(Group.EXPORTS, Level.MUST, Page.CONTACTS),
    why="The list of fields is open: accounts have custom fields of their own, and Enginy sends "
    "those too.",
    mend="Never refuse an unknown key, at any level; keep it as a custom property.",
)
def create_unknown_keys(asker: Asker, noun: Noun) -> Broken | None:
    """A {record} with keys that nobody has documented, nested ones too, is created."""
    answer = asker.custom_creation(noun)
    return has_status(answer, 200, 201) or is_id(answer, "results[0].crmId")
