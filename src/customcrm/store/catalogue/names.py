"""The names of properties and of campaigns: what lists offer for filters and columns."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Select, select, text

from customcrm.contract.records import CompanyFields, ContactFields
from customcrm.crm.records import Kind
from customcrm.crm.revision import Action
from customcrm.operations.browsing.cards import PropertyName
from customcrm.store.batch import singles, text_batch
from customcrm.store.card_tables import CAMPAIGNS, PROPERTY_NAMES
from customcrm.store.catalogue.facts import Source
from customcrm.store.tables import HISTORY

MAX_PROPERTY_NAMES: Final = 2_000
"""Property names of one kind of record that are remembered."""

MAX_CAMPAIGNS: Final = 1_000
"""Campaigns that are remembered."""

DOCUMENTED: Final = "documented"
CUSTOM: Final = "custom"
ENGAGEMENT: Final = "engagement"

_DOCUMENTED: Final = {
    Kind.CONTACT: frozenset(one.encode_name for one in msgspec.structs.fields(ContactFields)),
    Kind.COMPANY: frozenset(one.encode_name for one in msgspec.structs.fields(CompanyFields)),
}
_NAMES: Final = {
    kind: select(PROPERTY_NAMES.c.name, PROPERTY_NAMES.c.origin)
    .where(PROPERTY_NAMES.c.kind == str(kind))
    .order_by(PROPERTY_NAMES.c.name)
    for kind in Kind
}
_CAMPAIGNS: Final = select(CAMPAIGNS.c.name).order_by(CAMPAIGNS.c.name).limit(MAX_CAMPAIGNS)
_KEEP_NAME: Final = text(
    "INSERT INTO property_names (kind, name, origin) VALUES (:kind, :name, :origin) "
    "ON CONFLICT DO NOTHING"
)
_KEEP_CAMPAIGN: Final = text("INSERT INTO campaigns (name) VALUES (:name) ON CONFLICT DO NOTHING")


def _changes() -> Select[Any]:
    batch = text_batch("id")
    return (
        select(HISTORY.c.record_id, HISTORY.c.action, HISTORY.c.new_values)
        .join_from(batch, HISTORY, HISTORY.c.record_id == batch.c.id)
        .order_by(HISTORY.c.number)
    )


_CHANGES: Final = _changes()


def property_names(connection: Connection, kind: Kind) -> Sequence[PropertyName]:
    """As `Catalogue.property_names`."""
    return [PropertyName(row.name, row.origin) for row in connection.execute(_NAMES[kind])]


def campaigns(connection: Connection) -> Sequence[str]:
    """As `Catalogue.campaigns`."""
    return connection.execute(_CAMPAIGNS).scalars().all()


def new_names(
    connection: Connection, kind: Kind, known: Mapping[str, str], sources: Iterable[Source]
) -> dict[str, str]:
    """The properties of these records that nobody has met before, each with its origin."""
    holders: dict[str, str] = {}
    for source in sources:
        for name in source.properties:
            if name not in known and len(known) + len(holders) < MAX_PROPERTY_NAMES:
                holders.setdefault(name, source.id)
    undocumented = {name: one for name, one in holders.items() if name not in _DOCUMENTED[kind]}
    origins = dict.fromkeys(holders.keys() - undocumented.keys(), DOCUMENTED)
    return origins | _origins(connection, undocumented)


def _origins(connection: Connection, holders: Mapping[str, str]) -> dict[str, str]:
    """Which names came with an update, by the history of a record that has each."""
    if not holders:
        return {}
    first: dict[tuple[str, str], str] = {}
    for row in connection.execute(_CHANGES, singles(sorted(set(holders.values())))):
        for name in row.new_values:
            first.setdefault((row.record_id, name), row.action)
    return {
        name: ENGAGEMENT if first.get((record_id, name)) == Action.UPDATED else CUSTOM
        for name, record_id in holders.items()
    }


def keep_names(connection: Connection, kind: Kind, names: Mapping[str, str]) -> None:
    """Remember property names with their origins."""
    if names:
        told = [
            {"kind": str(kind), "name": name, "origin": origin}
            for name, origin in sorted(names.items())
        ]
        connection.execute(_KEEP_NAME, told)


def keep_campaigns(connection: Connection, names: Collection[str]) -> None:
    """Remember campaigns."""
    if names:
        connection.execute(_KEEP_CAMPAIGN, [{"name": name} for name in sorted(names)])
