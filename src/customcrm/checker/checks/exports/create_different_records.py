"""Two records that have nothing in common."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, shown
from customcrm.checker.nouns import Noun
from customcrm.checker.places import MISSING, at


@record_check(
    "create.different-records",
    Weight(Group.EXPORTS, Level.MUST, Page.CONTACTS),
    why="If two leads get one crmId, each overwrites the other from then on.",
    mend="Merge records only by what identifies one: an email, a domain, a LinkedIn URL.",
)
def create_different_records(asker: Asker, noun: Noun) -> Broken | None:
    """Two {records} that have nothing in common get two `crmId`s."""
    answer = asker.batch(noun)
    first, second = (at(answer.json, f"results[{n}].crmId") for n in (0, 1))
    if not answer.succeeded or first is MISSING or first != second:
        return None
    return Broken("two `crmId`s", f"{shown(first)} twice", answer)
