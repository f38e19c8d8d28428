"""`GET /health` says that all is well."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, succeeds


@check(
    "health.answers",
    Weight(Group.CONNECTS, Level.MUST, Page.OVERVIEW),
    why="Enginy calls it when you connect, and again from time to time: a 2xx means that the key "
    "works. Without one, nothing else is ever called.",
    mend="Serve GET /health below the base URL and answer 200 when the key is right.",
    writes=False,
)
def health_answers(asker: Asker) -> Broken | None:
    """`GET /health` with the right key answers with a 2xx status."""
    return succeeds(asker.health())
