"""Two records that have nothing to be known by."""

from customcrm.checker.asker import Asker, CannotAsk
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, shown
from customcrm.checker.nouns import Noun
from customcrm.checker.places import at


@record_check(
    "create.blank-keys",
    Weight(Group.EXPORTS, Level.SHOULD, Page.CONTACTS),
    why="Many leads have no email. If an empty one counted as a match, all of them would be one.",
    mend="Look by email, domain or LinkedIn URL only where it is not blank.",
)
def create_blank_keys(asker: Asker, noun: Noun) -> Broken | None:
    """Two {records} whose email, domain and LinkedIn URL are empty get two `crmId`s."""
    answer = asker.blanks(noun)
    if not answer.succeeded:
        raise CannotAsk("blank values are refused here")
    first, second = (at(answer.json, f"results[{n}].crmId") for n in (0, 1))
    return Broken("two `crmId`s", f"{shown(first)} twice", answer) if first == second else None
