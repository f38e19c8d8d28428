"""Measures the pages: `python -m benchmarks.pages --help`."""

import re
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, Final, NamedTuple

from rich.console import Console
from rich.table import Table as Grid
from sqlalchemy import URL, Connection, create_engine, event, func, make_url, select

from benchmarks.machine import OtherWork, description
from benchmarks.pages_seed import NOW, company_id, contact_id, seed
from benchmarks.whole_pages import whole_pages
from customcrm.clock import system_clock
from customcrm.crm.ranges import Range, Scale
from customcrm.crm.records import Kind
from customcrm.operations.browsing.cards import CardFilter, Cursor, Order, Sort
from customcrm.operations.browsing.events import (
    ActivityFilter,
    CallFilter,
    Day,
    TaskFilter,
    TaskState,
)
from customcrm.operations.browsing.ports import Catalogue
from customcrm.operations.browsing.records import TimelineFilter
from customcrm.store.backend import Store
from customcrm.store.card_tables import CARDS

RESULTS: Final = Path(__file__).parent / "results"
RUNS: Final = 9
LINES: Final = 50
DEEP: Final = 10_000
"""The page that is asked for far down, if there are so many."""

_TOKEN: Final = re.compile(r"at=\w+")
"""A place in a list, as a URL tells it: nothing that anybody can read."""

_TODAY: Final = Day(NOW - timedelta(days=1), NOW)
_DAYS: Final = [
    Day(NOW - timedelta(days=back + 1), NOW - timedelta(days=back)) for back in range(30)
]
_COLUMNS: Final = {
    Sort.CREATED: "created",
    Sort.UPDATED: "updated",
    Sort.NAME: "name_key",
    Sort.COMPANY: "company_key",
    Sort.LAST_ACTIVITY: "last_activity",
}


class Case(NamedTuple):
    """Something that a page asks."""

    name: str
    work: Callable[[], Any]


def _filters() -> dict[str, CardFilter]:
    month = NOW - timedelta(days=30)
    return {
        "search: a": CardFilter(search="a"),
        "search: garcia1": CardFilter(search="garcia1"),
        "search: ana garcia12": CardFilter(search="ana garcia12"),
        "search: solar ceo": CardFilter(search="solar ceo"),
        "search: nobody": CardFilter(search="xqzw"),
        "owner": CardFilter(owner="user_3"),
        "campaign": CardFilter(campaign="campaign 7"),
        "channel": CardFilter(channel="LINKEDIN"),
        "replied": CardFilter(replied=True),
        "engaged": CardFilter(engaged=True),
        "company of 1 %": CardFilter(company=company_id(0)),
        "company of a few": CardFilter(company=company_id(5)),
        "property is": CardFilter(properties=(("level", "42"),)),
        "rare property": CardFilter(properties=(("rare", None),)),
        "range": CardFilter(ranges=(("level", Range(Scale.NUMBER, Decimal(12), Decimal(57))),)),
        "range, month": CardFilter(
            ranges=(("level", Range(Scale.NUMBER, Decimal(97), None)),), created_from=month
        ),
        "created in a month": CardFilter(created_from=month),
        "changed, created": CardFilter(created_to=month, updated_from=month),
        "search, owner, replied": CardFilter(search="ana", owner="user_3", replied=True),
        "search, month": CardFilter(search="an", created_from=month),
    }


