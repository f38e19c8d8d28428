"""What errors give away."""

import re
from typing import Final

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken
from customcrm.client.exchange import Request

INTERNALS: Final = re.compile(
    r"Traceback \(most recent|node_modules|\n\s+at .+:\d+:\d+|\.(php|rb|java|go|py|js|ts):\d+"
    r"|SQLSTATE|syntax error at or near|PrismaClient|goroutine \d+|UNIQUE constraint"
)


@check(
    "errors.no-internals",
    Weight(Group.HARDENED, Level.SHOULD, Page.OVERVIEW),
    why="A stack trace tells a stranger what to attack, and tells Enginy's user nothing.",
    mend="Catch what nobody has caught, log it, and answer a sentence.",
)
def errors_no_internals(asker: Asker) -> Broken | None:
    """No error shows a stack trace, a statement of SQL or a path of the source."""
    answers = (
        asker.send(Request("POST", "/contacts", b'{"contacts": [')),
        asker.ask("POST", "/contacts", {"contacts": "x"}),
        asker.ask("PATCH", f"/tasks/{asker.new_name()}", {"completed": "maybe"}),
        asker.ask("POST", "/activities", {"type": 7}),
        asker.ask("POST", "/companies/sync", {"companies": {"a": 1}}),
    )
    for answer in answers:
        found = None if answer.succeeded else INTERNALS.search(answer.text)
        if found:
            return Broken("a sentence", f"{found[0]!r} in the answer", answer)
    return None
