"""A type that is not documented yet."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status, is_id


@check(
    "activities.create.unknown-type",
    Weight(Group.ACTIVITIES, Level.MAY, Page.ACTIVITIES),
    why="Enginy's campaigns have WhatsApp, voice and visit steps already, and its list of types "
    "grows. Nothing says that a conversation that was refused is sent again.",
    mend="Store a type that you do not know as it came, show it as it is, and answer 201.",
)
def create_unknown_type(asker: Asker) -> Broken | None:
    """An activity whose `type` is not documented yet is logged all the same."""
    answer = asker.ask("POST", "/activities", asker.new_activity(type="WHATSAPP"))
    return has_status(answer, 200, 201) or is_id(answer, "id")
