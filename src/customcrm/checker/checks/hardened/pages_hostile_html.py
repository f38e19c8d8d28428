"""Pages that show what strangers have written."""

from typing import Final

from customcrm.checker.asker import Asker, CannotAsk
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken
from customcrm.checker.nouns import CONTACTS
from customcrm.checker.snippets import ESCAPE

NEEDS_SESSION: Final = frozenset({302, 303, 307, 401, 403})
"""Statuses by which a page says that somebody has to sign in first."""

SCRIPT: Final = "<script>document.title='check'</script>"


@check(
    "pages.hostile-html",
    Weight(Group.HARDENED, Level.SHOULD, Page.OVERVIEW),
    why="Enginy's users come to your record pages by its links. What a stranger has put into an "
    "email must not run in their browsers.",
    mend="Escape everything that is shown; show bodies sanitised, and in a sandboxed frame.",
    code=ESCAPE,
)
def pages_hostile_html(asker: Asker) -> Broken | None:
    """The page of a contact holds no script that stands in its name or in an activity's body."""
    record = {**asker.new_whole(CONTACTS), "firstName": SCRIPT}
    crm_id = asker.made(asker.create(CONTACTS, record))
    email = {"type": "EMAIL", "direction": "INBOUND", "contactId": crm_id}
    asker.ask("POST", "/activities", {**email, "subject": SCRIPT, "body": f"<p>Hi</p>{SCRIPT}"})
    page = asker.page_of_contact(crm_id)
    if page.status in NEEDS_SESSION:
        raise CannotAsk("the page of a contact needs a signed-in session")
    if page.status != 200 or "html" not in page.headers.get("content-type", ""):  # noqa: PLR2004
        raise CannotAsk(f"there is no page of a contact (it answers {page.status})")
    policy = page.headers.get("content-security-policy", "")
    if SCRIPT not in page.text or ("script-src" in policy and "unsafe-inline" not in policy):
        return None
    return Broken("the script escaped, or not there", "the script as it was sent", page)
