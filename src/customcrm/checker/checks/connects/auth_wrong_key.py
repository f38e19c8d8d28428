"""A request with a wrong key."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status
from customcrm.checker.snippets import KEY


@check(
    "auth.wrong-key",
    Weight(Group.CONNECTS, Level.MUST, Page.OVERVIEW),
    why="Enginy reads a 2xx from /health as: this key is valid. If any key is, a typo connects, "
    "and so does a stranger.",
    mend="Compare the whole key, on every route, and answer 401 when it differs.",
    writes=False,
    code=KEY,
)
def auth_wrong_key(asker: Asker) -> Broken | None:
    """A request with a key that is almost right is answered with 401, on `/health` too."""
    almost = f"{asker.client.target.key}x"
    return has_status(asker.ask("GET", "/health", key=almost), 401)
