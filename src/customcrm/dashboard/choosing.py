"""Contacts and companies that are found by search, to choose one of them."""

from typing import Final

from customcrm.crm.records import Kind
from customcrm.dashboard.desk import Page, Reply, Visit
from customcrm.dashboard.urls import choice_of, value_of
from customcrm.operations.browsing.cards import Card, CardFilter, Order
from customcrm.operations.browsing.cards import Page as PageOf

FOUND: Final = 8
"""How many of those who are found are shown."""


def choices(visit: Visit) -> Reply:
    """GET /view/choices: whoever a search finds, as a part of a form."""
    kind = Kind(choice_of(visit.query, "of", Kind) or Kind.COMPANY)
    name = choice_of(visit.query, "as", ("value", "company_id")) or "value"
    asked = value_of(visit.query, "q") or value_of(visit.query, "company") or ""
    context = {"kind": kind, "name": name, "asked": asked, "found": found(visit, kind, asked)}
    return Page("choices.html", context)


def found(visit: Visit, kind: Kind, asked: str) -> PageOf[Card]:
    """The first of those whom a search finds; nobody where it says nothing."""
    chosen = CardFilter(search=asked.strip())
    if not chosen.search:
        return PageOf((), None, None)
    return visit.desk.catalogue.cards(kind, chosen, Order(), None, FOUND)
