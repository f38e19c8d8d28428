"""Moments as the contract tells them: a message, a connection, a task."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Final, NamedTuple

from customcrm.simulator.calendar import HOUR, Calendar
from customcrm.simulator.campaigns import Campaign
from customcrm.simulator.letters.letters import Letter, Letters
from customcrm.simulator.people import Person
from customcrm.simulator.sender import OUR_COMPANY, OUR_SITE, Sender
from customcrm.simulator.story import Event, Moment, Wording

INBOUND: Final = "INBOUND"
OUTBOUND: Final = "OUTBOUND"

ACTIVITIES: Final[Mapping[Event, tuple[str, str]]] = {
    Event.CONNECTION_SENT: ("LINKEDIN_CONNECTION", OUTBOUND),
    Event.CONNECTION_ACCEPTED: ("LINKEDIN_CONNECTION", INBOUND),
    Event.LINKEDIN_SENT: ("LINKEDIN", OUTBOUND),
    Event.LINKEDIN_RECEIVED: ("LINKEDIN", INBOUND),
    Event.INMAIL_SENT: ("LINKEDIN_INMAIL", OUTBOUND),
    Event.INMAIL_RECEIVED: ("LINKEDIN_INMAIL", INBOUND),
    Event.EMAIL_SENT: ("EMAIL", OUTBOUND),
    Event.EMAIL_RECEIVED: ("EMAIL", INBOUND),
    Event.VOICE_SENT: ("VOICE", OUTBOUND),
    Event.WHATSAPP_SENT: ("WHATSAPP", OUTBOUND),
    Event.WHATSAPP_RECEIVED: ("WHATSAPP", INBOUND),
    Event.PROFILE_VISITED: ("VISIT", OUTBOUND),
    Event.POST_LIKED: ("LIKE", OUTBOUND),
}
"""The type and direction of each event that is an activity (contract, Activities).

Five of the types are not documented: Enginy's campaigns have such steps already.
"""

NAMELESS: Final = frozenset({Event.PROFILE_VISITED, Event.POST_LIKED})
"""Events that are no message, and so have no `messageId`."""


def kind_of(event: Event) -> str:
    """An activity's type and direction in one: `EMAIL OUTBOUND`."""
    return " ".join(ACTIVITIES[event])


_TASKS: Final = (
    ("call", "Call {name}", "Wants to hear more. Best before noon."),
    ("email", "Send {name} the summary", "Two pages, in their language; copy in the colleague."),
    ("meeting", "Demo for {company}", "With {name}. <b>Prepare:</b> their own CRM, 20 people."),
)


class Scene(NamedTuple):
    """All that a moment is told from.

    Attributes:
        person: the lead.
        campaign: in which it happens.
        sender: who owns the lead.
        calendar: tells the time.
        mark: what the ids of the lead's messages begin with.
    """

    person: Person
    campaign: Campaign
    sender: Sender
    calendar: Calendar
    mark: str


def activity(scene: Scene, moment: Moment, before: Moment | None) -> dict[str, Any]:
    """A message or connection, but for the ids of the records.

    Args:
        scene: who and where.
        moment: what happens.
        before: the message that it answers, if it does.
    """
    kind, direction = ACTIVITIES[moment.event]
    named = {} if moment.event in NAMELESS else {"messageId": _message_id(scene, moment)}
    metadata: dict[str, Any] = {
        **named,
        "sequenceIndex": moment.step,
        "sequenceMessageCount": moment.steps,
        "campaign": scene.campaign.name,
    }
    if before:
        metadata["inReplyTo"] = _message_id(scene, before)
    return {
        "type": kind,
        "direction": direction,
        "subject": _subject(scene, moment),
        "body": _body(scene, moment, before),
        **({"ownerId": scene.sender.owner_id} if scene.sender.owner_id else {}),
        "occurredAt": scene.calendar.iso(moment.second),
        "metadata": metadata,
    }


def task(scene: Scene, moment: Moment) -> dict[str, Any]:
    """A task, but for the ids of the records."""
    kind, subject, description = _TASKS[moment.chance % len(_TASKS)]
    words = {"name": scene.person.name, "company": scene.person.company.name}
    return {
        "subject": subject.format(**words),
        "description": f"{description.format(**words)} Campaign: {scene.campaign.name}",
        "type": kind,
        **({"ownerId": scene.sender.owner_id} if scene.sender.owner_id else {}),
        "dueDate": scene.calendar.iso(moment.due),
    }


def _message_id(scene: Scene, moment: Moment) -> str:
    return f"<{scene.mark}.{moment.number}@mail.example.com>"


