"""What campaigns write on records: fields of which the contract says only that they are scalars."""

from collections.abc import Sequence
from typing import Any, Final

from customcrm.simulator.calendar import Calendar
from customcrm.simulator.campaigns import Campaign
from customcrm.simulator.conversation import ACTIVITIES, INBOUND
from customcrm.simulator.story import Event, Moment, Wording

_STATUSES: Final = {
    Wording.NOTE: "contacted",
    Wording.MESSAGE: "contacted",
    Wording.INMAIL: "contacted",
    Wording.EMAIL: "contacted",
    Wording.ACCEPTED: "connected",
    Wording.INTERESTED: "interested",
    Wording.PROPOSAL: "interested",
    Wording.SETTLED: "meeting booked",
    Wording.DECLINED: "not interested",
}


_EVENTS: Final = {
    Wording.NOTE: "Connection Request Sent",
    Wording.ACCEPTED: "Connection Request Accepted",
    Wording.INTERESTED: "Message Replied",
    Wording.DECLINED: "Message Replied",
    Wording.SETTLED: "Message Replied",
}
"""What Enginy calls what has happened; anything else is a message that was sent."""


def is_telling(moment: Moment) -> bool:
    """Whether a record is changed because of this."""
    received = moment.event in ACTIVITIES and ACTIVITIES[moment.event][1] == INBOUND
    begins = moment.step == 1 and moment.wording in {Wording.NOTE, Wording.EMAIL}
    return (received and moment.wording is not Wording.AWAY) or begins


def engagement(
    told: Sequence[Moment], campaigns: Sequence[Campaign], calendar: Calendar
) -> dict[str, Any]:
    """The engagement fields of a contact to whom all this has happened; at least one message."""
    messages = [moment for moment in told if moment.wording in _STATUSES]
    sent = [moment for moment in messages if ACTIVITIES[moment.event][1] != INBOUND]
    received = [
        moment
        for moment in messages
        if ACTIVITIES[moment.event][1] == INBOUND and moment.event is not Event.CONNECTION_ACCEPTED
    ]
    last = messages[-1]
    fields: dict[str, Any] = {
        "engaged_by_enginy": "Yes",
        "engagement_step": len(sent),
        "engagement_status": _STATUSES[last.wording],
        "engagement_campaign": campaigns[last.campaign].name,
    }
    fields |= _as_enginy_writes(messages, replied=bool(received))
    if received:
        fields["last_reply_at"] = calendar.iso(received[-1].second)
    return fields


def _as_enginy_writes(messages: Sequence[Moment], *, replied: bool) -> dict[str, Any]:
    """The statuses and counters of a campaign, in the forms that Enginy gives them.

    A text of events is called `activities`, as Enginy calls it.
    """
    last = messages[-1]
    channel = ACTIVITIES[last.event][0].partition("_")[0]
    events = [_EVENTS.get(moment.wording, "Message Sent") for moment in messages]
    emails = sum(moment.event is Event.EMAIL_SENT for moment in messages)
    return {
        "enginy_engagement_status": f"{events[-1]} ({last.step}/{last.steps}) - {channel}",
        "enginy_sequence_status": _sequence_status(last, replied=replied),
        "enginy_opens": emails * (last.chance % 3),
        "enginy_clicks": emails and last.chance % 2,
        "activities": ", ".join(dict.fromkeys(events)),
    }


def _sequence_status(last: Moment, *, replied: bool) -> str:
    """`Replied` once there is an answer, `Finished` after the last message, else `Ongoing`."""
    if replied:
        return "Replied"
    return "Finished" if last.step == last.steps > 1 else "Ongoing"