def _cards(catalogue: Catalogue, deep: Callable[[Sort], Cursor]) -> Iterator[Case]:
    everything = CardFilter()
    for sort in Sort:
        order = Order(sort)
        args = Kind.CONTACT, everything, order
        yield Case(f"contacts by {sort}", partial(catalogue.cards, *args, None, LINES))
        yield Case("the same, deep", partial(catalogue.cards, *args, deep(sort), LINES))
        back = deep(sort)._replace(backwards=True)
        yield Case("the same, back", partial(catalogue.cards, *args, back, LINES))
    for name, chosen in _filters().items():
        for sort in (Sort.CREATED, Sort.NAME, Sort.LAST_ACTIVITY):
            args = Kind.CONTACT, chosen, Order(sort)
            yield Case(f"{name}, by {sort}", partial(catalogue.cards, *args, None, LINES))
            yield Case(
                f"{name}, by {sort}, deep", partial(catalogue.cards, *args, deep(sort), LINES)
            )
        yield Case(f"count: {name}", partial(catalogue.count_cards, Kind.CONTACT, chosen))
    for name in ("owner", "replied", "rare property", "search: a"):
        for sort in (Sort.CREATED, Sort.NAME):
            of = Kind.CONTACT, _filters()[name], Order(sort)
            yield Case(
                f"beside one, {name}, by {sort}", partial(catalogue.beside, *of, contact_id(7))
            )
    by_name = Kind.COMPANY, everything, Order(Sort.NAME, descending=False)
    yield Case("companies by name", partial(catalogue.cards, *by_name, None, LINES))


def _tasks(catalogue: Catalogue) -> Iterator[Case]:
    for state in (None, *TaskState):
        for owner in (None, "user_3"):
            chosen = TaskFilter(state=state, day=_TODAY, owner=owner)
            name = f"tasks, {state or 'all'}{', of one' if owner else ''}"
            yield Case(name, partial(catalogue.tasks, chosen, None, LINES))
        counted = TaskFilter(state=state, day=_TODAY)
        yield Case(f"count: tasks, {state or 'all'}", partial(catalogue.count_tasks, counted))


def _activities(catalogue: Catalogue) -> Iterator[Case]:
    middle = Cursor("", int((NOW - timedelta(days=180)).timestamp()) * 1_000_000)
    for name, chosen in {
        "all": ActivityFilter(),
        "by type": ActivityFilter(type="EMAIL"),
        "by direction": ActivityFilter(direction="INBOUND"),
        "by owner": ActivityFilter(owner="user_3"),
        "by all three": ActivityFilter(type="LINKEDIN", direction="INBOUND", owner="user_3"),
        "in a week": ActivityFilter(since=NOW - timedelta(days=7), type="EMAIL"),
        "none there": ActivityFilter(type="LINKEDIN_INMAIL"),
    }.items():
        yield Case(f"activities, {name}", partial(catalogue.activities, chosen, None, LINES))
        yield Case(
            f"activities, {name}, deep", partial(catalogue.activities, chosen, middle, LINES)
        )
        yield Case(f"count: activities, {name}", partial(catalogue.count_activities, chosen))


def _records(catalogue: Catalogue) -> Iterator[Case]:
    middle = Cursor("a", int((NOW - timedelta(days=300)).timestamp()) * 1_000_000)
    for name, kind, record in (
        ("contact of a few", Kind.CONTACT, contact_id(7)),
        ("contact of 1/30", Kind.CONTACT, contact_id(0)),
        ("company of a few", Kind.COMPANY, company_id(5)),
        ("company of 1 %", Kind.COMPANY, company_id(0)),
    ):
        yield Case(f"page, {name}", partial(catalogue.record_page, kind, record))
        for what, chosen in {
            "timeline": TimelineFilter(),
            "timeline with all": TimelineFilter(changes=True, tasks=True),
            "timeline of replies": TimelineFilter(type="LINKEDIN", direction="INBOUND"),
            "timeline of none": TimelineFilter(type="LINKEDIN_INMAIL"),
        }.items():
            args = kind, record, chosen
            yield Case(f"{what}, {name}", partial(catalogue.timeline, *args, None, 40))
            yield Case(f"{what}, {name}, deep", partial(catalogue.timeline, *args, middle, 40))
    yield Case("how far it has come", catalogue.mark)
    yield Case("what came last", partial(catalogue.latest, ()))
    yield Case("history", partial(catalogue.history, contact_id(0), None, LINES))
    yield Case("property names", partial(catalogue.property_names, Kind.CONTACT))
    yield Case("campaigns", catalogue.campaigns)
    yield Case("the list of campaigns", catalogue.campaign_lines)
    yield Case("a campaign", partial(catalogue.campaign, "campaign 7", NOW.date()))
    yield Case("calls", partial(catalogue.calls, CallFilter(failed=True), None, LINES))
    yield Case("home", partial(catalogue.home, _TODAY, _DAYS, NOW))


