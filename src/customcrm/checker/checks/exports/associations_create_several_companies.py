"""A contact with two companies."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, equals_if_present, has_status
from customcrm.checker.nouns import COMPANIES, CONTACTS


@check(
    "associations.create.several-companies",
    Weight(Group.EXPORTS, Level.MAY, Page.ASSOCIATIONS),
    why="People change jobs and sit on boards; Enginy sends each pair it knows of.",
    mend="Keep associations in a table of pairs, not in one column of the contact.",
)
def associations_create_several_companies(asker: Asker) -> Broken | None:
    """A contact that belongs to a company can be linked to another one as well."""
    second = asker.made(asker.batch(COMPANIES))
    answer = asker.associate((asker.given(CONTACTS).crm_id, second))
    return (
        has_status(answer, 200, 201)
        or equals(answer, "success", wanted=True)
        or equals_if_present(answer, "created", 1)
    )
