"""What answers call themselves."""

import re

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, shown


@check(
    "answers.are-json",
    Weight(Group.CONNECTS, Level.SHOULD, Page.OVERVIEW),
    why="Clients choose how to read an answer by its Content-Type; many refuse to parse text/html.",
    mend="Send Content-Type: application/json with every answer, errors included.",
    writes=False,
)
def answers_are_json(asker: Asker) -> Broken | None:
    """Answers carry a `Content-Type` of JSON."""
    answer = asker.health()
    kind = answer.headers.get("content-type", "")
    if re.match(r"application/([\w.-]+\+)?json\b", kind, re.IGNORECASE):
        return None
    return Broken("Content-Type application/json", f"Content-Type {shown(kind)}", answer)
