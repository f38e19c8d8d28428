"""The same `externalId` in two requests."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, equals, has_status
from customcrm.checker.nouns import Noun
from customcrm.checker.snippets import UPSERT


@record_check(
    "create.same-external-id-again",
    Weight(Group.EXPORTS, Level.SHOULD, Page.CONTACTS),
    why="When an answer gets lost on its way, or somebody exports a list again, the same {record} "
    "comes twice. It must neither fail the batch nor make a duplicate.",
    mend="Look the externalId up first: update the {record} that has it, and return its crmId.",
    code=UPSERT,
)
def create_same_external_id_again(asker: Asker, noun: Noun) -> Broken | None:
    """The same `externalId` again is no error, and gets the same `crmId`."""
    given = asker.given(noun)
    answer = asker.create(noun, given.sent)
    return has_status(answer, 200, 201) or equals(answer, "results[0].crmId", given.crm_id)
