"""Half an emoji, and a NUL."""

import json
from typing import Final

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, survives
from customcrm.checker.nouns import CONTACTS
from customcrm.client.exchange import Answer, Request

BODY: Final = (
    '{"contacts": [{"externalId": "%s", "firstName": "Zo\\u00eb \\ud83d", '
    '"title": "Head\\u0000 of"}]}'
)
"""A name that was cut in the middle of an emoji, and a NUL that a form has let through."""


@check(
    "unicode.broken-characters",
    Weight(Group.HARDENED, Level.SHOULD, Page.CONTACTS),
    why="Profiles are cut at so many characters, in the middle of an emoji. Databases refuse what "
    "is left of it, and a record that was stored with it can be unreadable for ever.",
    mend="Replace half a surrogate pair by U+FFFD and drop NUL, or refuse the request with 400.",
)
def unicode_broken_characters(asker: Asker) -> Broken | None:
    """Half an emoji or a NUL in a text is no reason to fail, neither now nor at the next sync."""
    name = asker.new_name()
    answer = asker.send(Request("POST", CONTACTS.path, (BODY % name).encode()))
    broken = survives(answer)
    if broken or not answer.succeeded:
        return broken
    found = asker.sync(CONTACTS, {"externalId": name})
    return survives(found) or _is_readable(found)


def _is_readable(answer: Answer) -> Broken | None:
    """It can be read as JSON; half a surrogate pair that is escaped again is allowed."""
    try:
        json.loads(answer.body)
    except (ValueError, RecursionError):
        return Broken("an answer that is JSON", "one that is not", answer)
    return None
