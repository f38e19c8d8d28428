"""Campaigns: all of them, and the page of one. Each number leads to the list that it counts."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

from customcrm.crm.card import MAX_NAME, sort_key
from customcrm.crm.moments import in_zone
from customcrm.crm.search_terms import name_contains
from customcrm.dashboard.charts import Chart, Series, Stack, stacked
from customcrm.dashboard.desk import Page, Reply, Visit
from customcrm.dashboard.funnel import funnel_of
from customcrm.dashboard.people import names_of_owners
from customcrm.dashboard.query_reader import QueryReader
from customcrm.dashboard.urls import address, value_of
from customcrm.dashboard.words import calendar
from customcrm.operations.browsing.campaigns import CampaignLine, CampaignPage, Funnel

LINES: Final = 50
MAX_PAGE: Final = 999
LABEL_EVERY: Final = 4
"""Weeks from one label of a chart to the next."""

Sorted = Callable[[CampaignLine], Any]

SORTS: Final[dict[str, Sorted]] = {
    "name": lambda line: sort_key(line.name),
    "people": lambda line: line.funnel.people,
    "contacted": lambda line: line.funnel.contacted,
    "connected": lambda line: line.funnel.connected,
    "replied": lambda line: line.funnel.replied,
    "rate": lambda line: line.funnel.replied / (line.funnel.contacted or 1),
    "lastActivity": lambda line: line.last_activity or date.min,
}
"""What the list can be ordered by, in the URL."""


def campaigns(visit: Visit) -> Reply:
    """GET /view/campaigns."""
    every = visit.desk.catalogue.campaign_lines()
    reader = QueryReader(visit.query, ("q", "sort", "page"))
    search = (reader.text("q") or "").strip()
    sort = reader.choice("sort", [f"{sign}{name}" for name in SORTS for sign in ("", "-")])
    number = reader.number("page", 1, MAX_PAGE) or 1
    sort = sort or "-lastActivity"
    meant = [] if reader.problems else [line for line in every if name_contains(line.name, search)]
    found = _ordered(meant, sort)
    pages = max(1, -(-len(found) // LINES))
    page = min(number, pages)
    return Page(
        "campaigns.html",
        {
            "lines": found[(page - 1) * LINES : page * LINES],
            "total": len(found),
            "narrowed": bool(search) or bool(reader.problems),
            "problems": reader.problems,
            "search": search,
            "sort": sort,
            "number": page,
            "pages": pages,
            "people": _people,
        },
    )


def campaign(visit: Visit) -> Reply:
    """GET /view/campaign, with the name in the query."""
    name = (value_of(visit.query, "name") or "").strip()[:MAX_NAME]
    found = visit.desk.catalogue.campaign(name, in_zone(visit.now, visit.zone).date(), visit.zone)
    return Page(
        "campaign.html",
        {
            "name": name,
            "page": found,
            "funnel": found.line.funnel,
            "chart": _funnel(found.line.funnel),
            "contacted": _weeks(name, found, "contacted"),
            "replied": _weeks(name, found, "replied"),
            "owners": names_of_owners(visit),
            "people": partial(_people, name),
        },
    )


def _ordered(lines: Sequence[CampaignLine], sort: str) -> list[CampaignLine]:
    """Lines in the order that a URL asks for; where they are alike, by name."""
    key = SORTS.get(sort.removeprefix("-"), SORTS["lastActivity"])
    by_name = sorted(lines, key=SORTS["name"])
    return sorted(by_name, key=key, reverse=sort.startswith("-"))


def _people(campaign: str, **chosen: object) -> str:
    """Where the list of some people of a campaign is, with their number."""
    return address("/view/contacts", campaign=campaign, **chosen, count="exact")


def _funnel(told: Funnel) -> Any:
    names = ("People", "Contacted", "Connected", "Replied")
    return funnel_of(list(zip(names, told, strict=True)))


def _weeks(name: str, found: CampaignPage, what: str) -> Chart:
    """How many people came so far, week by week."""
    stacks = [
        Stack(
            title=calendar(week.monday),
            label=f"{week.monday.day} {week.monday:%b}" if number % LABEL_EVERY == 0 else "",
            counts=(getattr(week, what),),
            addresses=(_people(name, **{f"{what}_in": week.monday.isoformat()}),),
        )
        for number, week in enumerate(reversed(found.weeks))
    ]
    return stacked((Series("People", "accent"),), stacks[::-1])
