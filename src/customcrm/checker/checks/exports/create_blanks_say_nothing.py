"""What blanks in a re-export change."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status
from customcrm.checker.nouns import Noun
from customcrm.checker.snippets import UPSERT


@record_check(
    "create.blanks-say-nothing",
    Weight(Group.EXPORTS, Level.MAY, Page.CONTACTS),
    why="A re-export of a lead of which Enginy knows less today must not take away what it knew.",
    mend="In a create, store the fields that have a value; only an update with null clears one.",
    code=UPSERT,
)
def create_blanks_say_nothing(asker: Asker, noun: Noun) -> Broken | None:
    """The same `externalId` again with blank fields leaves the stored values alone."""
    record = asker.make(noun)
    before = asker.view(noun, record.crm_id, record.sent)
    blank = {noun.label: "", noun.key: "  ", "linkedinUrl": None}
    answer = asker.create(noun, {"externalId": record.sent["externalId"], **blank})
    return has_status(answer, 200, 201) or asker.loses(answer, noun, record, before, list(blank))
