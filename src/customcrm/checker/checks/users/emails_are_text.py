"""The emails of users."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, is_text
from customcrm.checker.places import MISSING, at


@check(
    "users.emails-are-text",
    Weight(Group.USERS, Level.SHOULD, Page.USERS),
    why="Enginy shows the email beside the name, to tell two people of one name apart.",
    mend="Make email a string, or leave it out.",
    writes=False,
)
def emails_are_text(asker: Asker) -> Broken | None:
    """Where a user has an `email`, it is a string."""
    answer = asker.users()
    users = answer.json if isinstance(answer.json, list) else []
    for n in range(len(users)):
        email = at(answer.json, f"[{n}].email")
        if email is not MISSING and email is not None and not isinstance(email, str):
            return is_text(answer, f"[{n}].email")
    return None
