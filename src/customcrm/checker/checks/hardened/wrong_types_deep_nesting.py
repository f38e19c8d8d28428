"""A value that nests without end."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, survives
from customcrm.client.exchange import Request


@check(
    "wrong-types.deep-nesting",
    Weight(Group.HARDENED, Level.SHOULD, Page.OVERVIEW),
    why="A thousand brackets in a row take many a parser down, and the server with it.",
    mend="Bound the depth that you accept, and answer 400 beyond.",
)
def wrong_types_deep_nesting(asker: Asker) -> Broken | None:
    """A property that nests a thousand levels deep is no reason to fail."""
    deep = b"[" * 1_000 + b"]" * 1_000
    record = b'{"externalId": "%s", "checkDeep": %s}' % (asker.new_name().encode(), deep)
    return survives(asker.send(Request("POST", "/contacts", b'{"contacts": [%s]}' % record)))
