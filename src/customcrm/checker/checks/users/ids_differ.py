"""The ids of users."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, shown
from customcrm.checker.places import at


@check(
    "users.ids-differ",
    Weight(Group.USERS, Level.SHOULD, Page.USERS),
    why="The id comes back as ownerId: if two users share one, nobody knows whose the lead is.",
    mend="Use the users' own keys as ids.",
    writes=False,
)
def ids_differ(asker: Asker) -> Broken | None:
    """No two users have the same `id`."""
    answer = asker.users()
    users = answer.json if isinstance(answer.json, list) else []
    ids = [shown(at(user, "id")) for user in users]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if not twice:
        return None
    return Broken("each `id` once", f"several users with the id {twice[0]}", answer)
