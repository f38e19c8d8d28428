"""The same record twice in a request."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, is_list
from customcrm.checker.nouns import Noun
from customcrm.checker.record_client import CannotSee
from customcrm.checker.record_view import UNSEEN


@record_check(
    "update.same-id-twice",
    Weight(Group.UPDATES, Level.MAY, Page.CONTACTS),
    why="Two changes of one lead can fall into one batch; the later one is what is true now.",
    mend="Apply the updates of a batch in their order, and answer each.",
)
def update_same_id_twice(asker: Asker, noun: Noun) -> Broken | None:
    """The same `crmId` twice in a request is applied in order, and answered twice."""
    record = asker.make(noun)
    turns = [
        {"check_turn": turn, noun.key: asker.new_whole(noun)[noun.key]}
        for turn in ("first", "second")
    ]
    answer = asker.update(noun, *({"crmId": record.crm_id, **turn} for turn in turns))
    broken = has_status(answer, 200) or is_list(answer, "results", 2)
    if broken:
        return broken
    if asker.view(noun, record.crm_id).value("check_turn") is not UNSEEN:
        return asker.stores(answer, noun, record.crm_id, "check_turn", "second")
    questions = [asker.new(**{noun.key: turn[noun.key]}) for turn in turns]
    first, second = (one == record.crm_id for one in asker.crm_ids(noun, *questions))
    if not first and not second:
        raise CannotSee
    if second and not first:
        return None
    return Broken(f"it is found by the second `{noun.key}`", "it is found by the first", answer)
