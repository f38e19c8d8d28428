"""Fields whose names the account chooses."""

from typing import Any, Final

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, equals, has_status
from customcrm.checker.nouns import Noun


@record_check(
    "update.engagement-fields",
    Weight(Group.UPDATES, Level.MUST, Page.CONTACTS),
    why="While a campaign runs Enginy writes engagement fields under names that the account has "
    "chosen; they are the reason why most people connect a CRM at all.",
    mend="Accept any name with text, number, yes/no or null, and store it with the {record}.",
)
def update_engagement_fields(asker: Asker, noun: Noun) -> Broken | None:
    """An update with fields of any name, and text, numbers and booleans in them, succeeds."""
    fields = {"crmId": asker.given(noun).crm_id, **ENGAGEMENT}
    answer = asker.update(noun, fields)
    return has_status(answer, 200) or equals(answer, "results[0].success", wanted=True)


ENGAGEMENT: Final[dict[str, Any]] = {
    "engaged_by_check": "Yes",
    "check_engagement_status": "Message Replied (2/3) - LINKEDIN",
    "check_sequence_status": "Ongoing",
    "check_opens": 2,
    "activities": "Connection Request Sent, Message Sent",
    "Check: last step": 3,
    "check.replied": True,
}
"""Engagement fields as an account might name them, with values as Enginy sends them."""
