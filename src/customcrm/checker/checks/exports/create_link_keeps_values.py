"""What a second name changes."""

from customcrm.checker.asker import Asker, CannotAsk
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken
from customcrm.checker.nouns import Noun
from customcrm.checker.places import at


@record_check(
    "create.link-keeps-values",
    Weight(Group.EXPORTS, Level.MAY, Page.CONTACTS),
    why="A second source knows less certainly what the first one said.",
    mend="When a {record} is recognised by its email or domain, fill its empty fields only.",
)
def create_link_keeps_values(asker: Asker, noun: Noun) -> Broken | None:
    """Another `externalId` with the same email (or domain) overwrites nothing."""
    given, before = asker.given(noun), asker.before_namesake(noun)
    answer = asker.namesake(noun)
    if not answer.succeeded or at(answer.json, "results[0].crmId") != given.crm_id:
        raise CannotAsk("the two are two records here, which is allowed")
    return asker.loses(answer, noun, given, before)
