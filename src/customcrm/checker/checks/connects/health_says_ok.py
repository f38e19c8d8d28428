"""What `GET /health` says."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, succeeds


@check(
    "health.says-ok",
    Weight(Group.CONNECTS, Level.MUST, Page.OVERVIEW),
    why="It is the documented answer, and the first line of Enginy's own checklist.",
    mend='Answer with the JSON {"status": "ok"}; further keys do no harm.',
    writes=False,
)
def health_says_ok(asker: Asker) -> Broken | None:
    """`GET /health` answers with the JSON `{"status": "ok"}`."""
    answer = asker.health()
    return succeeds(answer) or equals(answer, "status", "ok")
