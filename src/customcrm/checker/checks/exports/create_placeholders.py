"""Two records that say `n/a`."""

from customcrm.checker.asker import Asker, CannotAsk
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, shown
from customcrm.checker.nouns import Noun
from customcrm.checker.places import at


@record_check(
    "create.placeholders",
    Weight(Group.EXPORTS, Level.MAY, Page.CONTACTS),
    why="Lists have `n/a`, `unknown` or `-` where they have no value. Two leads with `n/a` for an "
    "email are two.",
    mend="Derive no match key from a value that is a placeholder.",
)
def create_placeholders(asker: Asker, noun: Noun) -> Broken | None:
    """Two {records} with placeholders for their email, domain and LinkedIn URL get two `crmId`s."""
    nothing = {noun.key: "n/a", "linkedinUrl": "N/A", "phone": "-"}
    answer = asker.create(noun, asker.new(**nothing), asker.new(**nothing))
    if not answer.succeeded:
        raise CannotAsk("placeholders are refused here")
    first, second = (at(answer.json, f"results[{n}].crmId") for n in (0, 1))
    return Broken("two `crmId`s", f"{shown(first)} twice", answer) if first == second else None
