"""The names of properties and of campaigns: what lists offer for filters and columns."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Select, select, text

from customcrm.contract.records import CompanyFields, ContactFields
from customcrm.crm.campaigns import campaign_key, campaigns_of
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
_CAMPAIGNS: Final = (
    select(CAMPAIGNS.c.name, CAMPAIGNS.c.certain).order_by(CAMPAIGNS.c.name).limit(MAX_CAMPAIGNS)
)
_KEEP_NAME: Final = text(
    "INSERT INTO property_names (kind, name, origin) VALUES (:kind, :name, :origin) "
    "ON CONFLICT DO NOTHING"
)
_KEEP_CAMPAIGN: Final = text(
    "INSERT INTO campaigns (name, certain) VALUES (:name, :certain) ON CONFLICT (name) "
    "DO UPDATE SET certain = 1 WHERE excluded.certain = 1"
)


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
    found = known_campaigns(connection)
    certain = certain_keys(found)
    # A text that was one name until its parts were known is none any more.
    return [
        name
        for name, is_certain in found.items()
        if is_certain or campaigns_of({"campaigns": name}, certain) == (name,)
    ]


def known_campaigns(connection: Connection) -> dict[str, bool]:
    """The campaigns that are remembered, and of each whether its name is certain."""
    return {row.name: bool(row.certain) for row in connection.execute(_CAMPAIGNS)}


def certain_keys(known: Mapping[str, bool]) -> frozenset[str]:
    """The names that are certain, as `campaign_key` has them."""
    return frozenset(campaign_key(name) for name, is_certain in known.items() if is_certain)


def new_campaigns(
    known: Mapping[str, bool], certain: Collection[str], met: Collection[str]
) -> dict[str, bool]:
    """The campaigns to remember, and of each whether its name is certain.

    Args:
        known: those that are remembered already.
        certain: names that are certain to be campaigns.
        met: names of campaigns that records have, certain or not.
    """
    new = {name: True for name in certain if not known.get(name)}
    new |= {name: False for name in met if name not in known and name not in new}
    room = MAX_CAMPAIGNS - len(known)
    kept: dict[str, bool] = {}
    for name in sorted(new, key=lambda one: (not new[one], one)):
        if name in known or room > 0:
            kept[name] = new[name]
            room -= name not in known
    return kept


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


def keep_campaigns(connection: Connection, names: Mapping[str, bool]) -> None:
    """Remember campaigns, and of each whether its name is certain."""
    if names:
        told = [{"name": name, "certain": int(names[name])} for name in sorted(names)]
        connection.execute(_KEEP_CAMPAIGN, told)
