"""`GET /users`, if it is there."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import NOT_OFFERED, Broken, is_list, succeeds


@check(
    "users.answers",
    Weight(Group.USERS, Level.MUST, Page.USERS),
    why="When you connect, Enginy probes it. An array switches its owner pickers on; 404, 405 or "
    "501 leaves them off; any other error does so too, and looks like a fault.",
    mend='Answer 200 with a bare array: [{"id": "...", "name": "..."}], not {"users": [...]}; '
    "or 404 if you have no owners.",
    writes=False,
)
def answers(asker: Asker) -> Broken | None:
    """`GET /users` answers with a bare array, or with 404, 405 or 501 where it is not offered."""
    answer = asker.users_answer()
    if answer.status in NOT_OFFERED:
        return None
    return succeeds(answer) or is_list(answer)
