"""What somebody has selected in a list: lines of a page, or all that the list shows."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from urllib.parse import parse_qsl

from customcrm.contract.values import MAX_IDENTIFIER
from customcrm.crm.text import name_or_unnamed
from customcrm.dashboard.desk import Visit
from customcrm.dashboard.list_queries import read_card_list, read_task_list, summary_of
from customcrm.dashboard.urls import Query
from customcrm.errors import WorkRefused
from customcrm.operations.browsing.cards import CardFilter, Order
from customcrm.operations.bulk.asking import SAMPLE
from customcrm.operations.bulk.jobs import Selection
from customcrm.operations.nouns import Noun
from customcrm.web.text import clean_query_text

PICKED: Final = "pick."
"""What the name of a line's checkbox begins with; its id follows."""

MAX_QUERY: Final = 8_000
"""Characters of a query in a form."""

MAX_PAIRS: Final = 200
"""Pairs of a query in a form."""

LISTS: Final[Mapping[Noun, str]] = {
    Noun.CONTACT: "/view/contacts",
    Noun.COMPANY: "/view/companies",
    Noun.TASK: "/view/tasks",
}
"""Where the list of each is."""

PLURALS: Final[Mapping[Noun, str]] = {
    Noun.CONTACT: "contacts",
    Noun.COMPANY: "companies",
    Noun.TASK: "tasks",
}


class Offer(NamedTuple):
    """Something that can be done to what is selected: its name, and what it can be done to."""

    name: str
    nouns: frozenset[Noun]


_RECORDS: Final = frozenset({Noun.CONTACT, Noun.COMPANY})
_TASKS: Final = frozenset({Noun.TASK})
OFFERS: Final[Mapping[str, Offer]] = {
    "complete": Offer("Complete", _TASKS),
    "reopen": Offer("Reopen", _TASKS),
    "owner": Offer("Set the owner", _RECORDS | _TASKS),
    "due": Offer("Set the date", _TASKS),
    "property": Offer("Set a property", _RECORDS),
    "export": Offer("Export", _RECORDS | _TASKS),
    "delete": Offer("Delete", _RECORDS),
}


def offers_for(noun: Noun) -> Mapping[str, str]:
    """What can be done to some of these, by what a form calls it."""
    return {key: offer.name for key, offer in OFFERS.items() if noun in offer.nouns}


def noun_of(text: str | None) -> Noun | None:
    """What a form or an address speaks of."""
    return Noun(text) if text in set(Noun) else None


def query_of(text: str) -> Query:
    """The pairs of a query that stands in a form, with or without its question mark.

    Raises:
        WorkRefused: it is too long. A part of it would mean more than the list shows.
    """
    told = text.removeprefix("?")
    if len(told) > MAX_QUERY or told.count("&") >= MAX_PAIRS:
        raise WorkRefused("This list has too many filters and columns: take some away")
    pairs = parse_qsl(told, keep_blank_values=True, errors="replace")
    return [(clean_query_text(name), clean_query_text(value)) for name, value in pairs]


def all_of(visit: Visit, noun: Noun, query: Query, extra: Sequence[str] = ()) -> Selection:
    """Select all that a list with this query shows.

    Args:
        visit: who asks, and when.
        noun: what the list shows.
        query: of the list's address.
        extra: further parameters that the page understands.

    Raises:
        WorkRefused: a part of the query is not understood. The rest would select more.
    """
    if noun.kind is not None:
        cards = read_card_list(query, noun.kind, visit.zone, extra).filter
        selection, problems = Selection(cards=cards), cards.problems
    else:
        tasks = read_task_list(query, visit.now, visit.zone, extra).filter
        selection, problems = Selection(tasks=tasks), tasks.problems
    if problems:
        raise WorkRefused(f"This list was not understood: {summary_of(problems)}")
    return selection


def selection_of(visit: Visit, noun: Noun) -> Selection | None:
    """What a form has selected; None for nothing.

    Raises:
        WorkRefused: it means all that a list shows, and the query of that list is missing, too
            long, or not understood.
    """
    form = visit.form
    if form.get("all") == "yes":
        if "query" not in form:
            raise WorkRefused("The form does not say which list is meant")
        return all_of(visit, noun, query_of(form["query"]))
    boxes = [name.removeprefix(PICKED) for name in form if name.startswith(PICKED)]
    named = dict.fromkeys([*form.get("picked", "").split(), *boxes])
    ids = tuple(one for one in named if 0 < len(one) <= MAX_IDENTIFIER)
    return Selection(ids=ids) if ids else None


def sample_of(visit: Visit, noun: Noun, selection: Selection) -> Sequence[str]:
    """The names of a few that are selected."""
    catalogue = visit.desk.catalogue
    if noun.kind is None:
        if selection.tasks is not None:
            lines = catalogue.tasks(selection.tasks, None, SAMPLE).items
            return [name_or_unnamed(line.task.subject) for line in lines]
        ids = (selection.ids or ())[:SAMPLE]
        found = [catalogue.task_line(one) for one in ids]
        return [name_or_unnamed(line.task.subject) for line in found if line]
    if selection.ids is not None:
        cards = catalogue.cards_by_id(noun.kind, selection.ids[:SAMPLE])
        return [card.name for card in cards.values()]
    page = catalogue.cards(noun.kind, selection.cards or CardFilter(), Order(), None, SAMPLE)
    return [card.name for card in page.items]
