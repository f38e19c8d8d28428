"""Everything that pages are made of, on one page."""

from customcrm.dashboard.charts import Series, Stack, stacked
from customcrm.dashboard.desk import Page, Reply, Visit
from customcrm.dashboard.funnel import funnel_of
from customcrm.dashboard.words import CHANNELS


def styleguide(visit: Visit) -> Reply:
    """GET /view/styleguide."""
    del visit
    series = [Series(channel.name, channel.tone) for channel in CHANNELS.values()]
    stacks = [
        Stack(f"Day {n}", f"{n}" if n % 5 == 0 else "", (n % 7, n % 5, n % 3, n % 2))
        for n in range(1, 31)
    ]
    drawn, empty = stacked(series, stacks), stacked(series, [])
    funnel = funnel_of([("People", 1204), ("Contacted", 980), ("Connected", 310), ("Replied", 122)])
    told = {"chart": drawn, "empty_chart": empty, "funnel": funnel}
    return Page("styleguide.html", told)
