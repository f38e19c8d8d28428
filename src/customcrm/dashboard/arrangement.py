"""Which properties there are, what each is called, and in which order they stand."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from customcrm.contract.records import CompanyFields, ContactFields
from customcrm.crm.property_types import PropertyType
from customcrm.crm.records import Kind
from customcrm.crm.text import has_visible
from customcrm.dashboard.desk import Visit
from customcrm.dashboard.words import label_of
from customcrm.operations.browsing.cards import PropertyName
from customcrm.operations.properties import Definition

DOCUMENTED: Final = "documented"
ENGAGEMENT: Final = "engagement"
CUSTOM: Final = "custom"

GROUPS: Final[Mapping[str, str]] = {
    DOCUMENTED: "Details",
    ENGAGEMENT: "Engagement",
    CUSTOM: "Custom properties",
}
"""The groups on record pages, by where properties come from, in their order."""

IN_ORDER: Final = {
    Kind.CONTACT: tuple(field.encode_name for field in msgspec.structs.fields(ContactFields)),
    Kind.COMPANY: tuple(field.encode_name for field in msgspec.structs.fields(CompanyFields)),
}
"""Documented properties, in the contract's order."""

_ELSEWHERE: Final = frozenset({"description"})
"""Properties that have a place of their own."""

_LAST: Final = 1 << 40

WORKED_OUT: Final = {
    Kind.CONTACT: frozenset({"lastActivityDate"}),
    Kind.COMPANY: frozenset[str](),
}
"""Documented properties that no record has: they are made when Enginy asks."""


class Property(NamedTuple):
    """A property that there is.

    Attributes:
        name: as Enginy spells it.
        origin: documented, engagement or custom.
        label: for people.
        definition: what people say of it.
    """

    name: str
    origin: str
    label: str
    definition: Definition

    @property
    def hidden(self) -> bool:
        """Whether it is folded away."""
        return self.definition.shape.hidden

    @property
    def type(self) -> PropertyType | None:
        """The type that it was given."""
        return self.definition.shape.type

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be chosen, if it is a choice."""
        return self.definition.shape.choices


class Part(NamedTuple):
    """Properties of a record that belong together."""

    title: str
    properties: tuple[tuple[str, Any], ...]


def known_properties(
    visit: Visit, kind: Kind, names: Sequence[PropertyName], others: Collection[str] = ()
) -> list[Property]:
    """All properties of a kind of record, in the order in which they stand on its pages.

    Args:
        visit: whose pages they are.
        kind: of the records.
        names: those that records have.
        others: further names that are asked for.
    """
    defined = visit.definitions(kind)
    documented = {*IN_ORDER[kind], *WORKED_OUT[kind]}
    origins = {one.name: one.origin for one in names}
    made = (name for name, one in defined.items() if one.by_hand)
    for name in (*made, *others):
        origins.setdefault(name, DOCUMENTED if name in documented else CUSTOM)
    found = [
        Property(name, origin, named(visit, kind, name), defined.get(name, Definition(name)))
        for name, origin in origins.items()
    ]
    usual = {name: place for place, name in enumerate(IN_ORDER[kind])}
    groups = {origin: place for place, origin in enumerate(GROUPS)}

    def place(one: Property) -> tuple[int, int, int, str]:
        at = one.definition.position
        first = _LAST if at is None else at
        return groups[one.origin], first, usual.get(one.name, _LAST), one.name

    return sorted(found, key=place)


def type_given(visit: Visit, kind: Kind, name: str) -> PropertyType | None:
    """The type that an admin gave to a property, if any did."""
    definition = visit.definition_of(kind, name)
    return definition.shape.type if definition else None


def named(visit: Visit, kind: Kind, name: str) -> str:
    """A property's name for people: what an admin calls it, else its own name in words."""
    definition = visit.definition_of(kind, name)
    label = definition.shape.label if definition else ""
    return label if has_visible(label) else label_of(name)


def parts_of(visit: Visit, kind: Kind, properties: Mapping[str, Any]) -> tuple[list[Part], Part]:
    """A record's properties by groups, and those that are hidden.

    What was made by hand is among them even where the record has no value of it.
    """
    names = [one for one in visit.desk.catalogue.property_names(kind) if one.name in properties]
    known = known_properties(visit, kind, names, properties)
    meant = [one for one in known if one.name not in _ELSEWHERE]
    there = [one for one in meant if one.name in properties or one.definition.by_hand]
    shown = [one for one in there if not one.hidden]
    parts = [
        Part(title, tuple(_valued(properties, [one for one in shown if one.origin == origin])))
        for origin, title in GROUPS.items()
    ]
    hidden = Part("Hidden properties", tuple(_valued(properties, [o for o in there if o.hidden])))
    return [part for part in parts if part.properties], hidden


def _valued(
    properties: Mapping[str, Any], members: Sequence[Property]
) -> Iterator[tuple[str, Any]]:
    return ((one.name, properties.get(one.name)) for one in members)
