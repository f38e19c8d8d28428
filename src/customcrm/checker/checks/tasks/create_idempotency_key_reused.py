"""One `Idempotency-Key` for two bodies."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status


@check(
    "tasks.create.idempotency-key-reused",
    Weight(Group.TASKS, Level.MAY, Page.TASKS),
    why="Such a key is a mistake of the client's: to answer the first task would lose the second.",
    mend="Answer 422 when the key is known and the body differs.",
)
def create_idempotency_key_reused(asker: Asker) -> Broken | None:
    """One `Idempotency-Key` with another body is refused with 422."""
    headers = {"Idempotency-Key": asker.new_name()}
    one, other = ({"subject": f"Call {asker.new_name()}"} for _ in range(2))
    first = asker.ask("POST", "/tasks", one, headers=headers)
    return has_status(first, 200, 201) or has_status(
        asker.ask("POST", "/tasks", other, headers=headers), 422
    )
