"""What each user has."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, is_id, is_text


@check(
    "users.have-id-and-name",
    Weight(Group.USERS, Level.MUST, Page.USERS),
    why="The name is what people pick an owner by, the id is what comes back as ownerId.",
    mend="Give each user an id and a name, both strings that are not empty.",
    writes=False,
)
def have_id_and_name(asker: Asker) -> Broken | None:
    """Each user has an `id` and a `name`, both strings."""
    answer = asker.users()
    users = answer.json if isinstance(answer.json, list) else []
    for n in range(len(users)):
        broken = is_id(answer, f"[{n}].id") or is_text(answer, f"[{n}].name")
        if broken:
            return broken
    return None
