"""What pages show of an activity's body: derived once, when the activity is stored."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from customcrm.crm.automatic_messages import automatic_kind
from customcrm.crm.automatic_subjects import Automatic
from customcrm.crm.message_text import MessageText, message_text, plain_text


class ActivityText(NamedTuple):
    """What is stored beside the body.

    Attributes:
        excerpt: the beginning of what was written, on one line; empty if nothing was.
        message: the text; None where it is the body itself, as `plain_text` reads it.
        automatic: what a machine has sent, for a message that came; None for a person's.
    """

    excerpt: str = ""
    message: MessageText | None = None
    automatic: Automatic | None = None


def activity_text(
    body: str | None,
    subject: str | None,
    direction: str | None,
    headers: Mapping[str, Any] | None,
) -> ActivityText:
    """Derive what pages show of an activity. Linear in the length of the body.

    Args:
        body: as it came.
        subject: of a mail.
        direction: INBOUND or OUTBOUND; only what came can be automatic.
        headers: its metadata and further properties, where headers of a mail may be.
    """
    message = message_text(body)
    return ActivityText(
        excerpt=message.excerpt,
        message=None if message == plain_text(body) else message,
        automatic=automatic_kind(subject, headers) if direction == "INBOUND" else None,
    )
