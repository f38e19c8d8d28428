"""A body that is no JSON."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, refuses
from customcrm.client.exchange import Request


@check(
    "errors.broken-json",
    Weight(Group.HARDENED, Level.SHOULD, Page.OVERVIEW),
    why="A proxy that cuts a body in two is no reason for a 500.",
    mend="Catch the parser's error, and answer 400.",
    writes=False,
)
def errors_broken_json(asker: Asker) -> Broken | None:
    """A body that is not JSON is refused with 400."""
    return refuses(asker.send(Request("POST", "/contacts/sync", b'{"contacts": [')))
