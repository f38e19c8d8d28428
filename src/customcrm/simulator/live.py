"""What happens from now on, for as long as somebody watches."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from itertools import count
from typing import Any, Final

from customcrm.simulator.calls import Call
from customcrm.simulator.conversation import activity, kind_of
from customcrm.simulator.dice import dice, happens
from customcrm.simulator.engagement import engagement, is_telling
from customcrm.simulator.happening import Happening, ids_of, task_of
from customcrm.simulator.known import Known
from customcrm.simulator.ledger import Ledger
from customcrm.simulator.people import Person
from customcrm.simulator.story import EMAIL, Event, Moment, Wording

_EVENTS: Final = (
    (Event.EMAIL_SENT, Wording.EMAIL, 34),
    (Event.LINKEDIN_SENT, Wording.MESSAGE, 20),
    (Event.CONNECTION_SENT, Wording.NOTE, 12),
    (Event.EMAIL_RECEIVED, Wording.INTERESTED, 8),
    (Event.CONNECTION_ACCEPTED, Wording.ACCEPTED, 7),
    (Event.LINKEDIN_RECEIVED, Wording.INTERESTED, 6),
    (Event.INMAIL_SENT, Wording.INMAIL, 5),
    (Event.EMAIL_RECEIVED, Wording.DECLINED, 4),
    (Event.EMAIL_RECEIVED, Wording.AWAY, 2),
    (Event.INMAIL_RECEIVED, Wording.INTERESTED, 2),
    (Event.WHATSAPP_SENT, Wording.PROPOSAL, 2),
    (Event.VOICE_SENT, Wording.PROPOSAL, 2),
    (Event.PROFILE_VISITED, Wording.NOTHING, 2),
)
"""What happens, and how often."""


def live(ledger: Ledger, seed: int, clock: Callable[[], datetime]) -> Iterator[Call]:
    """Calls without end, each about what happens at the moment when it is asked for.

    Args:
        ledger: what Enginy has.
        seed: of the scenario.
        clock: tells the present moment, in UTC.
    """
    began = int(clock().timestamp())
    for number in count():
        throw = dice(seed, "live", number)
        person = ledger.population.person(throw.randrange(ledger.population.leads))
        lead = person.number
        event, wording, _ = throw.choices(_EVENTS, _weights(person))[0]
        steps = 3 if wording in {Wording.EMAIL, Wording.MESSAGE} else 1
        moment = Moment(
            number=number,
            second=ledger.calendar.second(clock()),
            event=event,
            campaign=throw.choice(ledger.campaigns_of(lead)).number,
            wording=wording,
            step=throw.randint(1, steps),
            steps=steps,
            chance=throw.randrange(2**16),
        )
        name = (ledger.population.contact_id(lead),)
        one = Happening(lead, moment)
        mark = f"live-{began}"
        yield Call(
            "create_activity", name, partial(_activity, ledger, one, mark), kind=kind_of(event)
        )
        if is_telling(moment):
            yield Call("update_contacts", name, partial(_engaged, ledger, one))
        if wording is Wording.INTERESTED and happens(throw, 0.7):
            later = moment._replace(due=moment.second + throw.randrange(1, 120) * 3_600)
            names = (*name, f"live/{number}")
            yield Call("create_task", names, partial(task_of, ledger, Happening(lead, later)))


def _weights(person: Person) -> list[int]:
    """How often each event happens to somebody of whom we may lack an address."""
    weights = [
        often if (person.email if event in EMAIL else person.slug) else 0
        for event, _, often in _EVENTS
    ]
    return weights if any(weights) else [often for _, _, often in _EVENTS]


def _activity(ledger: Ledger, one: Happening, mark: str, known: Known) -> Any:
    ids = ids_of(ledger, one.number, known)
    scene = ledger.scene(one.number, one.moment.campaign, known)._replace(mark=mark)
    return {**activity(scene, one.moment, None), **ids} if ids else None


def _engaged(ledger: Ledger, one: Happening, known: Known) -> Any:
    crm_id = known.contacts.get(ledger.population.contact_id(one.number))
    fields = engagement([one.moment], ledger.campaigns, ledger.calendar)
    return {"contacts": [{"crmId": crm_id, **fields}]} if crm_id else None
