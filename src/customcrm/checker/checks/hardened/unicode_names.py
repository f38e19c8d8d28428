"""Names of the whole world."""

from typing import Final

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status, is_id, shown
from customcrm.checker.nouns import CONTACTS
from customcrm.checker.record_view import UNSEEN

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
    view = asker.view(CONTACTS, asker.made(answer))
    for name, value in NAMES.items():
        stored = view.value(name)
        if stored is UNSEEN:
            return _in_a_task(asker)
        if stored != value:
            return Broken(f"`{name}` is {shown(value)}", f"it is {shown(stored)}", answer)
    return None


def _in_a_task(asker: Asker) -> Broken | None:
    """The same in the subject of a task, which every server with tasks shows."""
    subject = " ".join([*NAMES.values(), asker.new_name()])
    task_id = asker.new_task(subject=subject)
    answer = asker.read_task(task_id)
    return has_status(answer, 200) or equals(answer, "subject", subject)
