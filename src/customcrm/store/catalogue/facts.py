"""What cards are made from, read for many records at once. All of it only reads."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    cast,
    exists,
    func,
    select,
    union_all,
)

from customcrm.contract.activities import ACTIVITY_TYPES
from customcrm.crm.card import Facts, Linked, face_of, name_of
from customcrm.crm.journey import OTHER_TYPE, Journey, Part, journey_of
from customcrm.crm.records import Kind
from customcrm.crm.text import NO_NAME
from customcrm.store.batch import singles, text_batch
from customcrm.store.card_tables import CARDS
from customcrm.store.catalogue.campaign_tallies import counted_of
from customcrm.store.records import first_external_ids
from customcrm.store.tables import ACTIVITIES, ASSOCIATIONS, RECORDS

CHANNEL_BITS: Final = {
    channel: 1 << bit for bit, channel in enumerate((*ACTIVITY_TYPES, OTHER_TYPE))
}
"""The bit of each type of activity in a card's `channels`; unknown types share the last one."""

CONTACTED: Final = 1
CONNECTED: Final = 2
REPLIED: Final = 4
"""The bits of a card's `stages`."""

_STAGES: Final = (CONTACTED, CONNECTED, REPLIED)
_CONTACTS: Final = RECORDS[Kind.CONTACT].records
_COMPANIES: Final = RECORDS[Kind.COMPANY].records


