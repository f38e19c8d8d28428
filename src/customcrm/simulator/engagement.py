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
    if received:
        fields["last_reply_at"] = calendar.iso(received[-1].second)
    return fields
