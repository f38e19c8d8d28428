"""A record without its one required field."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, refuses
from customcrm.checker.nouns import Noun
from customcrm.checker.snippets import ONE_TRANSACTION


@record_check(
    "sync.without-external-id",
    Weight(Group.SYNCS, Level.SHOULD, Page.CONTACTS_SYNC),
    why="A result without an externalId tells nobody which {record} was found.",
    mend="Refuse the request with 400, and say at which index the externalId is missing.",
    writes=False,
    code=ONE_TRANSACTION,
)
def sync_without_external_id(asker: Asker, noun: Noun) -> Broken | None:
    """A {record} without an `externalId` is refused with 400."""
    return refuses(asker.sync(noun, {noun.label: "without an id"}))
