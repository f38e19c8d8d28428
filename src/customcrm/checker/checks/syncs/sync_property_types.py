"""The types of documented properties."""

from customcrm.checker.asker import Asker, CannotAsk
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, is_moment, is_text, shown
from customcrm.checker.nouns import CONTACTS
from customcrm.checker.places import at


@check(
    "contacts.sync.property-types",
    Weight(Group.SYNCS, Level.SHOULD, Page.CONTACTS_SYNC),
    why="Enginy stores them as what it documents them to be.",
    mend="Send leadScore as a number, lifecycleStage as a string, lastActivityDate in ISO 8601; "
    "leave out what has no value.",
)
def sync_property_types(asker: Asker) -> Broken | None:
    """Documented properties have their documented types where they are sent."""
    answer = asker.match(CONTACTS)
    properties = at(answer.json, "results[0].properties")
    if not answer.succeeded or not isinstance(properties, dict):
        raise CannotAsk("no properties came back")
    for name in ("email", "phone", "mobilePhone", "lifecycleStage"):
        if properties.get(name) is not None and not isinstance(properties[name], str):
            return is_text(answer, f"results[0].properties.{name}")
    if properties.get("lastActivityDate") is not None:
        return is_moment(answer, "results[0].properties.lastActivityDate")
    score = properties.get("leadScore", 0)
    if score is None or (isinstance(score, int | float) and not isinstance(score, bool)):
        return None
    return Broken("`leadScore` is a number", f"it is {shown(score)}", answer)
