"""What people say of properties: what each is called, what type it has, where it stands.

The names and the values themselves are Enginy's; nothing here changes a record.
"""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple, Protocol

from customcrm.crm.property_types import MAX_CHOICES, PropertyType, observed_type
from customcrm.crm.records import COMPANY_RULES, Kind
from customcrm.crm.text import has_visible
from customcrm.errors import InvalidRequest, Problem
from customcrm.operations.browsing.cards import CardFilter, Order
from customcrm.operations.browsing.ports import Catalogue
from customcrm.operations.freshness import Fresh
from customcrm.operations.ports import Origin, Stamp

MAX_NAME: Final = 200
MAX_LABEL: Final = 100
MAX_CHOICE: Final = 200
"""Characters of a name, of a label, of one choice."""

MAX_DEFINITIONS: Final = 3_000
"""Properties of one kind of record that something can be said of."""

MAX_BY_HAND: Final = 300
"""Of these, how many can be made by hand."""

NEWEST: Final = 50
"""Records that are looked at to tell what a property holds."""

COUNTED: Final = 10_000
"""Records with a property that are counted unasked: to count a million takes a while."""

SAMPLES: Final = 5
"""Different values of a property that are shown."""

_IDS: Final = ("externalId", "crmId", "id")
RESERVED: Final[Mapping[Kind, frozenset[str]]] = {
    Kind.CONTACT: frozenset(name.casefold() for name in (*_IDS, "lastActivityDate")),
    Kind.COMPANY: frozenset(name.casefold() for name in (*_IDS, *COMPANY_RULES.synonyms)),
}
"""Names that mean something else: ids, what is worked out, and other words for another property."""


class Shape(NamedTuple):
    """What an admin says of a property.

    Attributes:
        label: its name for people; empty: it is spelled out from the name.
        type: None: as its values look.
        choices: for the type choice, what can be chosen, in this order.
        hidden: whether it is folded away on record pages, and not offered in lists.
    """

    label: str = ""
    type: PropertyType | None = None
    choices: tuple[str, ...] = ()
    hidden: bool = False


NO_SHAPE: Final = Shape()
"""Of a property of which nobody has said anything."""


class Definition(NamedTuple):
    """A property of one kind of record, as people have defined it.

    Attributes:
        name: as Enginy spells it.
        shape: what was said of it.
        position: where it stands among others, the smallest first; None: after those that have one.
        by_hand: whether somebody has made it, rather than Enginy.
    """

    name: str
    shape: Shape = NO_SHAPE
    position: int | None = None
    by_hand: bool = False


Defined = Mapping[str, Definition]
"""Definitions of one kind of record, by the names of the properties."""

AllDefined = Mapping[Kind, Defined]
"""Definitions of those kinds of record that have any."""

Change = Callable[[Defined], Defined]
"""From the definitions of a kind as they are to what they shall be."""


class PropertyShelf(Protocol):
    """Where definitions are kept."""

    def property_definitions(self) -> AllDefined:
        """All of them."""

    def change_definitions(self, kind: Kind, change: Change, stamp: Stamp) -> AllDefined:
        """Change those of a kind, with their history, in one transaction; returns all.

        What `change` raises goes through, and nothing is changed.
        """