def _subject(scene: Scene, moment: Moment) -> str:
    """As Enginy writes it (contract, Activities); one email in four bears its own."""
    person = scene.person
    kind, direction = ACTIVITIES[moment.event]
    if kind == "EMAIL" and moment.chance % 4 == 0:
        mine = person.letters.emails[moment.step - 1].subject.format(**_words(scene))
        return f"Re: {mine}" if direction == INBOUND else mine
    if direction == INBOUND:
        return f"[{person.company.name}] {person.name}"
    return f"[{moment.step}/{moment.steps}] [FROM {OUR_COMPANY}] {scene.sender.name}"


def _words(scene: Scene) -> dict[str, str]:
    person = scene.person
    return {
        "first": person.first.written,
        "last": person.last.written,
        "company": person.company.name,
        "city": person.company.city.name.written,
        "topic": person.letters.topics[scene.campaign.topic],
        "sender": scene.sender.name,
        "us": OUR_COMPANY,
    }


def _body(scene: Scene, moment: Moment, before: Moment | None) -> str:
    kind, direction = ACTIVITIES[moment.event]
    text = _text(scene, moment)
    if kind != "EMAIL":
        return text
    if direction == OUTBOUND:
        return f"{_paragraphs(text)}{_our_signature(scene, moment)}"
    quoted = _quoted(scene, before) if before else ""
    if moment.wording is Wording.AWAY:
        return f"{_paragraphs(text)}{quoted}"
    turned = ' dir="rtl"' if scene.person.company.locale.right_to_left else ""
    return f"<div{turned}>{_paragraphs(text)}{_their_signature(scene.person)}</div>{quoted}"


def _text(scene: Scene, moment: Moment) -> str:
    """What a message says, without signature and quotation."""
    words = _words(scene)
    if ACTIVITIES[moment.event][1] == INBOUND:
        # They answer by the first name.
        words["sender"] = scene.sender.name.partition(" ")[0]
    if moment.wording is Wording.AWAY:
        back = 3 + moment.chance % 14
        words["back"] = scene.calendar.date(moment.second // (24 * HOUR) + back).isoformat()
    return _TEXTS[moment.wording](scene.person.letters, moment).format(**words)


def _one_of(texts: tuple[str, ...], moment: Moment) -> str:
    return texts[moment.chance // 4 % len(texts)]


def _letter(letters: Letters, moment: Moment) -> Letter:
    return letters.emails[moment.step - 1]


_TEXTS: Final[Mapping[Wording, Callable[[Letters, Moment], str]]] = {
    Wording.NOTE: lambda letters, moment: _one_of(letters.notes, moment),
    Wording.ACCEPTED: lambda _letters, _moment: "",
    Wording.MESSAGE: lambda letters, moment: letters.messages[moment.step - 1],
    Wording.INMAIL: lambda letters, _moment: letters.inmail.text,
    Wording.EMAIL: lambda letters, moment: _letter(letters, moment).text,
    Wording.INTERESTED: lambda letters, moment: _one_of(letters.interested, moment),
    Wording.DECLINED: lambda letters, moment: _one_of(letters.declined, moment),
    Wording.AWAY: lambda letters, _moment: letters.away,
    Wording.PROPOSAL: lambda letters, _moment: letters.proposal,
    Wording.NOTHING: lambda _letters, _moment: "",
    Wording.SETTLED: lambda letters, moment: _one_of(letters.settled, moment),
}


def _paragraphs(text: str) -> str:
    """A text as HTML."""
    return "".join(f"<p>{part}</p>" for part in escape(text, quote=False).split("\n\n"))


def _our_signature(scene: Scene, moment: Moment) -> str:
    pixel = f"https://mail.example.com/open/{scene.mark}.{moment.number}.gif"
    return (
        f"<p>{escape(scene.person.letters.regards)}<br><b>{escape(scene.sender.name)}</b><br>"
        f'{OUR_COMPANY} · <a href="https://{OUR_SITE}">{OUR_SITE}</a></p>'
        f'<img src="{pixel}" width="1" height="1" alt="">'
    )


def _their_signature(person: Person) -> str:
    """As mail programs make them: a table with a rule and a number."""
    number = person.mobile or person.office
    called = f"<br>📞 {escape(number[1])}" if number else ""
    return (
        f"<p>{escape(person.letters.regards)}<br>{escape(person.first.written)}</p>"
        '<table cellpadding="0" style="border-left:3px solid #0a66c2;font-size:12px"><tr><td>'
        f"<b>{escape(person.name)}</b><br>{escape(person.title)}<br>"
        f"{escape(person.company.legal_name)}{called}</td></tr></table>"
    )


def _quoted(scene: Scene, before: Moment) -> str:
    """The message that is answered, as it stands below the answer."""
    clock = scene.calendar.at(before.second + scene.person.clock * HOUR)
    wrote = scene.person.letters.wrote.format(
        date=f"{clock:%Y-%m-%d %H:%M}", name=scene.sender.name
    )
    text = _paragraphs(_text(scene, before))
    return (
        f'<div class="gmail_quote"><div>{escape(wrote)}</div>'
        f'<blockquote style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">{text}'
        "</blockquote></div>"
    )
