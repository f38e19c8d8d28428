"""The same task again."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status
from customcrm.checker.snippets import REPEAT


@check(
    "tasks.create.repeat",
    Weight(Group.TASKS, Level.SHOULD, Page.TASKS),
    why="When an answer gets lost, the request comes again. A task that is there twice is called "
    "twice.",
    mend="Return the first task when the same body, byte for byte, comes again within a minute.",
    code=REPEAT,
)
def create_repeat(asker: Asker) -> Broken | None:
    """The same request again at once returns the same task."""
    first = asker.given_task()
    answer = asker.send(asker.task_creation().request)
    return has_status(answer, 200, 201) or equals(answer, "id", first)
