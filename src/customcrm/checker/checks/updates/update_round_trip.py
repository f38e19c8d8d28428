"""What was read, sent back."""

from typing import Any

from customcrm.checker.asker import Asker, CannotAsk
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, shown
from customcrm.checker.nouns import Noun
from customcrm.checker.places import at


@record_check(
    "update.round-trip",
    Weight(Group.UPDATES, Level.MAY, Page.CONTACTS),
    why="A client that reads a {record} and sends it back has changed nothing. `properties` that "
    "is stored as one more property grows with each turn.",
    mend="Take the values under `properties` for fields of the {record}, and `id` for none.",
)
def update_round_trip(asker: Asker, noun: Noun) -> Broken | None:
    """Where a {record} can be read, sending it back as it was read changes nothing."""
    crm_id = asker.given(noun).crm_id
    before = _read(asker, noun, crm_id)
    answer = asker.update(noun, {**before, "crmId": crm_id})
    broken = has_status(answer, 200)
    if broken:
        return broken
    after = _read(asker, noun, crm_id)
    changed = sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )
    if not changed:
        return None
    name = changed[0]
    return Broken(
        f"`{name}` is {shown(before.get(name))} afterwards, as before",
        f"it is {shown(after.get(name))}",
        answer,
    )


def _read(asker: Asker, noun: Noun, crm_id: str) -> dict[str, Any]:
    """A record as it is answered by the endpoint that only Enginy's demo has."""
    answer = asker.ask("POST", f"{noun.path}/batch", {"ids": [crm_id]})
    record = at(answer.json, f"results[id={crm_id}]")
    if not answer.succeeded or not isinstance(record, dict):
        raise CannotAsk(f"POST {noun.path}/batch is not offered, which is allowed")
    return record
