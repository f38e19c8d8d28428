"""Lists of contacts and of companies."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Final, NamedTuple
from urllib.parse import urlencode

from customcrm.crm.property_types import PropertyType, type_of
from customcrm.crm.records import Kind
from customcrm.dashboard.arrangement import (
    DOCUMENTED,
    Property,
    known_properties,
    named,
    type_given,
)
from customcrm.dashboard.asked import filter_rows
from customcrm.dashboard.desk import Page, Reply, Visit
from customcrm.dashboard.list_queries import SORTS, read_card_list
from customcrm.dashboard.people import names_of_owners
from customcrm.dashboard.property_query import PropertyAsked
from customcrm.dashboard.selecting import offers_for
from customcrm.dashboard.urls import list_of
from customcrm.dashboard.views import strip_of
from customcrm.operations.browsing.cards import PAGE, Card, CardFilter, Sort
from customcrm.operations.nouns import Noun

MAX_NAMES: Final = 300
"""Properties that a list offers to choose from; any other can be asked for in its address."""


PROPERTIES: Final = frozenset({"email", "title", "company", "domain", "industry"})
"""Columns that are properties of the record."""


_PREFIX: Final = "property:"
"""Begins the key of a property whose name is the key of another column."""


class Column(NamedTuple):
    """What a list can show of a record, besides its name.

    Attributes:
        key: in the URL.
        name: for people.
        sort: what orders the list by it, in the URL; empty if nothing does.
        numeric: whether it is a number, which stands at the right.
        of_property: the property that it shows; empty for what is kept of every record.
    """

    key: str
    name: str
    sort: str = ""
    numeric: bool = False
    of_property: str = ""


class ListOf(NamedTuple):
    """What differs between the two lists."""

    kind: Kind
    path: str
    title: str
    one: str
    columns: tuple[Column, ...]
    default: tuple[str, ...]
    sorts: Mapping[str, Sort]

    def key_of(self, name: str) -> str:
        """Return the key of a property's column in the URL."""
        taken = any(column.key == name for column in self.columns) and name not in PROPERTIES
        return f"{_PREFIX}{name}" if taken or name.startswith(_PREFIX) else name

    def property_of(self, key: str) -> str | None:
        """Return the property that a column shows; None for one that every record has."""
        if any(column.key == key for column in self.columns):
            return None
        return key.removeprefix(_PREFIX)


_BOTH: Final = (
    Column("owner", "Owner"),
    Column("channels", "Channels"),
    Column("activities", "Activities", numeric=True),
    Column("lastActivity", "Last activity", "lastActivity"),
    Column("created", "Added", "created"),
    Column("updated", "Changed", "updated"),
)

CONTACTS: Final = ListOf(
    Kind.CONTACT,
    "/view/contacts",
    "Contacts",
    "contact",
    (
        Column("email", "Email"),
        Column("title", "Title"),
        Column("company", "Company", "company"),
        *_BOTH,
    ),
    ("title", "company", "owner", "lastActivity"),
    SORTS[Kind.CONTACT],
)
COMPANIES: Final = ListOf(
    Kind.COMPANY,
    "/view/companies",
    "Companies",
    "company",
    (
        Column("domain", "Domain"),
        Column("industry", "Industry"),
        Column("people", "People", numeric=True),
        *_BOTH,
    ),
    ("domain", "industry", "people", "owner", "lastActivity"),
    SORTS[Kind.COMPANY],
)

LISTS: Final = {of.kind: of for of in (CONTACTS, COMPANIES)}


def contacts(visit: Visit) -> Reply:
    """GET /view/contacts."""
    return _list(visit, CONTACTS)


def companies(visit: Visit) -> Reply:
    """GET /view/companies."""
    return _list(visit, COMPANIES)