def _deep(connection: Connection, sort: Sort) -> Cursor:
    cards = CARDS[Kind.CONTACT]
    column = cards.c[_COLUMNS[sort]]
    total = connection.execute(select(func.count()).select_from(cards)).scalar_one()
    skipped = min(DEEP * LINES, total // 2)
    query = select(column, cards.c.number).order_by(column.desc(), cards.c.number.desc())
    value, number = connection.execute(query.offset(skipped).limit(1)).one()
    return Cursor(value, number)


def prepare(url: str, contacts: int, console: Console) -> None:
    """Make a database, if it is not there already."""
    with closing(Store(url, system_clock)) as store:
        engine = create_engine(_driver(url))
        if not store.read(lambda reader: reader.is_empty()):
            store.project_pending()  # what a new version of the schema has put there
            return
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _hurry)
        began = time.monotonic()
        seed(engine, contacts)
        console.print(f"Seeded {contacts:,} contacts in {time.monotonic() - began:.0f} s.")
        began = time.monotonic()
        done = store.project_pending()
        seconds = time.monotonic() - began
        console.print(f"Made cards of {done:,} rows in {seconds:.0f} s: {done / seconds:,.0f}/s.")
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql("ANALYZE")
        engine.dispose()


def _driver(url: str) -> URL:
    """The URL as SQLAlchemy takes it."""
    parsed = make_url(url)
    postgresql = parsed.get_backend_name() == "postgresql"
    return parsed.set(drivername="postgresql+psycopg") if postgresql else parsed


def _hurry(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -500000")


def places(url: str) -> dict[Sort, Cursor]:
    """Where the page far down begins, in each order."""
    engine = create_engine(_driver(url))
    with engine.begin() as connection:
        found = {sort: _deep(connection, sort) for sort in Sort}
    engine.dispose()
    return found


def measure(url: str, deep: Mapping[Sort, Cursor]) -> list[tuple[str, float, float]]:
    """The median and the longest of each case, in milliseconds."""
    found = []
    with closing(Store(url, system_clock)) as store:
        catalogue = store.catalogue
        for case in (
            *_cards(catalogue, deep.__getitem__),
            *_tasks(catalogue),
            *_activities(catalogue),
            *_records(catalogue),
        ):
            case.work()
            times = []
            for _ in range(RUNS):
                began = time.perf_counter()
                case.work()
                times.append((time.perf_counter() - began) * 1_000)
            found.append((case.name, median(times), max(times)))
    return found


def main() -> None:
    """Seed, project, measure, report."""
    parser = ArgumentParser(prog="benchmarks.pages", description=__doc__)
    parser.add_argument("--contacts", type=int, default=1_000_000)
    parser.add_argument("--database", help="a URL; a SQLite file that is kept by default")
    arguments = parser.parse_args()
    console = Console(width=120)
    RESULTS.mkdir(exist_ok=True)
    url = arguments.database or f"sqlite:///{RESULTS}/pages-{arguments.contacts}.db"
    prepare(url, arguments.contacts, console)
    deep = places(url)
    others = OtherWork()
    grid = Grid("question", "median ms", "longest ms", title=f"{arguments.contacts:,} contacts")
    for name, middle, longest in measure(url, deep):
        grid.add_row(name, f"{middle:.1f}", f"{longest:.1f}")
    console.print(grid)
    pages = Grid("page", "median ms", "longest ms", "kB", title="whole pages, over HTTP")
    for page in whole_pages(url, deep, arguments.contacts):
        times = f"{page.median_ms:.1f}", f"{page.longest_ms:.1f}"
        pages.add_row(_TOKEN.sub("at=…", page.path), *times, f"{page.size / 1_000:.0f}")
    console.print(pages)
    console.print(f"Measured on {description()}.")
    console.print(f"Other processes took {others.share():.0%} of its CPUs meanwhile.")


if __name__ == "__main__":
    main()
