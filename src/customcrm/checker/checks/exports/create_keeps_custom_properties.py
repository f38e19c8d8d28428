"""What a re-export does to custom properties that it does not name."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status
from customcrm.checker.nouns import Noun
from customcrm.checker.snippets import MERGE


@record_check(
    "create.keeps-custom-properties",
    Weight(Group.EXPORTS, Level.SHOULD, Page.CONTACTS),
    why="A re-export names few fields. If it replaces the stored {record}, the engagement that "
    "campaigns have written is gone.",
    mend="When the externalId is known, store the fields that came; leave the others alone.",
    code=MERGE,
)
def create_keeps_custom_properties(asker: Asker, noun: Noun) -> Broken | None:
    """The same `externalId` again leaves the properties alone that it does not name."""
    record = asker.make(noun, check_engaged="Yes", **{noun.returned: "customer"})
    before = asker.view(noun, record.crm_id, record.sent)
    again = {"externalId": record.sent["externalId"], noun.label: "As it is now"}
    answer = asker.create(noun, again)
    names = [name for name in record.sent if name not in again]
    return has_status(answer, 200, 201) or asker.loses(answer, noun, record, before, names)
