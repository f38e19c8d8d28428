"""How Enginy exports: it looks who is there, sends those who are not, and links them.

The server may take two records for one, and fill the first from the second. When a call is
repeated, the second has the last word instead. So whoever comes twice is exported once more: then
the first has the last word in any case, and no repeat leaves a trace.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from customcrm.simulator.calls import Call, Phase
from customcrm.simulator.known import Known
from customcrm.simulator.ledger import Ledger
from customcrm.simulator.population import Population
from customcrm.simulator.scenario import BATCH


@dataclass(frozen=True, slots=True)
class Noun:
    """One of the two kinds of record.

    Attributes:
        plural: `contacts`
        count: how many there are.
        id: Enginy's id of a number.
        record: a record as it is exported.
        known: the ids that are known.
        twice: those who come twice.
    """

    plural: str
    count: int
    id: Callable[[int], str]
    record: Callable[[int, Known], dict[str, Any]]
    known: Callable[[Known], dict[str, str]]
    twice: Callable[[], Iterable[int]]


PROBES: Final = Phase("Connect", (Call("check_health"), Call("list_users")))
"""What Enginy asks first."""


def exports(ledger: Ledger) -> Iterator[Phase]:
    """Everything up to the first campaign."""
    people = ledger.population
    companies = Noun(
        "companies",
        people.companies,
        people.company_id,
        ledger.company,
        lambda known: known.companies,
        people.companies_known_twice,
    )
    contacts = Noun(
        "contacts",
        people.leads,
        people.contact_id,
        ledger.contact,
        lambda known: known.contacts,
        people.contacts_known_twice,
    )
    yield PROBES
    for noun in (companies, contacts):
        yield from _export(noun)
    yield Phase("Link contacts to companies", tuple(_links(people, people.employer)))
    yield Phase("Link contacts to further companies", tuple(_links(people, people.second_employer)))


def _export(noun: Noun) -> Iterator[Phase]:
    everybody, twice = range(noun.count), tuple(noun.twice())
    found, sent = f"sync_{noun.plural}", f"create_{noun.plural}"
    yield Phase(
        f"Look for {noun.plural}",
        tuple(
            Call(found, names, partial(_all, noun, batch))
            for batch, names in _batches(noun, everybody)
        ),
    )
    yield Phase(
        f"Export {noun.plural}",
        tuple(
            Call(sent, names, partial(_new, noun, batch))
            for batch, names in _batches(noun, everybody)
        ),
    )
    yield Phase(
        f"Settle {noun.plural} that came twice",
        tuple(
            Call(sent, names, partial(_all, noun, batch), again=True)
            for batch, names in _batches(noun, twice)
        ),
    )


def _batches(noun: Noun, numbers: Sequence[int]) -> Iterator[tuple[Sequence[int], tuple[str, ...]]]:
    """Numbers, a hundred at a time, with their ids."""
    for start in range(0, len(numbers), BATCH):
        batch = numbers[start : start + BATCH]
        yield batch, tuple(map(noun.id, batch))


def _all(noun: Noun, numbers: Sequence[int], known: Known) -> Any:
    return {noun.plural: [noun.record(number, known) for number in numbers]}


def _new(noun: Noun, numbers: Sequence[int], known: Known) -> Any:
    """Those whom the sync did not find."""
    there = noun.known(known)
    records = [noun.record(number, known) for number in numbers if noun.id(number) not in there]
    return {noun.plural: records} if records else None


def _links(people: Population, employer: Callable[[int], int | None]) -> Iterator[Call]:
    employed = ((number, employer(number)) for number in range(people.leads))
    links = [(number, company) for number, company in employed if company is not None]
    for start in range(0, len(links), BATCH):
        batch = links[start : start + BATCH]
        names = tuple(people.contact_id(contact) for contact, _ in batch)
        yield Call("create_associations", names, partial(_pairs, people, batch))


def _pairs(people: Population, links: list[tuple[int, int]], known: Known) -> Any:
    """The pairs of which both ids are known, each once: a double is linked with its original."""
    pairs = dict.fromkeys(
        (
            known.contacts.get(people.contact_id(contact)),
            known.companies.get(people.company_id(company)),
        )
        for contact, company in links
    )
    linked = [
        {"contactCRMId": contact, "companyCRMId": company}
        for contact, company in pairs
        if contact and company
    ]
    return {"associations": linked} if linked else None
