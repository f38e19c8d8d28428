"""A record that exists."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, equals, has_status, is_list
from customcrm.checker.nouns import Noun


@record_check(
    "sync.answers",
    Weight(Group.SYNCS, Level.MUST, Page.CONTACTS_SYNC),
    why="Enginy asks before each campaign which leads you know. One that it does not recognise "
    "is exported again.",
    mend='Answer 200 {"results": [{"externalId", "crmId", "properties"}]} with the {record} that '
    "the one sent is.",
)
def sync_answers(asker: Asker, noun: Noun) -> Broken | None:
    """`POST /{records}/sync` with a {record} that was created answers 200 with its `crmId`."""
    given = asker.given(noun)
    answer = asker.match(noun)
    return (
        has_status(answer, 200)
        or is_list(answer, "results", 1)
        or equals(answer, "results[0].crmId", given.crm_id)
    )
