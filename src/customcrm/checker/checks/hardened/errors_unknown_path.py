"""A path that nobody serves."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status


@check(
    "errors.unknown-path",
    Weight(Group.HARDENED, Level.MAY, Page.OVERVIEW),
    why="An endpoint that Enginy adds one day has to find 404, not a web page with 200.",
    mend="Answer 404 on every path that you do not serve.",
    writes=False,
)
def errors_unknown_path(asker: Asker) -> Broken | None:
    """A path that is not served answers 404."""
    return has_status(asker.ask("GET", f"/{asker.new_name()}"), 404)
