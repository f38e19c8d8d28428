"""Whether the key can be read."""

from typing import Final

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken
from customcrm.checker.redaction import spellings_of

PLACES: Final = ("/", "/api/config", "/config", "/config.json", "/.env")
"""Where servers are known to keep it. Enginy's demo hands it out at `/api/config`."""


@check(
    "auth.key-not-handed-out",
    Weight(Group.HARDENED, Level.SHOULD, Page.OVERVIEW),
    why="Whoever has the key reads and changes your CRM.",
    mend="Let no page and no configuration that a browser can load hold the key.",
    writes=False,
)
def auth_key_not_handed_out(asker: Asker) -> Broken | None:
    """No page that needs no key holds the key."""
    for path in PLACES:
        answer = asker.ask("GET", path, key="")
        if any(spelling in answer.text for spelling in spellings_of(asker.client.target.key)):
            return Broken("no key", "the key", answer)
    return None
