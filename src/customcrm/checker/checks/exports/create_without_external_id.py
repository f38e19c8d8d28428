"""A record without its one required field."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, refuses
from customcrm.checker.nouns import Noun
from customcrm.checker.snippets import ONE_TRANSACTION


@record_check(
    "create.without-external-id",
    Weight(Group.EXPORTS, Level.SHOULD, Page.CONTACTS),
    why="externalId is the one field that is required: nobody can tell whose the crmId in the "
    "answer would be.",
    mend="Refuse the batch with 400, and say at which index the externalId is missing.",
    code=ONE_TRANSACTION,
)
def create_without_external_id(asker: Asker, noun: Noun) -> Broken | None:
    """A {record} without an `externalId` is refused with 400."""
    return refuses(asker.create(noun, {noun.label: asker.new_name()}))
