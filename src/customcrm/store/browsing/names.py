"""The names of records that others speak of."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection

from customcrm.contract.activities import Activity
from customcrm.contract.tasks import Task
from customcrm.crm.card import name_of
from customcrm.crm.records import Kind
from customcrm.operations.browsing.events import Named
from customcrm.store.records import first_external_ids, records_by_id


def names(connection: Connection, kind: Kind, ids: Collection[str]) -> Mapping[str, Named]:
    """The names of records of a kind, by the ids asked for; those not known are left out."""
    found = records_by_id(connection, kind, set(ids))
    unnamed = {one.id for one in found.values() if not name_of(kind, one.properties, "")}
    external = first_external_ids(connection, kind, unnamed) if unnamed else {}
    return {
        asked: Named(one.id, name_of(kind, one.properties, external.get(one.id, one.id)))
        for asked, one in found.items()
    }


def all_names(
    connection: Connection, about: Iterable[Activity | Task]
) -> tuple[Mapping[str, Named], Mapping[str, Named]]:
    """The names of the contacts and of the companies that some tasks or activities are about."""
    both = list(about)
    contacts = {one.contact_id for one in both if one.contact_id}
    companies = {one.company_id for one in both if one.company_id}
    return (
        names(connection, Kind.CONTACT, contacts) if contacts else {},
        names(connection, Kind.COMPANY, companies) if companies else {},
    )
