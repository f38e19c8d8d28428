"""Whether engagement fields are kept."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status
from customcrm.checker.nouns import Noun
from customcrm.checker.snippets import MERGE


@record_check(
    "update.stores-engagement-fields",
    Weight(Group.UPDATES, Level.SHOULD, Page.CONTACTS),
    why="Whoever works in your CRM wants to see who has been contacted and who has replied.",
    mend="Store unknown fields as custom properties, under the names that they came with.",
    code=MERGE,
)
def update_stores_engagement_fields(asker: Asker, noun: Noun) -> Broken | None:
    """Engagement fields are stored as they came."""
    crm_id, mark = asker.given(noun).crm_id, asker.new_name()
    answer = asker.update(noun, {"crmId": crm_id, "engaged_by_check": mark})
    return has_status(answer, 200) or asker.stores(answer, noun, crm_id, "engaged_by_check", mark)
