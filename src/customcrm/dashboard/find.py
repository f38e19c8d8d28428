"""Finding anything by name: records, campaigns, views, pages, and what can be done."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple
from urllib.parse import urlencode

from customcrm.crm.records import Kind
from customcrm.crm.search_terms import name_contains
from customcrm.crm.text import name_or_unnamed
from customcrm.dashboard.commands import GO, Command, commands_of, is_meant
from customcrm.dashboard.desk import Page, Reply, Visit
from customcrm.dashboard.lists import COMPANIES, CONTACTS, ListOf
from customcrm.dashboard.urls import value_of
from customcrm.dashboard.views import address_of, pins_of
from customcrm.operations.browsing.cards import Card, CardFilter, Order
from customcrm.operations.nouns import Noun
from customcrm.operations.views import View

MOST: Final = 6
"""Records of each kind that are shown; the list has them all."""

MOST_CAMPAIGNS: Final = 5


class Hit(NamedTuple):
    """One thing that was found.

    Attributes:
        name: what it is called; `hint`: what stands beside, to tell it from others.
        path: where it leads, without the base; empty for what only scripts do.
        icon: beside it; empty for a record, which has a face: of its `id`, square or not.
        command: what it does, if it does something.
    """

    name: str
    hint: str = ""
    path: str = ""
    icon: str = ""
    id: str = ""
    square: bool = False
    command: Command | None = None


class Group(NamedTuple):
    """Things of one kind, with the path where all of them are, if there may be more."""

    title: str
    hits: Sequence[Hit]
    more: str = ""


def find(visit: Visit) -> Reply:
    """GET /view/find: what `q` names; where a script asks, only what was found."""
    asked = (value_of(visit.query, "q") or "").strip()
    found = [group for group in _groups(visit, asked) if group.hits]
    return Page("find.html", {"asked": asked, "groups": found})


def _groups(visit: Visit, asked: str) -> Iterator[Group]:
    commands = [one for one in commands_of(visit) if one.offered and is_meant(one, asked)]
    if not asked:
        yield Group("Views", [_view(one) for one in pins_of(visit)])
    if asked and visit.desk.own_data:
        yield from (_records(visit, asked, of) for of in (CONTACTS, COMPANIES))
        yield _tasks(visit, asked)
        yield _campaigns(visit, asked)
        yield _views(visit, asked)
    yield Group("Do", [_hit(one) for one in commands if one.group != GO])
    yield Group(GO, [_hit(one) for one in commands if one.group == GO])


def _hit(one: Command) -> Hit:
    return Hit(one.name, path=one.path, icon=one.icon, command=one)


def _records(visit: Visit, asked: str, of: ListOf) -> Group:
    catalogue = visit.desk.catalogue
    page = catalogue.cards(of.kind, CardFilter(search=asked), Order(), None, MOST)
    by_id = catalogue.cards_by_id(of.kind, [asked]) if asked.startswith(f"{of.kind}_") else {}
    cards = [*by_id.values(), *page.items]
    more = f"{of.path}?{urlencode({'q': asked})}" if page.after else ""
    return Group(of.title, [_record(one, of.kind) for one in cards], more)


def _record(card: Card, kind: Kind) -> Hit:
    hints = (card.title, card.company, card.email) if kind is Kind.CONTACT else (card.domain,)
    hint = " · ".join(one for one in hints if one)
    path = f"/view/{kind}/{card.id}"
    return Hit(card.name, hint, path, id=card.id, square=kind is Kind.COMPANY)


def _tasks(visit: Visit, asked: str) -> Group:
    """A task by its id: the words of tasks have no index."""
    line = visit.desk.catalogue.task_line(asked) if asked.startswith("task_") else None
    hits = (
        [Hit(name_or_unnamed(line.task.subject), "", f"/view/task/{line.task.id}", "list-checks")]
        if line
        else []
    )
    return Group("Tasks", hits)


def _views(visit: Visit, asked: str) -> Group:
    """Saved views, one's own first."""
    if visit.session is None:
        return Group("Views", ())
    seen = [view for noun in Noun for view in visit.desk.views.views(visit.person.id, noun)]
    return Group("Views", [_view(one) for one in seen if name_contains(one.name, asked)])


def _view(view: View) -> Hit:
    lists = {Noun.CONTACT: "contacts", Noun.COMPANY: "companies", Noun.TASK: "tasks"}
    return Hit(view.name, f"view of {lists[view.noun]}", address_of(view), "list-filter")


def _campaigns(visit: Visit, asked: str) -> Group:
    names = [name for name in visit.desk.catalogue.campaigns() if name_contains(name, asked)]
    hits = [
        Hit(name, "contacts in it", f"/view/contacts?{urlencode({'campaign': name})}", "megaphone")
        for name in names[:MOST_CAMPAIGNS]
    ]
    return Group("Campaigns", hits)
