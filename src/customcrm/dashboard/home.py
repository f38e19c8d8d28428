"""The first page: what is in here, who waits, what is due, and how Enginy is doing."""

from typing import Any, Final

from customcrm.crm.moments import in_zone
from customcrm.dashboard.charts import Chart, Series, Stack, stacked
from customcrm.dashboard.desk import Page, Reply, Visit
from customcrm.dashboard.people import names_of_owners
from customcrm.dashboard.setup import setup_context
from customcrm.dashboard.urls import address, days_back
from customcrm.dashboard.words import CHANNELS, date_of
from customcrm.operations.browsing.events import Day
from customcrm.operations.browsing.home import DayCount, Home

DAYS: Final = 30
LABEL_EVERY: Final = 5

CONVERSATIONS: Final = (
    *(Series(channel.name, channel.tone) for channel in CHANNELS.values()),
    Series("Other", "other"),
)


def home(visit: Visit) -> Reply:
    """GET /."""
    days = days_back(visit.now, visit.zone, DAYS)
    found = visit.desk.catalogue.home(days[-1], days, visit.now)
    if not any(found.totals) or not visit.desk.own_data:
        return Page("setup.html", {**setup_context(visit), "home": found, "welcome": True})
    return Page(
        "home.html",
        {
            "home": found,
            "progress": visit.desk.catalogue.derivation_progress(),
            "owners": names_of_owners(visit),
            "sent": _conversations(visit, found, "OUTBOUND"),
            "came": _conversations(visit, found, "INBOUND"),
            "growth": _growth(found),
            "since": _date(visit, days[0]),
            "today": _date(visit, days[-1]),
        },
    )


def _conversations(visit: Visit, found: Home, direction: str) -> Chart:
    """Activities by day and channel, one way."""
    stacks = [
        Stack(
            title=date_of(one.day.start, visit.zone, visit.now),
            label=_label(number, one),
            counts=_by_channel(one, direction),
            addresses=_lists(visit, one, direction),
        )
        for number, one in enumerate(found.days)
    ]
    return stacked(CONVERSATIONS, stacks)


def _lists(visit: Visit, one: DayCount, direction: str) -> tuple[str, ...]:
    """Where the activities of a day are listed, channel by channel."""
    day = _date(visit, one.day)
    same = {"direction": direction, "since": day, "until": day, "count": "exact"}
    return (*(address("/view/activities", type=kind, **same) for kind in CHANNELS), "")


def _date(visit: Visit, day: Day) -> str:
    """A day, as lists are asked for it."""
    return in_zone(day.start, visit.zone).date().isoformat()


def _by_channel(one: DayCount, direction: str) -> tuple[int, ...]:
    known = [one.activities.get((kind, direction), 0) for kind in CHANNELS]
    all_of_it = sum(count for (_, way), count in one.activities.items() if way == direction)
    return (*known, all_of_it - sum(known))


def _label(number: int, one: DayCount) -> str:
    from_the_end = DAYS - 1 - number
    return f"{one.day.start.day} {one.day.start:%b}" if from_the_end % LABEL_EVERY == 0 else ""


def _growth(found: Home) -> dict[str, Any]:
    """What has come in the days that are told."""
    return {
        "contacts": sum(day.contacts for day in found.days),
        "companies": sum(day.companies for day in found.days),
        "activities": sum(sum(day.activities.values()) for day in found.days),
    }
