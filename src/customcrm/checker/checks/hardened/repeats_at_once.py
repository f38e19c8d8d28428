"""The same request twice at the same instant."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status, shown
from customcrm.checker.nouns import CONTACTS
from customcrm.checker.places import at
from customcrm.checker.snippets import UPSERT
from customcrm.client.exchange import message


@check(
    "repeats.at-once",
    Weight(Group.HARDENED, Level.SHOULD, Page.CONTACTS),
    why="A client that gives up waiting repeats its request while the first is still under way.",
    mend="Let the database decide: a unique index on externalId, and ON CONFLICT.",
    code=UPSERT,
)
def repeats_at_once(asker: Asker) -> Broken | None:
    """Two identical creates at the same instant both succeed, with the same `crmId`s."""
    records = [asker.new_whole(CONTACTS) for _ in range(5)]
    request = message("POST", CONTACTS.path, {CONTACTS.plural: records})
    one, other = asker.send_at_once(request, 2)
    broken = has_status(one, 200, 201) or has_status(other, 200, 201)
    if broken:
        return broken
    ids = [[at(each.json, f"results[{n}].crmId") for n in range(5)] for each in (one, other)]
    if ids[0] == ids[1]:
        return None
    return Broken(f"the same ids, {shown(ids[0])}", shown(ids[1]), other)