def _list(visit: Visit, usual: ListOf) -> Page:
    of = _relabelled(usual, visit)
    catalogue = visit.desk.catalogue
    wanted = read_card_list(visit.query, of.kind, visit.zone)
    chosen, order = wanted.filter, wanted.order
    page = catalogue.cards(of.kind, chosen, order, wanted.at, PAGE)
    picked = wanted.columns_or(of.default)
    columns = (of.property_of(key) or key for key in picked)
    asked = dict.fromkeys((*columns, *(one.name for one in wanted.properties)))
    names = catalogue.property_names(of.kind)
    properties = known_properties(visit, of.kind, names, _own(of, picked, wanted.properties))
    company = catalogue.names([chosen.company]) if chosen.company else {}
    return Page(
        "list.html",
        {
            "of": of,
            "kind": of.kind,
            "page": page,
            "chosen": chosen,
            "order": order,
            "columns": _columns(of, visit, picked, page.items),
            "picked": picked,
            "properties": _offered(properties, asked),
            "rows": filter_rows(
                wanted.properties, {one.name: one for one in properties}, page.items
            ),
            "owners": names_of_owners(visit),
            "campaigns": catalogue.campaigns() if of.kind is Kind.CONTACT else (),
            "total": catalogue.count_cards(of.kind, chosen) if wanted.counted else None,
            "narrowed": chosen != CardFilter(),
            "company_name": company[chosen.company].name if company and chosen.company else None,
            "filters": _filters(chosen),
            "met_in": f"?{urlencode({'in': list_of(visit.query)})}",
            "offers": offers_for(Noun(of.kind.value)),
            **strip_of(visit, Noun(of.kind.value), visit.query),
        },
    )


def _relabelled(of: ListOf, visit: Visit) -> ListOf:
    """The list with those of its columns that are properties called as an admin calls them."""
    labels = {name: one.shape.label for name, one in visit.definitions(of.kind).items()}
    return of._replace(
        columns=tuple(
            column._replace(name=labels.get(column.key) or column.name)
            if column.key in PROPERTIES
            else column
            for column in of.columns
        )
    )


def _own(of: ListOf, picked: Iterable[str], filters: Iterable[PropertyAsked]) -> list[str]:
    """The properties that are asked for, as columns or by a filter."""
    columns = [name for key in picked if (name := of.property_of(key)) is not None]
    return [*columns, *(one.name for one in filters if one.name not in columns)]


def _offered(properties: Sequence[Property], asked: Collection[str]) -> Sequence[Property]:
    """The properties to choose from: those asked for already, documented ones, and some others."""
    certain = {one.name for one in properties if one.name in asked or one.origin == DOCUMENTED}
    others = [one.name for one in properties if one.name not in certain and not one.hidden]
    offered = {*certain, *others[:MAX_NAMES]}
    return [
        one for one in properties if one.name in offered and (one.name in asked or not one.hidden)
    ]


def _columns(
    of: ListOf, visit: Visit, picked: Sequence[str], cards: Sequence[Card]
) -> Sequence[Column]:
    """The columns to show: known ones, and properties by what they are called."""
    known = {column.key: column for column in of.columns}
    return [known.get(key) or _of_property(visit, of, key, cards) for key in picked]


def _of_property(visit: Visit, of: ListOf, key: str, cards: Sequence[Card]) -> Column:
    """The column of a property: a number's, if it was said to be one, or nothing else is seen."""
    kind, name = of.kind, of.property_of(key) or key
    given = type_given(visit, kind, name)
    seen = {type_of(card.properties[name]) for card in cards if name in card.properties}
    numeric = given is PropertyType.NUMBER or (given is None and seen == {PropertyType.NUMBER})
    return Column(key, named(visit, kind, name), numeric=numeric, of_property=name)


def _filters(chosen: CardFilter) -> int:
    """How many filters are set besides the search."""
    other = CardFilter()
    ends = (
        *("search", "created_to", "updated_to", "properties", "ranges", "problems"),
        *("contacted_span", "replied_span"),
    )
    names = [one.name for one in fields(CardFilter) if one.name not in ends]
    set_ones = [name for name in names if getattr(chosen, name) != getattr(other, name)]
    only_ends = [
        chosen.created_to and not chosen.created_from,
        chosen.updated_to and not chosen.updated_from,
    ]
    of_properties = len(chosen.properties) + len(chosen.ranges)
    return len(set_ones) + sum(map(bool, only_ends)) + of_properties
