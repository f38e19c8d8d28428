"""Which `crmId` belongs to which record."""

from collections.abc import Sequence
from typing import Any

from customcrm.checker.asker import Asker, CannotAsk
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, shown
from customcrm.checker.nouns import Noun
from customcrm.checker.places import MISSING, at
from customcrm.checker.record_client import CannotSee
from customcrm.client.exchange import Answer


@record_check(
    "create.right-ids",
    Weight(Group.EXPORTS, Level.MUST, Page.CONTACTS),
    why="Enginy keeps the crmId with its own {record}. With that of a neighbour, each update, task "
    "and activity lands on somebody else.",
    mend="Collect the results in the loop that stores the {records}, not from a second query "
    "without an order.",
)
def create_right_ids(asker: Asker, noun: Noun) -> Broken | None:
    """In a batch, each `externalId` comes with the `crmId` of its own {record}."""
    answer = asker.trio(noun)
    records = asker.sent_in(answer, noun)
    given = [at(answer.json, f"results[externalId={one['externalId']}].crmId") for one in records]
    broken = has_status(answer, 200, 201)
    if broken:
        return broken
    if MISSING in given:
        raise CannotAsk("the results do not name their records")
    by_id = [{"externalId": record["externalId"]} for record in records]
    by_key = [asker.new(**{noun.key: record[noun.key]}) for record in records]
    found = asker.crm_ids(noun, *by_id, *by_key)
    ways = {"externalId": found[: len(records)], noun.key: found[len(records) :]}
    if any(crm_id is not MISSING for crm_id in found):
        broken = _differs(answer, records, given, "externalId", ways["externalId"])
        return broken or _differs(answer, records, given, noun.key, ways[noun.key])
    return _reads_others(asker, noun, answer, records, given)


def _differs(
    answer: Answer, records: Sequence[Any], given: Sequence[Any], name: str, found: Sequence[Any]
) -> Broken | None:
    """What a sync by one property finds, against what the create has answered."""
    if all(crm_id is MISSING for crm_id in found):
        return None
    for record, crm_id, other in zip(records, given, found, strict=True):
        if crm_id != other:
            wanted = f"{shown(crm_id)} for {record['externalId']}, as the create has answered"
            return Broken(wanted, f"a sync by its `{name}` finds {shown(other)}", answer)
    return None


def _reads_others(
    asker: Asker, noun: Noun, answer: Answer, records: Sequence[Any], given: Sequence[Any]
) -> Broken | None:
    """What can be read by these ids, against what was sent for them."""
    for record, crm_id in zip(records, given, strict=True):
        stored = asker.read(noun, crm_id) if isinstance(crm_id, str) else None
        if stored is None or noun.key not in stored:
            raise CannotSee
        if stored[noun.key] != record[noun.key]:
            wanted = f"`{noun.key}` of {crm_id} is {shown(record[noun.key])}, as it was sent"
            return Broken(wanted, f"it is {shown(stored[noun.key])}", answer)
    return None
