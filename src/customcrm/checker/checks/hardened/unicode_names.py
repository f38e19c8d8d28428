"""Names of the whole world."""

from typing import Final

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status, is_id
from customcrm.checker.nouns import CONTACTS

NAMES: Final = {"firstName": "Zoë 🚀", "lastName": "Ñandú-Łukasz", "title": "מנכ״ל · 社長 · مدير"}


@check(
    "unicode.names",
    Weight(Group.HARDENED, Level.SHOULD, Page.CONTACTS),
    why="Leads have accents, other scripts and emoji in their names.",
    mend="Use UTF-8 everywhere (in MySQL: utf8mb4).",
)
def unicode_names(asker: Asker) -> Broken | None:
    """Accents, other scripts and emoji are accepted, and come back as they were."""
    record = asker.new(**NAMES)
    answer = asker.create(CONTACTS, record)
    broken = has_status(answer, 200, 201) or is_id(answer, "results[0].crmId")
    if broken:
        return broken
    crm_id = asker.made(answer)
    for name, value in NAMES.items():
        broken = asker.stores(answer, CONTACTS, crm_id, name, value)
        if broken:
            return broken
    return None
