"""A request without a key."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status
from customcrm.checker.snippets import KEY


@check(
    "auth.missing-key",
    Weight(Group.CONNECTS, Level.MUST, Page.OVERVIEW),
    why="Whoever finds the URL could read and change your CRM.",
    mend="Check the key before anything else, on every route, and answer 401.",
    writes=False,
    code=KEY,
)
def auth_missing_key(asker: Asker) -> Broken | None:
    """A request without the key's header is answered with 401, on `/health` too."""
    return has_status(asker.ask("GET", "/health", key=""), 401)
