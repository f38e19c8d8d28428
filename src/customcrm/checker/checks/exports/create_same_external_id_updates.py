"""What a second create changes."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status
from customcrm.checker.nouns import Noun
from customcrm.checker.record_client import CannotSee
from customcrm.checker.record_view import UNSEEN
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
    record = asker.make(noun)
    changed = {
        "externalId": record.sent["externalId"],
        "description": "As told the second time.",
        noun.key: asker.new_whole(noun)[noun.key],
    }
    answer = asker.create(noun, changed)
    broken = has_status(answer, 200, 201)
    if broken:
        return broken
    if asker.view(noun, record.crm_id).value("description") is not UNSEEN:
        return asker.stores(answer, noun, record.crm_id, "description", changed["description"])
    questions = [asker.new(**{noun.key: one[noun.key]}) for one in (record.sent, changed)]
    old, new = (one == record.crm_id for one in asker.crm_ids(noun, *questions))
    if not old and not new:
        raise CannotSee
    return None if new else Broken(f"it is found by its new `{noun.key}`", "it is not", answer)
