"""How long answers take."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken


@check(
    "latency.answers-in-time",
    Weight(Group.HARDENED, Level.SHOULD, Page.OVERVIEW),
    why="Enginy does not say how long it waits. Whoever waits long repeats the request.",
    mend="Add the indexes that look-ups by externalId, email and domain need; do slow work later.",
    writes=False,
)
def latency_answers_in_time(asker: Asker) -> Broken | None:
    """No answer of this run took longer than five seconds."""
    asker.health()
    slowest = asker.slowest
    if slowest is None or slowest.seconds <= asker.latest:
        return None
    return Broken(
        f"answers within {asker.latest:g} seconds", f"one after {slowest.seconds:.1f}", slowest
    )
