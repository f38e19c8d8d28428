"""Campaigns, read from their tallies: few rows each, however many people are in them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta, tzinfo
from typing import Any, Final

from sqlalchemy import BigInteger, Connection, Text, bindparam, cast, func, select

from customcrm.contract.activities import ACTIVITY_TYPES
from customcrm.crm.card import campaign_facet
from customcrm.crm.journey import MAX_TYPES, OTHER_TYPE, monday_of, quarter_of
from customcrm.crm.moments import in_zone, start_of_day, week_span
from customcrm.iso8601 import parse_moment
from customcrm.operations.browsing.campaigns import (
    MAX_OWNERS,
    WEEKS,
    CampaignLine,
    CampaignPage,
    ChannelCount,
    Funnel,
    OwnerCount,
    StepCount,
    WeekCount,
)
from customcrm.store.batch import rows, singles, text_batch
from customcrm.store.card_tables import CAMPAIGN_TALLIES
from customcrm.store.catalogue.campaign_tallies import (
    ACTIVE_ON,
    OWNER,
    OWNER_OF,
    PEOPLE,
    WAITING,
    YES,
)
from customcrm.store.catalogue.names import campaigns as names_of_campaigns
from customcrm.store.columns import microseconds

_T: Final = CAMPAIGN_TALLIES.c
_COUNT: Final = _T["count"].label("number")
_CAMPAIGN: Final = bindparam("campaign", type_=Text())
_WEEKLY: Final = ("contacted in", "replied in")
_BY_TYPE: Final = ("contacted by", "replied by")
_WHOLE: Final = (
    PEOPLE,
    WAITING,
    "contacted",
    "connected",
    "replied",
    "contacted by",
    "replied by",
    "step",
    "replied after",
)
"""What is read of one campaign with all its keys: they are few."""

_CAMPAIGNS: Final = text_batch("campaign")
_KEYS: Final = text_batch("campaign", "noun", "key")
_TALLIES: Final = (
    select(_T.campaign, _T.noun, _T.key, _COUNT)
    .join_from(
        _KEYS,
        CAMPAIGN_TALLIES,
        (_T.campaign == _KEYS.c.campaign) & (_T.noun == _KEYS.c.noun) & (_T.key == _KEYS.c.key),
    )
    .where(_T["count"] > 0)
)
_LAST_DAYS: Final = select(
    _CAMPAIGNS.c.campaign,
    select(func.max(_T.key))
    .where(_T.campaign == _CAMPAIGNS.c.campaign, _T.noun == ACTIVE_ON)
    .correlate(_CAMPAIGNS)
    .scalar_subquery()
    .label("day"),
)
_ONE: Final = select(_T.noun, _T.key, _COUNT).where(_T.campaign == _CAMPAIGN)
_OF_WHOLE: Final = _ONE.where(_T.noun.in_(_WHOLE))
_LAST_WEEK: Final = select(func.max(_T.key)).where(
    _T.campaign == _CAMPAIGN,
    _T.noun == bindparam("noun", type_=Text()),
    _T.key <= bindparam("last", type_=Text()),
)
_SPANS: Final = text_batch("monday", "first", "last")
_OF_WEEKS: Final = (
    select(_SPANS.c.monday, _T.noun, cast(func.sum(_T["count"]), BigInteger))
    .join_from(_SPANS, CAMPAIGN_TALLIES, (_T.key >= _SPANS.c.first) & (_T.key <= _SPANS.c.last))
    .where(_T.campaign == _CAMPAIGN, _T.noun.in_(_WEEKLY))
    .group_by(_SPANS.c.monday, _T.noun)
)
"""How much began in each week, of the quarters of an hour from its first to its last."""
_OWNERS: Final = (
    select(_T.key)
    .where(_T.campaign == _CAMPAIGN, _T.noun == OWNER)
    .order_by(_T["count"].desc())
    .limit(MAX_OWNERS + 1)
)

Counts = Mapping[tuple[str, str], int]
"""The tallies of one campaign, by noun and key."""


def campaign_lines(connection: Connection) -> Sequence[CampaignLine]:
    """As `Catalogue.campaign_lines`."""
    names: dict[str, str] = {}
    for name in names_of_campaigns(connection):
        names.setdefault(campaign_facet(name), name)
    lines = _lines(connection, names)
    return [line for line in lines if line.funnel.people]


def campaign(connection: Connection, name: str, today: date, zone: tzinfo) -> CampaignPage:
    """As `Catalogue.campaign`."""
    token = campaign_facet(name)
    found = connection.execute(_OF_WHOLE, {"campaign": token})
    counts: Counts = {(row.noun, row.key): row.number for row in found}
    (line,) = _lines(connection, {token: name})
    owners, more = _owners(connection, token)
    return CampaignPage(
        line=line,
        waiting=counts.get((WAITING, YES), 0),
        channels=_channels(counts),
        steps=_steps(counts),
        weeks=_weeks(connection, token, today, zone),
        owners=owners,
        more_owners=more,
    )


def _tallies(
    connection: Connection, keys: Iterable[tuple[str, str, str]]
) -> dict[tuple[str, str, str], int]:
    """Some tallies by campaign, noun and key."""
    found = connection.execute(_TALLIES, rows(keys))
    return {(row.campaign, row.noun, row.key): row.number for row in found}


_STAGES: Final = ((PEOPLE, ""), ("contacted", YES), ("connected", YES), ("replied", YES))


def _lines(connection: Connection, names: Mapping[str, str]) -> list[CampaignLine]:
    """What lists show of some campaigns, by their tokens."""
    counts = _tallies(connection, ((one, *stage) for one in names for stage in _STAGES))
    days = {row.campaign: row.day for row in connection.execute(_LAST_DAYS, singles(names))}
    return [
        CampaignLine(
            name=name,
            funnel=Funnel(*(counts.get((one, *stage), 0) for stage in _STAGES)),
            last_activity=_date(days.get(one)),
        )
        for one, name in names.items()
    ]


def _channels(counts: Counts) -> tuple[ChannelCount, ...]:
    others = {key for noun, key in counts if noun in _BY_TYPE} - {*ACTIVITY_TYPES}
    if len(others) > 1:
        # It is the sum of the others, unless it was sent itself.
        others.discard(OTHER_TYPE)
    told = (
        ChannelCount(one, counts.get(("contacted by", one), 0), counts.get(("replied by", one), 0))
        for one in (*ACTIVITY_TYPES, *sorted(others)[:MAX_TYPES])
    )
    return tuple(one for one in told if one.contacted or one.replied)


def _steps(counts: Counts) -> tuple[StepCount, ...]:
    numbers = {int(key) for noun, key in counts if noun in {"step", "replied after"}}
    in_order = sorted(numbers, key=lambda number: (number == 0, number))
    return tuple(
        StepCount(
            number,
            counts.get(("step", str(number)), 0),
            counts.get(("replied after", str(number)), 0),
        )
        for number in in_order
    )


def _weeks(connection: Connection, token: str, today: date, zone: tzinfo) -> tuple[WeekCount, ...]:
    """The weeks up to the last one, no later than this one, in which something began."""
    given = {"campaign": token, "last": _last_quarter(today, zone)}
    ends = [
        connection.execute(_LAST_WEEK, {**given, "noun": noun}).scalar_one() for noun in _WEEKLY
    ]
    last = max((_monday(end, zone) for end in ends if end), default=None)
    if last is None:
        return ()
    mondays = _mondays(last)
    spans = rows(
        (day.isoformat(), _first_quarter(day, zone), _last_quarter(day, zone)) for day in mondays
    )
    found = connection.execute(_OF_WEEKS, {**spans, "campaign": token})
    by_week = {(monday, noun): number for monday, noun, number in found}
    counts = [
        WeekCount(day, *(by_week.get((day.isoformat(), noun), 0) for noun in _WEEKLY))
        for day in mondays
    ]
    begun = next(number for number, one in enumerate(counts) if one.contacted or one.replied)
    return tuple(counts[begun:])


def _first_quarter(monday: date, zone: tzinfo) -> str:
    """The first quarter of an hour of a week."""
    return quarter_of(microseconds(start_of_day(monday, zone)))


def _last_quarter(day: date, zone: tzinfo) -> str:
    """The last quarter of an hour of a day's week."""
    return quarter_of(microseconds(week_span(day, zone)[1]) - 1)


def _monday(quarter: str, zone: tzinfo) -> date:
    """The Monday of the week in which a quarter of an hour is."""
    return monday_of(in_zone(parse_moment(quarter), zone).date())


def _mondays(last: date) -> list[date]:
    """So many Mondays up to this one, as far as the calendar goes back."""
    weeks = min(WEEKS, (last - date.min).days // 7 + 1)
    return [last - timedelta(weeks=back) for back in range(weeks - 1, -1, -1)]


def _owners(connection: Connection, token: str) -> tuple[tuple[OwnerCount, ...], bool]:
    ids = connection.execute(_OWNERS, {"campaign": token}).scalars().all()
    shown = ids[:MAX_OWNERS]
    nouns = (OWNER, *OWNER_OF.values())
    counts = _tallies(connection, ((token, noun, one) for one in shown for noun in nouns))
    owners = tuple(
        OwnerCount(one or None, Funnel(*(counts.get((token, noun, one), 0) for noun in nouns)))
        for one in shown
    )
    return owners, len(ids) > MAX_OWNERS


def _date(told: Any) -> date | None:
    return date.fromisoformat(told) if told else None
