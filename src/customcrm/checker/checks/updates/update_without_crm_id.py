"""A record without its one required field."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, refuses
from customcrm.checker.nouns import Noun
from customcrm.checker.snippets import ONE_TRANSACTION


@record_check(
    "update.without-crm-id",
    Weight(Group.UPDATES, Level.SHOULD, Page.CONTACTS),
    why="Without a crmId nobody knows what to update, and no result can be told apart.",
    mend="Refuse the request with 400, and say at which index the crmId is missing.",
    code=ONE_TRANSACTION,
)
def update_without_crm_id(asker: Asker, noun: Noun) -> Broken | None:
    """A {record} without a `crmId` is refused with 400."""
    return refuses(asker.update(noun, {noun.label: "Nobody"}))
