"""The same `externalId` in one request."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, equals, has_status, is_id
from customcrm.checker.nouns import Noun
from customcrm.checker.places import at
from customcrm.checker.snippets import UPSERT


@record_check(
    "create.same-external-id-in-one-batch",
    Weight(Group.EXPORTS, Level.SHOULD, Page.CONTACTS),
    why="A list can hold a lead twice. One repeated line must not cost the other 99 their export.",
    mend="Treat the second as an update of the first; answer both, with the same crmId.",
    code=UPSERT,
)
def create_same_external_id_in_one_batch(asker: Asker, noun: Noun) -> Broken | None:
    """The same `externalId` twice in one batch is no error, and both get the same `crmId`."""
    record = asker.new()
    answer = asker.create(noun, record, record)
    broken = has_status(answer, 200, 201) or is_id(answer, "results[0].crmId")
    return broken or equals(answer, "results[1].crmId", at(answer.json, "results[0].crmId"))
