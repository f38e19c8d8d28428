"""What a second create changes."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status
from customcrm.checker.nouns import Noun
from customcrm.checker.snippets import UPSERT


@record_check(
    "create.same-external-id-updates",
    Weight(Group.EXPORTS, Level.MAY, Page.CONTACTS),
    why="A re-export carries what Enginy has learned since.",
    mend="When the externalId is known, store the fields that came; leave the others alone.",
    code=UPSERT,
)
def create_same_external_id_updates(asker: Asker, noun: Noun) -> Broken | None:
    """The same `externalId` again with another value stores that value."""
    given = asker.given(noun)
    record = {"externalId": given.sent["externalId"], "description": "As told the second time."}
    answer = asker.create(noun, record)
    return has_status(answer, 200, 201) or asker.stores(
        answer, noun, given.crm_id, "description", record["description"]
    )
