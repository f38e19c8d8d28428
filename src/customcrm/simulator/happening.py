"""Something that happens to a contact, as far as past and present tell it in the same way."""

from typing import Any, NamedTuple

from customcrm.simulator.conversation import task
from customcrm.simulator.known import Known
from customcrm.simulator.ledger import Ledger
from customcrm.simulator.story import Moment


class Happening(NamedTuple):
    """A moment, and the contact that it happens to."""

    number: int
    moment: Moment


def ids_of(ledger: Ledger, number: int, known: Known) -> dict[str, str]:
    """The server's ids of a contact and of the company; none if the contact is not there."""
    contact = known.contacts.get(ledger.population.contact_id(number))
    if contact is None:
        return {}
    company = known.companies.get(ledger.population.company_id(ledger.population.employer(number)))
    return {"contactId": contact, **({"companyId": company} if company else {})}


def task_of(ledger: Ledger, one: Happening, known: Known) -> dict[str, Any] | None:
    """The task that is created; None if the contact is not there."""
    ids = ids_of(ledger, one.number, known)
    scene = ledger.scene(one.number, one.moment.campaign, known)
    return {**task(scene, one.moment), **ids} if ids else None
