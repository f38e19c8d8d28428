"""Values of other types than documented."""

from typing import Final

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, survives
from customcrm.checker.nouns import CONTACTS

ODD: Final = {
    "firstName": 7,
    "email": ["not", "an", "address"],
    "phone": 34600111222,
    "linkedinUrl": "n/a",
    "company": {"name": "Acme"},
    "title": True,
}


@check(
    "wrong-types.known-fields",
    Weight(Group.HARDENED, Level.SHOULD, Page.CONTACTS),
    why="Data of real leads is dirty. One number in the place of a name must not cost the other "
    "99 contacts of its batch their export, least of all with a 500.",
    mend="Keep an odd value as it came, or refuse it with 400; never fail.",
)
def wrong_types_known_fields(asker: Asker) -> Broken | None:
    """Values of another type than documented are no reason to fail."""
    return survives(asker.create(CONTACTS, asker.new(**ODD)))
