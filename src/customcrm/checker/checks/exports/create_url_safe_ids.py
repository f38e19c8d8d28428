"""The characters of ids."""

import re

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, shown
from customcrm.checker.nouns import Noun


@record_check(
    "create.url-safe-ids",
    Weight(Group.EXPORTS, Level.SHOULD, Page.OVERVIEW),
    why="Enginy pastes the crmId into your link template to make links to your {record} pages; a "
    "slash, a space or a # in it leads elsewhere.",
    mend="Use letters, digits, `-`, `_`, `.` and `~` only, or encode the id once when you make it.",
)
def create_url_safe_ids(asker: Asker, noun: Noun) -> Broken | None:
    """The `crmId` of a {record} can stand in a URL as it is."""
    crm_id = asker.given(noun).crm_id
    if re.fullmatch(r"[A-Za-z0-9._~-]+", crm_id):
        return None
    return Broken("letters, digits and `-._~` only", shown(crm_id), asker.creation(noun))
