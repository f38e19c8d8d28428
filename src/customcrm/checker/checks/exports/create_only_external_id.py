"""The smallest record."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, is_id
from customcrm.checker.nouns import Noun


@record_check(
    "create.only-external-id",
    Weight(Group.EXPORTS, Level.MUST, Page.CONTACTS),
    why="Enginy sends the fields that it has, and of some leads it has few.",
    mend="Require nothing but externalId; every other column may be empty.",
)
def create_only_external_id(asker: Asker, noun: Noun) -> Broken | None:
    """A {record} that has nothing but an `externalId` is created."""
    answer = asker.create(noun, asker.new())
    return has_status(answer, 200, 201) or is_id(answer, "results[0].crmId")
