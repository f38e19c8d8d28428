"""A body with HTML."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status, is_id
from customcrm.checker.snippets import ESCAPE


@check(
    "activities.create.html-body",
    Weight(Group.ACTIVITIES, Level.MUST, Page.ACTIVITIES),
    why="Emails come with their HTML: signatures, quotes, images.",
    mend="Store the body as it comes, and sanitise it when it is shown.",
    code=ESCAPE,
)
def create_html_body(asker: Asker) -> Broken | None:
    """An email whose `body` holds HTML and quoted history of 20 kB is logged."""
    body = f"<p>Hello &amp; welcome,</p><blockquote>{'On Monday you wrote: … ' * 900}</blockquote>"
    activity = asker.new_activity(type="EMAIL", direction="INBOUND", body=body)
    answer = asker.ask("POST", "/activities", activity)
    return has_status(answer, 200, 201) or is_id(answer, "id")
