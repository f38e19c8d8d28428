"""The header `Idempotency-Key`."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status
from customcrm.checker.places import at
from customcrm.checker.snippets import REPEAT


@check(
    "tasks.create.idempotency-key",
    Weight(Group.TASKS, Level.MAY, Page.TASKS),
    why="With it a client can repeat a request for as long as it takes, and say so.",
    mend="Keep the answer to each Idempotency-Key for a day, and give it again.",
    code=REPEAT,
)
def create_idempotency_key(asker: Asker) -> Broken | None:
    """Two requests with one `Idempotency-Key` and one body make one task."""
    headers, task = {"Idempotency-Key": asker.new_name()}, {"subject": f"Call {asker.new_name()}"}
    first = asker.ask("POST", "/tasks", task, headers=headers)
    answer = asker.ask("POST", "/tasks", task, headers=headers)
    return (
        has_status(first, 200, 201)
        or has_status(answer, 200, 201)
        or equals(answer, "id", at(first.json, "id"))
    )
