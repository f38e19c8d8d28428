"""The names of records that others speak of."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection

from customcrm.crm.card import name_of
from customcrm.crm.records import Kind
from customcrm.crm.text import NO_NAME
from customcrm.operations.browsing.events import Named
from customcrm.store.records import first_external_ids, records_by_id


def names(connection: Connection, ids: Collection[str]) -> dict[str, Named]:
    """As `Catalogue.names`."""
    found: dict[str, Named] = {}
    for kind in Kind if ids else ():
        records = records_by_id(connection, kind, ids)
        nameless = {r.id for r in records.values() if name_of(kind, r.properties, None) == NO_NAME}
        external = first_external_ids(connection, kind, nameless) if nameless else {}
        for asked, record in records.items():
            name = name_of(kind, record.properties, external.get(record.id))
            found[asked] = Named(record.id, name)
    return found


def names_of(connection: Connection, ids: Iterable[str | None]) -> dict[str | None, Named]:
    """The names of those of these ids that there are."""
    found = names(connection, sorted({one for one in ids if one}))
    return {asked: named for asked, named in found.items()}  # noqa: C416 - its keys are of a wider type
