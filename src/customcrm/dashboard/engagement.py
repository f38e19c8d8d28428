"""Engagement fields as people read them: event, step and channel instead of one text."""

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup, escape

from customcrm.crm.engagement import engagement_counter, engagement_status, sequence_status
from customcrm.dashboard.assets import icon
from customcrm.dashboard.words import channel_of, plural

_TONES: Final[Mapping[str, str]] = {
    "Not Started": "",
    "Ongoing": " accent",
    "Finished": "",
    "Replied": " good",
}
_TYPES: Final[Mapping[str, str]] = {"INMAIL": "LINKEDIN_INMAIL"}
"""Types of activity by the other names that statuses have for them."""


def engagement_markup(name: str, value: object) -> Markup | None:
    """Return an engagement field as it is shown; None for any other property.

    The text as it was sent is in its title.
    """
    status = engagement_status(value)
    if status is not None:
        channel = channel_of(_TYPES.get(status.channel, status.channel))
        step = f"step {status.step} of {status.steps}, " if status.step else ""
        return Markup(
            '<span class="engagement" title="{}"><span class="row"><span class="tone-{}">{}</span>'
            '{}</span><span class="small faint">{}{}</span></span>'
        ).format(value, channel.tone, icon(channel.icon), status.event, step, channel.name)
    stage = sequence_status(value)
    if stage is not None:
        return Markup('<span class="chip{}">{}</span>').format(_TONES[stage], stage)
    counter = engagement_counter(name, value)
    return None if counter is None else escape(plural(counter.number, counter.what))
