"""An event of a kind that is not documented."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, survives


@check(
    "wrong-types.activity",
    Weight(Group.HARDENED, Level.SHOULD, Page.ACTIVITIES),
    why="Enginy's list of channels grows. A 500 tells it to try again, for nothing.",
    mend="Store a type or direction that you do not know, or refuse it with 400; never fail.",
)
def wrong_types_activity(asker: Asker) -> Broken | None:
    """A `type` or `direction` that is not documented is no reason to fail."""
    odd = {"type": "VOICE_NOTE", "direction": "INTERNAL"}
    return survives(asker.ask("POST", "/activities", asker.new_activity(**odd)))
