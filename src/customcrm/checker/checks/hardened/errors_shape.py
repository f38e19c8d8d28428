"""What errors look like."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, is_text


@check(
    "errors.shape",
    Weight(Group.HARDENED, Level.SHOULD, Page.OVERVIEW),
    why="Enginy shows `message` to people; nothing breaks without it, and nobody knows why.",
    mend='Answer every error with {"error": "<short>", "message": "<what was wrong, and where>"}.',
    writes=False,
)
def errors_shape(asker: Asker) -> Broken | None:
    """Errors are JSON with an `error` and a `message`, both texts."""
    answers = (
        asker.ask("GET", "/health", key=""),
        asker.ask("GET", f"/tasks/{asker.new_name()}"),
        asker.ask("POST", "/tasks/batch", {}),
    )
    for answer in answers:
        if not answer.succeeded:
            broken = is_text(answer, "error") or is_text(answer, "message")
            if broken:
                return broken
    return None
