"""Which `crmId` belongs to which match."""

from customcrm.checker.asker import Asker, CannotAsk
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, shown
from customcrm.checker.nouns import Noun
from customcrm.checker.places import MISSING, at


@record_check(
    "sync.right-ids",
    Weight(Group.SYNCS, Level.MUST, Page.CONTACTS_SYNC),
    why="What is found is updated under the crmId that came with it. With that of a neighbour, "
    "each update lands on somebody else.",
    mend="Match each {record} by itself; do not pair the sent ones with the rows of one query by "
    "their place.",
)
def sync_right_ids(asker: Asker, noun: Noun) -> Broken | None:
    """Among several, each match has the `crmId` that it has when it is looked for alone."""
    records = asker.sent_in(asker.trio(noun), noun)[:2]
    alone = [asker.crm_ids(noun, record)[0] for record in records]
    if MISSING in alone:
        raise CannotAsk("nothing is found one by one")
    answer = asker.sync(noun, records[1], asker.new_whole(noun), records[0])
    for record, crm_id in zip(records, alone, strict=True):
        place = f"results[externalId={record['externalId']}].crmId"
        if at(answer.json, place) != crm_id:
            wanted = f"`{place}` is {shown(crm_id)}, as it is alone"
            return has_status(answer, 200) or Broken(
                wanted, f"it is {shown(at(answer.json, place))}", answer
            )
    return has_status(answer, 200)
