"""Links between contacts and companies."""

from collections.abc import Collection, Mapping, Sequence

from customcrm.crm.card import name_of
from customcrm.crm.planning import Effect, Outcome
from customcrm.crm.records import Kind, Record
from customcrm.errors import RecordGone
from customcrm.operations.ports import Backend, Link, Origin, Pair, Stamp, Writer


def create_associations(backend: Backend, pairs: Sequence[Pair], origin: Origin) -> list[Outcome]:
    """Link contacts to companies (contract: Associations).

    Returns:
        One outcome for each pair, in their order. Its `id` is the contact's.
    """

    def work(writer: Writer) -> list[Outcome]:
        writer.hold("association")
        contacts = _living(writer, Kind.CONTACT, {pair.contact_id for pair in pairs})
        companies = _living(writer, Kind.COMPANY, {pair.company_id for pair in pairs})
        outcomes = []
        links: dict[tuple[str, str], Pair] = {}
        for pair in pairs:
            reason = _why_not(pair, contacts, companies)
            if reason:
                outcomes.append(Outcome(pair.contact_id, "", Effect.FAILED, reason))
                continue
            # Under the ids that were sent: they part again where a merge is undone.
            ends = pair[:2]
            said = links[ends].properties if ends in links else {}
            links[ends] = Pair(*ends, {**said, **pair.properties})
            outcomes.append(Outcome(pair.contact_id, contacts[pair.contact_id].id, Effect.LINKED))
        if links:
            writer.associate(
                [links[ends] for ends in sorted(links)], Stamp(origin.clock(), origin.actor)
            )
        return outcomes

    return backend.write(work)


def _living(writer: Writer, kind: Kind, ids: Collection[str]) -> dict[str, Record]:
    records = writer.records_by_id(kind, ids)
    return {asked: record for asked, record in records.items() if not record.deleted}


def _why_not(
    pair: Pair, contacts: Mapping[str, Record], companies: Mapping[str, Record]
) -> str | None:
    """Why a pair cannot be linked; None if it can."""
    if pair.contact_id not in contacts:
        return "Contact not found"
    return None if pair.company_id in companies else "Company not found"


def link_contact(
    backend: Backend, contact_id: str, company_id: str, origin: Origin, *, again: bool = False
) -> Link | None:
    """Link a contact to a company by hand, and tell it in the history of both.

    Args:
        backend: where they are kept.
        contact_id: of the contact.
        company_id: of the company.
        origin: who asks.
        again: whether that takes an unlinking back: with all that was said of the link.

    Returns:
        Who was linked; None if they were already.

    Raises:
        RecordGone: one of them is deleted, or was never there.
    """

    def work(writer: Writer) -> Link | None:
        stamp = Stamp(origin.clock(), origin.actor)
        return link_within(writer, contact_id, company_id, stamp, again=again)

    return backend.write(work)


def unlink_contact(
    backend: Backend, contact_id: str, company_id: str, origin: Origin
) -> Link | None:
    """Take the link of a contact to a company away, and tell it in the history of both.

    Returns:
        Who was linked; None if they were not.

    Raises:
        RecordGone: one of them is deleted, or was never there.
    """

    def work(writer: Writer) -> Link | None:
        link = _link_of(writer, contact_id, company_id)
        gone = writer.unlink_by_hand(link, Stamp(origin.clock(), origin.actor))
        return link if gone else None

    return backend.write(work)


def link_within(
    writer: Writer, contact_id: str, company_id: str, stamp: Stamp, *, again: bool = False
) -> Link | None:
    """As `link_contact`, as a part of something else."""
    link = _link_of(writer, contact_id, company_id)
    return link if writer.link_by_hand(link, stamp, again=again) else None


def _link_of(writer: Writer, contact_id: str, company_id: str) -> Link:
    writer.hold("association")
    contact = _living(writer, Kind.CONTACT, [contact_id]).get(contact_id)
    company = _living(writer, Kind.COMPANY, [company_id]).get(company_id)
    if contact is None or company is None:
        raise RecordGone
    return Link(
        contact.id,
        company.id,
        name_of(Kind.CONTACT, contact.properties, None),
        name_of(Kind.COMPANY, company.properties, None),
    )