class PropertyBook:
    """What is known of properties, now; who may change it is asked at the door.

    A change made in this process holds at once, one made in another a second later.

    Args:
        shelf: where definitions are kept.
        seconds: gives seconds that only grow.
    """

    def __init__(self, shelf: PropertyShelf, seconds: Callable[[], float] = time.monotonic) -> None:
        self._shelf = shelf
        self._known = Fresh(shelf.property_definitions, seconds)

    def definitions(self, kind: Kind) -> Defined:
        """Those of a kind of record, by the names of the properties."""
        return self._known.now().get(kind, {})

    def define_property(self, kind: Kind, name: str, shape: Shape, origin: Origin) -> None:
        """Say what a property is.

        Raises:
            InvalidRequest: the label is too long, there are too many choices, or none for a choice,
                or too many properties are defined.
        """
        clean = _clean(shape)
        self._change(kind, name, lambda it: it._replace(shape=clean), origin)

    def hide_property(self, kind: Kind, name: str, origin: Origin, *, hidden: bool) -> None:
        """Fold a property away, or show it again."""

        def hide(it: Definition) -> Definition:
            return it._replace(shape=it.shape._replace(hidden=hidden))

        self._change(kind, name, hide, origin)

    def _change(
        self, kind: Kind, name: str, one: Callable[[Definition], Definition], origin: Origin
    ) -> None:
        def change(known: Defined) -> Defined:
            return {**known, name: one(known.get(name, Definition(name)))}

        self._keep(kind, change, origin)

    def order_properties(self, kind: Kind, names: Sequence[str], origin: Origin) -> None:
        """Say in which order properties stand; what is not named comes after them.

        Raises:
            InvalidRequest: there are too many.
        """
        places = {name: place for place, name in enumerate(dict.fromkeys(names))}

        def change(known: Defined) -> Defined:
            all_names = dict.fromkeys([*known, *places])
            return {
                name: known.get(name, Definition(name))._replace(position=places.get(name))
                for name in all_names
            }

        self._keep(kind, change, origin)

    def add_property(
        self, kind: Kind, name: str, shape: Shape, taken: Collection[str], origin: Origin
    ) -> str:
        """Make a property that no record has yet.

        Args:
            kind: of the records that shall have it.
            name: as Enginy is to spell it: anything but the names of ids.
            shape: what it is.
            taken: the names of properties that there are.
            origin: who asks.

        Returns:
            Its name, without spaces around it.

        Raises:
            InvalidRequest: the name cannot be had, or the shape is none.
        """
        told, clean = name.strip(), _clean(shape)
        problem = _wrong_with(kind, told)
        if problem:
            raise InvalidRequest([Problem("name", problem)])

        def change(known: Defined) -> Defined:
            old = known.get(told, Definition(told))
            if old.by_hand or told in taken:
                raise InvalidRequest([Problem("name", "is the name of a property already")])
            if sum(one.by_hand for one in known.values()) >= MAX_BY_HAND:
                raise InvalidRequest([Problem("name", f"{MAX_BY_HAND} were made by hand already")])
            return {**known, told: old._replace(shape=clean, by_hand=True)}

        self._keep(kind, change, origin)
        return told

    def forget_property(self, kind: Kind, name: str, origin: Origin) -> None:
        """Forget all that was said of a property; one that was made by hand is gone."""
        self._keep(kind, lambda known: {n: one for n, one in known.items() if n != name}, origin)

    def _keep(self, kind: Kind, change: Change, origin: Origin) -> None:
        def bounded(known: Defined) -> Defined:
            changed = {n: one for n, one in change(known).items() if one != Definition(n)}
            if len(changed) > max(MAX_DEFINITIONS, len(known)):
                raise InvalidRequest([Problem("", "too many properties are defined")])
            return changed

        stamp = Stamp(origin.clock(), origin.actor)
        self._known.keep(self._shelf.change_definitions(kind, bounded, stamp))


def _wrong_with(kind: Kind, name: str) -> str | None:
    """What is wrong with the name of a new property, if anything is."""
    if not 0 < len(name) <= MAX_NAME:
        return f"must have 1 to {MAX_NAME} characters"
    if not name.isprintable():
        return "must have characters that can be seen only"
    if name.casefold() in RESERVED[kind]:
        return "means something else to Enginy"
    return None


def _clean(shape: Shape) -> Shape:
    """A shape as it is kept.

    Raises:
        InvalidRequest: something of it cannot be kept.
    """
    label = " ".join(shape.label.split())
    label = label if has_visible(label) else ""
    choices = tuple(dict.fromkeys(filter(None, (one.strip() for one in shape.choices))))
    if shape.type is not PropertyType.CHOICE:
        choices = ()
    problems = []
    if len(label) > MAX_LABEL:
        problems.append(Problem("label", f"must have at most {MAX_LABEL} characters"))
    if shape.type is PropertyType.CHOICE and not 0 < len(choices) <= MAX_CHOICES:
        problems.append(Problem("choices", f"must be 1 to {MAX_CHOICES}, one on a line"))
    if any(len(one) > MAX_CHOICE for one in choices):
        problems.append(Problem("choices", f"must have at most {MAX_CHOICE} characters each"))
    if problems:
        raise InvalidRequest(problems)
    return shape._replace(label=label, choices=choices)


class Observed(NamedTuple):
    """What the records hold of a property.

    Attributes:
        records: how many records have it: as many as the list that is filtered by it.
        more: whether there are more, which nobody has counted.
        type: what its newest values look like; None: like lists and objects, or there are none.
        samples: some different values of the newest records that have it.
        texts: all different texts and numbers among the newest ones, as texts.
    """

    records: int
    more: bool
    type: PropertyType | None
    samples: tuple[Any, ...]
    texts: tuple[str, ...]


def observe(catalogue: Catalogue, kind: Kind, name: str, *, exactly: bool) -> Observed:
    """Look at what the records hold of a property: the newest few are read.

    Args:
        catalogue: the records.
        kind: of record.
        name: of the property.
        exactly: whether all records that have it are counted, however many they are; else no more
            than `COUNTED` are.
    """
    having = CardFilter(properties=((name, None),))
    newest = catalogue.cards(kind, having, Order(), None, NEWEST).items
    values = [card.properties[name] for card in newest if name in card.properties]
    texts = [str(value).strip() for value in values if isinstance(value, str | int | float)]
    if exactly:
        records = catalogue.count_cards(kind, having)
    else:
        records = catalogue.count_cards_with(kind, name, COUNTED)
    more = records > COUNTED and not exactly
    return Observed(
        records=COUNTED if more else records,
        more=more,
        type=observed_type(values),
        samples=tuple({repr(value): value for value in values}.values())[:SAMPLES],
        texts=tuple(dict.fromkeys(filter(None, texts)))[:MAX_CHOICES],
    )
