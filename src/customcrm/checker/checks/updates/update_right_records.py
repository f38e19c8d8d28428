"""Which record an update changes."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, shown
from customcrm.checker.nouns import Noun
from customcrm.checker.places import MISSING, at
from customcrm.checker.record_client import CannotSee
from customcrm.checker.record_view import UNSEEN
from customcrm.checker.snippets import EACH_ALONE
from customcrm.client.exchange import Answer


@record_check(
    "update.right-records",
    Weight(Group.UPDATES, Level.MUST, Page.CONTACTS),
    why="One request carries the changes of many leads. Each of them has to reach its own.",
    mend="Look each {record} up by its own crmId, and store each one's values with it.",
    code=EACH_ALONE,
)
def update_right_records(asker: Asker, noun: Noun) -> Broken | None:
    """Of two {records} in one update, each gets its own values."""
    sent = asker.sent_in(asker.trio(noun), noun)[:2]
    made = [at(asker.trio(noun).json, f"results[{n}].crmId") for n in range(2)]
    if not all(isinstance(crm_id, str) for crm_id in made) or made[0] == made[1]:
        raise CannotSee
    changes = [
        {
            "crmId": crm_id,
            "check_own": record["externalId"],
            noun.key: asker.new_whole(noun)[noun.key],
        }
        for crm_id, record in zip(made, sent, strict=True)
    ]
    answer = asker.update(noun, *changes)
    broken = has_status(answer, 200)
    if broken:
        return broken
    for change in changes:
        value = asker.view(noun, change["crmId"]).value("check_own")
        if value is UNSEEN:
            return _by_key(asker, noun, changes, answer)
        if value != change["check_own"]:
            wanted = f"`check_own` of {change['crmId']} is {shown(change['check_own'])}"
            return Broken(wanted, f"it is {shown(value)}", answer)
    return None


def _by_key(
    asker: Asker, noun: Noun, changes: list[dict[str, str]], answer: Answer
) -> Broken | None:
    """Whether a sync finds each record by the match key that it was given, where it finds any."""
    found = asker.crm_ids(noun, *(asker.new(**{noun.key: one[noun.key]}) for one in changes))
    if all(crm_id is MISSING for crm_id in found):
        raise CannotSee
    for change, crm_id in zip(changes, found, strict=True):
        if crm_id != change["crmId"]:
            wanted = f"a sync by `{noun.key}` {shown(change[noun.key])} finds {change['crmId']}"
            return Broken(wanted, f"it finds {shown(crm_id)}", answer)
    return None
