"""What the created task says."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, is_moment
from customcrm.client.exchange import read_json


@check(
    "tasks.create.returns-fields",
    Weight(Group.TASKS, Level.SHOULD, Page.TASKS),
    why="The documented answer is the task object: the fields as they came, and completed.",
    mend="Answer the task as it is stored: subject, description, type, dueDate, and "
    '"completed": false.',
)
def create_returns_fields(asker: Asker) -> Broken | None:
    """The task in the answer has the fields that were sent, and `completed: false`."""
    asker.given_task()
    answer = asker.task_creation()
    sent = read_json(answer.request.body or b"")
    for name in ("subject", "description", "type"):
        broken = equals(answer, name, sent[name])
        if broken:
            return broken
    return is_moment(answer, "dueDate") or equals(answer, "completed", wanted=False)
