"""Lists of contacts and of companies."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple

from customcrm.crm.records import Kind
from customcrm.dashboard.desk import Page, Reply, Visit
from customcrm.dashboard.people import names_of_owners
from customcrm.dashboard.selecting import offers_for
from customcrm.dashboard.urls import (
    card_filter_of,
    columns_of,
    cursor_of,
    order_of,
    value_of,
)
from customcrm.dashboard.views import strip_of
from customcrm.operations.browsing.cards import PAGE, CardFilter, PropertyName, Sort
from customcrm.operations.bulk.jobs import Noun

MAX_NAMES: Final = 300
"""Properties that a list offers to choose from; any other can be asked for in its address."""


class Column(NamedTuple):
    """What a list can show of a record, besides its name.

    Attributes:
        key: in the URL.
        name: for people.
        sort: what orders the list by it, in the URL; empty if nothing does.
        numeric: whether it is a number, which stands at the right.
    """

    key: str
    name: str
    sort: str = ""
    numeric: bool = False


class ListOf(NamedTuple):
    """What differs between the two lists."""

    kind: Kind
    path: str
    title: str
    one: str
    columns: tuple[Column, ...]
    default: tuple[str, ...]
    sorts: Mapping[str, Sort]


_BOTH: Final = (
    Column("owner", "Owner"),
    Column("channels", "Channels"),
    Column("activities", "Activities", numeric=True),
    Column("lastActivity", "Last activity", "lastActivity"),
    Column("created", "Added", "created"),
    Column("updated", "Changed", "updated"),
)

_SORTS: Final = {sort.value: sort for sort in Sort}

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
    _SORTS,
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
    {name: sort for name, sort in _SORTS.items() if sort is not Sort.COMPANY},
)


def contacts(visit: Visit) -> Reply:
    """GET /view/contacts."""
    return _list(visit, CONTACTS)


def companies(visit: Visit) -> Reply:
    """GET /view/companies."""
    return _list(visit, COMPANIES)


def _list(visit: Visit, of: ListOf) -> Page:
    catalogue = visit.desk.catalogue
    chosen = card_filter_of(visit.query, visit.zone)
    order = order_of(visit.query, of.sorts)
    page = catalogue.cards(of.kind, chosen, order, cursor_of(visit.query), PAGE)
    properties = catalogue.property_names(of.kind)
    picked = columns_of(visit.query, of.default)
    counted = value_of(visit.query, "count") == "exact"
    company = catalogue.names([chosen.company]) if chosen.company else {}
    return Page(
        "list.html",
        {
            "of": of,
            "page": page,
            "chosen": chosen,
            "order": order,
            "columns": _columns(of, visit),
            "picked": picked,
            "properties": _offered(properties, {*picked, *dict(chosen.properties)}),
            "owners": names_of_owners(visit),
            "campaigns": catalogue.campaigns() if of.kind is Kind.CONTACT else (),
            "total": catalogue.count_cards(of.kind, chosen) if counted else None,
            "narrowed": chosen != CardFilter(),
            "company_name": company[chosen.company].name if company and chosen.company else None,
            "filters": _filters(chosen),
            "offers": offers_for(Noun(of.kind.value)),
            **strip_of(visit, Noun(of.kind.value), visit.query),
        },
    )


def _offered(names: Sequence[PropertyName], asked: Collection[str]) -> Sequence[PropertyName]:
    """The properties to choose from: those asked for already, documented ones, and some others."""
    certain = {one for one in names if one.name in asked or one.origin == "documented"}
    others = [one for one in names if one not in certain]
    offered = {*certain, *others[:MAX_NAMES]}
    return [one for one in names if one in offered]


def _columns(of: ListOf, visit: Visit) -> Sequence[Column]:
    """The columns to show: known ones, and properties by their own names."""
    known = {column.key: column for column in of.columns}
    picked = columns_of(visit.query, of.default)
    return [known.get(key) or Column(key, key) for key in picked]


def _filters(chosen: CardFilter) -> int:
    """How many filters are set besides the search."""
    set_ones: list[Any] = [
        chosen.owner,
        chosen.company,
        chosen.campaign,
        chosen.channel,
        chosen.created_from or chosen.created_to,
        chosen.updated_from or chosen.updated_to,
    ]
    flags = [chosen.replied, chosen.waiting, chosen.engaged]
    return (
        sum(one is not None for one in set_ones)
        + sum(flag is not None for flag in flags)
        + len(chosen.properties)
    )