def channels_of(bits: int) -> tuple[str, ...]:
    """The types of activity that a card's `channels` names."""
    return tuple(channel for channel, bit in CHANNEL_BITS.items() if bits & bit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the activities of a record say. Moments are microseconds, 0 for none."""

    activities: int = 0
    last_activity: int = 0
    last_inbound: int = 0
    last_outbound: int = 0
    channels: int = 0
    people: int = 0
    stages: int = 0

    def joined(self, other: "Told") -> "Told":
        """Both together."""
        return Told(
            activities=self.activities + other.activities,
            last_activity=max(self.last_activity, other.last_activity),
            last_inbound=max(self.last_inbound, other.last_inbound),
            last_outbound=max(self.last_outbound, other.last_outbound),
            channels=self.channels | other.channels,
            people=self.people + other.people,
            stages=self.stages | other.stages,
        )

    @property
    def waiting(self) -> bool:
        """Whether what came last came from it. Of one moment, the reply counts as the later."""
        return self.last_inbound > 0 and self.last_inbound >= self.last_outbound


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A record as its card is made from it."""

    id: str
    kind: Kind
    properties: dict[str, Any]
    created: int
    updated: int
    told: Told
    facts: Facts

    def knowing(self, engagement: frozenset[str], campaigns: frozenset[str]) -> "Source":
        """Return the same, knowing which properties tell engagement, and the certain campaigns."""
        if not (engagement or campaigns):
            return self
        facts = replace(self.facts, engagement=engagement, campaigns=campaigns)
        return replace(self, facts=facts)

    def values(self) -> dict[str, Any]:
        """The columns of its card, but for the number."""
        face, told = face_of(self.kind, self.properties, self.facts), self.told
        return {
            "id": self.id,
            **face._asdict(),
            "created": self.created,
            "updated": self.updated,
            "last_activity": told.last_activity,
            "last_inbound": told.last_inbound,
            "last_outbound": told.last_outbound,
            "waiting": int(told.waiting),
            "channels": told.channels,
            "activities": told.activities,
            "people": told.people,
            "stages": told.stages,
            "counted": None
            if self.kind is Kind.COMPANY
            else counted_of(self.properties, self.facts),
        }


def aliases(records: Table) -> CTE:
    """The ids of a batch, each with itself and with what was merged into it."""
    batch = text_batch("id")
    merged = records.alias("merged")
    return union_all(
        select(batch.c.id.label("asked"), batch.c.id.label("id")),
        select(batch.c.id, merged.c.id).join_from(
            batch, merged, merged.c.merged_into == batch.c.id
        ),
    ).cte("aliases")


_KIND: Final = (ACTIVITIES.c.type, ACTIVITIES.c.direction, ACTIVITIES.c.automatic)


def _micro(column: Any) -> Any:
    return cast(column, BigInteger)


def _activity_columns() -> list[Any]:
    return [
        *_KIND,
        func.count().label("number"),
        func.max(_micro(ACTIVITIES.c.happened_at)).label("latest"),
    ]


def _records(table: Table) -> Select[Any]:
    batch = text_batch("id")
    return select(
        table.c.id,
        table.c.properties,
        _micro(table.c.created_at).label("created"),
        _micro(table.c.updated_at).label("updated"),
        table.c.merged_into,
        table.c.deleted_at.is_not(None).label("deleted"),
    ).join_from(batch, table, table.c.id == batch.c.id)


def _contact_activities() -> Select[Any]:
    names = aliases(_CONTACTS)
    first = func.min(_micro(ACTIVITIES.c.happened_at)).label("first")
    return (
        select(names.c.asked, *_activity_columns(), first, ACTIVITIES.c.step)
        .join_from(names, ACTIVITIES, ACTIVITIES.c.contact_id == names.c.id)
        .group_by(names.c.asked, *_KIND, ACTIVITIES.c.step)
    )


def contact_companies() -> Select[Any]:
    """The living companies of contacts and of what was merged into them, first linked first."""
    names = aliases(_CONTACTS)
    stored, living = _COMPANIES.alias("stored"), _COMPANIES.alias("living")
    return (
        select(names.c.asked, living.c.id, living.c.properties)
        .join_from(names, ASSOCIATIONS, ASSOCIATIONS.c.contact_id == names.c.id)
        .join(stored, stored.c.id == ASSOCIATIONS.c.company_id)
        .join(living, living.c.id == func.coalesce(stored.c.merged_into, stored.c.id))
        .where(living.c.deleted_at.is_(None))
        .order_by(ASSOCIATIONS.c.created_at, living.c.id)
    )


def _company_activities() -> Select[Any]:
    """Those of a company itself, but for those of its people, which their cards tell of."""
    names = aliases(_COMPANIES)
    return (
        select(names.c.asked, *_activity_columns())
        .join_from(names, ACTIVITIES, ACTIVITIES.c.company_id == names.c.id)
        .where(~(_of_one_linked(names) | _of_one_linked_elsewhere(names)))
        .group_by(names.c.asked, *_KIND)
    )


def _of_one_linked(names: CTE) -> ColumnElement[bool]:
    """Whether an activity is of somebody linked to the company that it names, as nearly all are."""
    cards = CARDS[Kind.CONTACT]
    return exists(
        select(ASSOCIATIONS.c.company_id)
        .join(cards, cards.c.id == ASSOCIATIONS.c.contact_id)
        .where(
            ASSOCIATIONS.c.contact_id == ACTIVITIES.c.contact_id,
            ASSOCIATIONS.c.company_id == names.c.id,
        )
    )


def _of_one_linked_elsewhere(names: CTE) -> ColumnElement[bool]:
    """Whether the two are linked under other ids that they have."""
    told, person, same = _CONTACTS.alias("told"), _CONTACTS.alias("person"), names.alias("same")
    card = CARDS[Kind.CONTACT].alias("card")
    return exists(
        select(ASSOCIATIONS.c.company_id)
        .join_from(told, card, card.c.id == func.coalesce(told.c.merged_into, told.c.id))
        .join(person, (person.c.id == card.c.id) | (person.c.merged_into == card.c.id))
        .join(ASSOCIATIONS, ASSOCIATIONS.c.contact_id == person.c.id)
        .join(same, same.c.id == ASSOCIATIONS.c.company_id)
        .where(told.c.id == ACTIVITIES.c.contact_id, same.c.asked == names.c.asked)
    )


def _company_people() -> Select[Any]:
    names, cards = aliases(_COMPANIES), CARDS[Kind.CONTACT]
    stored = _CONTACTS.alias("stored")
    people = (
        select(names.c.asked, func.coalesce(stored.c.merged_into, stored.c.id).label("id"))
        .join_from(names, ASSOCIATIONS, ASSOCIATIONS.c.company_id == names.c.id)
        .join(stored, stored.c.id == ASSOCIATIONS.c.contact_id)
        .distinct()
        .subquery("people")
    )
    bits = [
        *(func.max(cards.c.channels.op("&")(bit)) for bit in CHANNEL_BITS.values()),
        *(func.max(cards.c.stages.op("&")(bit)) for bit in _STAGES),
    ]
    return (
        select(
            people.c.asked,
            func.count().label("people"),
            cast(func.sum(cards.c.activities), BigInteger).label("activities"),
            func.max(cards.c.last_activity).label("last_activity"),
            func.max(cards.c.last_inbound).label("last_inbound"),
            func.max(cards.c.last_outbound).label("last_outbound"),
            *[bit.label(f"bit_{number}") for number, bit in enumerate(bits)],
        )
        .join_from(people, cards, cards.c.id == people.c.id)
        .group_by(people.c.asked)
    )


_RECORDS: Final = {kind: _records(RECORDS[kind].records) for kind in Kind}
_CONTACT_ACTIVITIES: Final = _contact_activities()
_CONTACT_COMPANIES: Final = contact_companies()
_COMPANY_ACTIVITIES: Final = _company_activities()
_COMPANY_PEOPLE: Final = _company_people()


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of some ids.

    Attributes:
        sources: of those that live, whatever they are.
        survivors: what merged ones were merged into.
        known: the ids that there are, living or not.
    """

    sources: dict[str, Source]
    survivors: dict[str, str]
    known: frozenset[str]


def read_sources(
    connection: Connection, kind: Kind, ids: Collection[str], *, deleted: bool = False
) -> Read:
    """What the cards of these records are made from; deleted ones only if they are asked for."""
    found = connection.execute(_RECORDS[kind], singles(ids)).all()
    living = [row for row in found if not row.merged_into and (deleted or not row.deleted)]
    survivors = {row.id: row.merged_into for row in found if row.merged_into}
    known = frozenset(row.id for row in found)
    if not living:
        return Read({}, survivors, known)
    wanted = [row.id for row in living]
    told, journeys = _told(connection, kind, wanted)
    companies = _companies(connection, wanted) if kind is Kind.CONTACT else {}
    nameless = [row.id for row in living if name_of(kind, row.properties, None) == NO_NAME]
    external = first_external_ids(connection, kind, nameless) if nameless else {}
    sources = {
        row.id: Source(
            id=row.id,
            kind=kind,
            properties=row.properties,
            created=row.created,
            updated=row.updated,
            told=told[row.id],
            facts=Facts(
                external_id=external.get(row.id),
                companies=tuple(companies.get(row.id, ())),
                channels=channels_of(told[row.id].channels),
                waiting=told[row.id].waiting,
                journey=journeys.get(row.id) or _stages_only(told[row.id].stages),
            ),
        )
        for row in living
    }
    return Read(sources, survivors, known)


def _stages_only(stages: int) -> Journey:
    """The journey of a company: of all its people, and of itself."""
    contacted, connected, replied = (bool(stages & bit) for bit in _STAGES)
    return Journey(contacted, connected, replied)


def _told(
    connection: Connection, kind: Kind, ids: Iterable[str]
) -> tuple[dict[str, Told], dict[str, Journey]]:
    """What the activities of each record say, and the journeys of contacts."""
    parameter = singles(ids)
    told: dict[str, Told] = defaultdict(Told)
    parts: dict[str, list[Part]] = defaultdict(list)
    if kind is Kind.CONTACT:
        found = connection.execute(_CONTACT_ACTIVITIES, parameter).all()
        for row in found:
            automatic = row.automatic is not None
            part = Part(row.type, row.direction, row.step or 0, row.first, automatic)
            parts[row.asked].append(part)
    else:
        found = connection.execute(_COMPANY_ACTIVITIES, parameter).all()
        for asked, people in _people(connection, parameter):
            told[asked] = told[asked].joined(people)
    for row in found:
        told[row.asked] = told[row.asked].joined(_told_by(row))
    return told, {asked: journey_of(of_one) for asked, of_one in parts.items()}


def _told_by(row: Row[Any]) -> Told:
    """What the activities of one type and direction say; automatic ones wait for no answer."""
    outbound = row.direction == "OUTBOUND"
    inbound = row.direction == "INBOUND" and row.automatic is None
    came = CONNECTED if row.type == "LINKEDIN_CONNECTION" else REPLIED
    return Told(
        activities=row.number,
        last_activity=row.latest,
        last_inbound=row.latest if inbound else 0,
        last_outbound=row.latest if outbound else 0,
        channels=CHANNEL_BITS.get(row.type, CHANNEL_BITS[OTHER_TYPE]),
        stages=CONTACTED if outbound else came if inbound else 0,
    )


def _people(connection: Connection, parameter: dict[str, str]) -> Iterator[tuple[str, Told]]:
    for row in connection.execute(_COMPANY_PEOPLE, parameter):
        asked, people, activities, last, inbound, outbound, *bits = row
        yield (
            asked,
            Told(
                people=people,
                activities=activities,
                last_activity=last,
                last_inbound=inbound,
                last_outbound=outbound,
                channels=sum(bits[: len(CHANNEL_BITS)]),
                stages=sum(bits[len(CHANNEL_BITS) :]),
            ),
        )


def _companies(connection: Connection, ids: Iterable[str]) -> dict[str, list[Linked]]:
    found: dict[str, dict[str, Linked]] = defaultdict(dict)
    for row in connection.execute(_CONTACT_COMPANIES, singles(ids)):
        found[row.asked].setdefault(row.id, Linked(row.id, row.properties))
    return {asked: list(companies.values()) for asked, companies in found.items()}
